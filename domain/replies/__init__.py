"""What officers mean by their free messages. Rules only: no model, no clock."""

from domain.replies.acts import Act, Kind, Reading
from domain.replies.reading import understand

__all__ = ["Act", "Kind", "Reading", "understand"]
