"""Office deadlines: the grammar, spoken dates, and what a deadline is."""
