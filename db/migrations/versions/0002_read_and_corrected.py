"""What was read of a notice, what it amends, and the names that corrections teach."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PLAIN: dict[str, list[sa.Column[Any]]] = {
    "notices": [
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("giving", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("amendment", sa.String(20), nullable=True),
        sa.Column("amends_number", sa.String(100), nullable=True),
        sa.Column("doubtful", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("pasted", sa.JSON(), nullable=False, server_default="[]"),
    ],
    "directives": [
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("receiver", sa.String(300), nullable=True),
        sa.Column("excepted", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("as_read", sa.JSON(), nullable=True),
    ],
}
REFERENCES = [
    ("notices", "amends_id", "notices"),
    ("notices", "attested_by", "people"),
    ("directives", "replaced_by_id", "directives"),
]


def upgrade() -> None:
    for table, columns in PLAIN.items():
        for column in columns:
            op.add_column(table, column)
    for table, name, other in REFERENCES:  # written out: SQLite takes a reference only with its column
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER REFERENCES {other} (id)")
    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("written", sa.String(300), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["undone_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_aliases_unit_id", "aliases", ["unit_id"])
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["draft_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    for name in ("notice_id", "directive_id", "draft_id"):
        op.create_index(f"ix_changes_{name}", "changes", [name])


def downgrade() -> None:
    raise NotImplementedError("a database is brought back from its backup")
