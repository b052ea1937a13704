"""Alembic's entry: run on a connection that ``db.migrate`` hands in."""

from alembic import context

from db.migrate import is_described
from db.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    include_name=is_described,
)
with context.begin_transaction():
    context.run_migrations()
