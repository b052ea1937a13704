"""What is measured, not asserted. ``make bench`` runs all of it; ``python -m bench.start`` runs one."""
