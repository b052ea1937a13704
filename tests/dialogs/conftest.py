"""Fixtures that several transcripts share."""

from tests.dialogs.leaders import busy, cast, phone_of, session

__all__ = ["busy", "cast", "phone_of", "session"]
