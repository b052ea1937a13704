"""Bringing a database to the newest form. Alembic is imported only when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url

HEAD = "0005"
"""The newest revision; a test holds it against the folder of migrations."""


def migrate(url: str) -> bool:
    """Bring the database up to date; gives whether anything had to be done.

    Args:
        url: an SQLAlchemy address; its async driver is replaced by the plain one.
    """
    plain = make_url(url).set(drivername=make_url(url).get_backend_name())
    if plain.database and plain.get_backend_name() == "sqlite":
        Path(plain.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(plain, hide_parameters=True)
    try:
        with engine.connect() as connection:
            if _revision(connection) == HEAD:
                return False
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()
    return True


def is_described(name: str | None, kind: str, _parents: Any = None) -> bool:
    """Whether a model describes what a database has under a name: the tables of the search index are its own.

    Args:
        name: of a table, an index and so on.
        kind: what it is, as Alembic says: "table", ...
    """
    return kind != "table" or not (name or "").startswith("passages_fts")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
