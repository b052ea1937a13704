"""Rules and services, each by itself."""
