"""The whole life of a directive: parts of helpers, levels of approval, offers, answers, groups, further units."""

import sqlalchemy as sa
from alembic import op

import db.types
from db.passages import rebuild

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    _directives()
    _coordinations()
    _obstacles()
    _add("units", "merged_into_id INTEGER REFERENCES units (id)")
    _add("reports", "replaces_id INTEGER REFERENCES reports (id)")
    _add("reports", "coordination_id INTEGER REFERENCES coordinations (id)")
    op.add_column("reports", sa.Column("album", sa.String(length=120), nullable=True))
    for column in ("replaces_id", "coordination_id", "album"):
        op.create_index(f"ix_reports_{column}", "reports", [column])
    op.add_column("attachments", sa.Column("channel", sa.String(length=20), nullable=True))
    op.add_column("attachments", sa.Column("file_ref", sa.String(length=300), nullable=True))
    op.add_column("extensions", sa.Column("offered_until", sa.Date(), nullable=True))
    _add("extensions", "offered_by INTEGER REFERENCES people (id)")
    op.add_column("extensions", sa.Column("offered_at", db.types.UtcDateTime(timezone=True), nullable=True))
    op.add_column("extensions", sa.Column("objective", sa.Boolean(), nullable=True))
    op.add_column("inbox", sa.Column("message_id", sa.String(length=100), nullable=True))
    op.create_index(
        "ix_inbox_message",
        "inbox",
        ["channel", "chat", "message_id"],
        sqlite_where=sa.text("message_id IS NOT NULL"),
    )
    _search()


