"""What the bot says: one template and one typed function per message, in Vietnamese."""
