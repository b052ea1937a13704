"""Conversations, platform-neutral: a message in, replies out."""