def _add(table: str, column: str) -> None:
    """Written out: SQLite takes a reference only with its column."""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def _tables() -> None:
    op.create_table(
        "unit_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("until", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_unit_names_unit_id", "unit_names", ["unit_id"])
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("since", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_memberships_unit_id", "memberships", ["unit_id"])
    op.create_index(
        "ix_memberships_open",
        "memberships",
        ["person_id", "unit_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "group_chats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=100), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("linked_by", sa.Integer(), nullable=False),
        sa.Column("linked_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("hinted", sa.JSON(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["linked_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "chat"),
    )
    op.create_index("ix_group_chats_unit_id", "group_chats", ["unit_id"])
    op.create_table(
        "undos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("transition_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("used_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["transition_id"], ["transitions.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_undos_directive_id", "undos", ["directive_id"])


def _directives() -> None:
    _add("directives", "split_from_id INTEGER REFERENCES directives (id)")
    op.create_index("ix_directives_split_from_id", "directives", ["split_from_id"])
    op.create_index(
        "ix_directives_replaced_by",
        "directives",
        ["replaced_by_id"],
        sqlite_where=sa.text("replaced_by_id IS NOT NULL"),
    )
    op.add_column("directives", sa.Column("important", sa.Boolean(), server_default="0", nullable=False))
    _add("directives", "submitted_by INTEGER REFERENCES people (id)")
    op.add_column("directives", sa.Column("checked_at", db.types.UtcDateTime(timezone=True), nullable=True))
    _add("directives", "checked_by INTEGER REFERENCES people (id)")
    op.add_column("directives", sa.Column("waits_since", db.types.UtcDateTime(timezone=True), nullable=True))
    _decisions_owed()


def _decisions_owed() -> None:
    """What waits for a decision already is reminded of like the rest: the first sweep gives it its next moment."""
    declined = "SELECT max(at) FROM transitions WHERE directive_id = directives.id AND event = 'decline'"
    asked = "SELECT max(asked_at) FROM extensions WHERE directive_id = directives.id AND state = 'pending'"
    for since, states in (
        ("submitted_at", "'submitted'"),
        (f"({declined})", "'declined'"),
        (f"({asked})", "'issued', 'in_progress'"),
    ):
        op.execute(f"UPDATE directives SET waits_since = {since} WHERE state IN ({states})")  # noqa: S608
    op.execute(  # nobody approves what they handed in themselves, before this version either
        "UPDATE directives SET submitted_by = (SELECT actor_id FROM transitions"
        " WHERE directive_id = directives.id AND event = 'submit' ORDER BY id DESC LIMIT 1) WHERE state = 'submitted'"
    )
    op.execute(
        "UPDATE directives SET next_reminder_at = waits_since"
        " WHERE waits_since IS NOT NULL"
    )


def _coordinations() -> None:
    op.add_column("coordinations", sa.Column("code", sa.String(length=20), nullable=True))
    _name("coordinations")
    for what in ("acknowledged", "answered"):
        op.add_column("coordinations", sa.Column(f"{what}_at", db.types.UtcDateTime(timezone=True), nullable=True))
        _add("coordinations", f"{what}_by INTEGER REFERENCES people (id)")
    op.add_column("coordinations", sa.Column("removed_at", db.types.UtcDateTime(timezone=True), nullable=True))
    with op.batch_alter_table("coordinations") as table:
        table.alter_column("code", existing_type=sa.String(length=20), nullable=False)
        table.create_unique_constraint("uq_coordinations_code", ["code"])


def _obstacles() -> None:
    op.add_column("obstacles", sa.Column("code", sa.String(length=20), nullable=True))
    _name("obstacles")
    op.add_column("obstacles", sa.Column("kind", sa.String(length=20), server_default="difficulty", nullable=False))
    op.add_column("obstacles", sa.Column("answer", sa.Text(), nullable=True))
    for what in ("answered", "closed"):
        _add("obstacles", f"{what}_by INTEGER REFERENCES people (id)")
    op.add_column("obstacles", sa.Column("answered_at", db.types.UtcDateTime(timezone=True), nullable=True))
    op.add_column("obstacles", sa.Column("outcome", sa.String(length=20), nullable=True))
    op.add_column("obstacles", sa.Column("mention_at", db.types.UtcDateTime(timezone=True), nullable=True))
    newest = "SELECT max(at) FROM transitions"  # now, as far as the database knows: nothing was due before
    op.execute(f"UPDATE obstacles SET mention_at = coalesce(({newest}), opened_at) WHERE closed_at IS NULL")  # noqa: S608
    op.create_index(
        "ix_obstacles_mention", "obstacles", ["mention_at"], sqlite_where=sa.text("mention_at IS NOT NULL")
    )
    with op.batch_alter_table("obstacles") as table:
        table.alter_column("code", existing_type=sa.String(length=20), nullable=False)
        table.create_unique_constraint("uq_obstacles_code", ["code"])


def _name(table: str) -> None:
    """Give every row there is a random code, as new ones get: 72 bits."""
    random = "lower(hex(randomblob(9)))" if op.get_bind().dialect.name == "sqlite" else "md5(random()::text)"
    op.execute(f"UPDATE {table} SET code = substr({random}, 1, 18)")  # noqa: S608  (names of tables)


UNITS = (
    "(SELECT coalesce((SELECT 'u' || lead_unit_id FROM directives WHERE id = passages.directive_id), '') || ' ' ||"
    " coalesce((SELECT group_concat('u' || unit_id) FROM coordinations"
    " WHERE directive_id = passages.directive_id AND unit_id IS NOT NULL AND removed_at IS NULL), ''))"
)
TAKE_OUT = (
    "INSERT INTO passages_fts (passages_fts, rowid, exact, bare, number, units)"
    " VALUES ('delete', OLD.id, OLD.exact, OLD.bare, OLD.number, OLD.units);"
)
PUT_IN = (
    "INSERT INTO passages_fts (rowid, exact, bare, number, units)"
    " VALUES (NEW.id, NEW.exact, NEW.bare, NEW.number, NEW.units);"
)


def _search() -> None:
    """The words by which directives are found, and the index over them that each database has of its own."""
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("bare", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("report_id"),
    )
    op.create_index("ix_passages_directive_id", "passages", ["directive_id"])
    if op.get_bind().dialect.name == "sqlite":
        _index_of_sqlite()
    else:
        for column in ("exact", "bare", "number"):
            op.execute(f"CREATE INDEX ix_passages_{column}_words ON passages USING gin (to_tsvector('simple', {column}))")
    rebuild(op.get_bind())


def _index_of_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE passages_fts USING fts5 (exact, bare, number, units, content = 'passages',"
        " content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')"
    )
    op.execute(f"CREATE TRIGGER passages_in AFTER INSERT ON passages BEGIN {PUT_IN} END")
    op.execute(f"CREATE TRIGGER passages_out AFTER DELETE ON passages BEGIN {TAKE_OUT} END")
    op.execute(f"CREATE TRIGGER passages_anew AFTER UPDATE ON passages BEGIN {TAKE_OUT} {PUT_IN} END")
    for table, when, mine in (
        ("directives", "UPDATE OF lead_unit_id", "NEW.id"),
        ("coordinations", "INSERT", "NEW.directive_id"),
        ("coordinations", "UPDATE OF unit_id, removed_at", "NEW.directive_id"),
        ("coordinations", "DELETE", "OLD.directive_id"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_found_{when.split()[0].lower()} AFTER {when} ON {table}"
            f" BEGIN UPDATE passages SET units = {UNITS} WHERE directive_id = {mine}; END"
        )


def downgrade() -> None:
    raise NotImplementedError("a database is brought back from its backup")
