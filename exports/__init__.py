"""What leaves as a file, drawn from figures it is handed. Never queries."""
