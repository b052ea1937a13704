"""The faults of ``docs/faults.md`` done to the running program: real processes, a strict double of Telegram.

Each test ends in what people received and what the database says.
"""
