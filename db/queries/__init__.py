"""Named queries: functions on a session."""
