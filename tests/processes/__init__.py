"""The program as real processes: started, killed, started again, against the double of the Bot API over HTTP."""
