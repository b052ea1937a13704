"""The rights as one table: drawn for people in ``docs/rights.md``, and asked of every service."""
