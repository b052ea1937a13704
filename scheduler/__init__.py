"""When things happen: ticks, sweeps, delivery. No rules of its own."""
