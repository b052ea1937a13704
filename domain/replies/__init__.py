"""What officers mean by their free messages. Rules only: no model, no clock."""

from domain.replies.reading import Act, Kind, Reading, understand

__all__ = ["Act", "Kind", "Reading", "understand"]
