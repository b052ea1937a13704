"""What a person can do: one function per intention. Never commits, never renders."""
