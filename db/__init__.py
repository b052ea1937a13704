"""Models, named queries, migrations."""

from db.engine import Database, Session, sqlite_url

__all__ = ["Database", "Session", "sqlite_url"]
