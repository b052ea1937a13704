"""Timed work: who is away, what is to be said again, explanations, receipts, occurrences, signs of life."""

import sqlalchemy as sa
from alembic import op

import db.types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("details", sa.JSON(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_absences_deputy_id", "absences", ["deputy_id"])
    op.create_index("ix_absences_open", "absences", ["last_day"], sqlite_where=sa.text("ended_at IS NULL"))
    op.create_index("ix_absences_person_id", "absences", ["person_id"])
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("inbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"]),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("outbox_id", "person_id", "how"),
    )
    op.create_index("ix_receipts_outbox_id", "receipts", ["outbox_id"])
    op.create_table(
        "mentions",
        sa.Column("directive_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outbox_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"]),
        sa.PrimaryKeyConstraint("directive_id", "outbox_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snoozes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("said_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("directive_id", "person_id", "until"),
    )
    op.create_index("ix_snoozes_due", "snoozes", ["until"], sqlite_where=sa.text("said_at IS NULL"))
    op.create_index("ix_snoozes_person_id", "snoozes", ["person_id"])
    op.create_table(
        "explanations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_explanations_directive_id", "explanations", ["directive_id"])
    op.create_index("ix_explanations_open", "explanations", ["directive_id"], sqlite_where=sa.text("closed_at IS NULL"))
    # written out: SQLite takes a reference only with its column
    op.execute("ALTER TABLE directives ADD COLUMN series_id INTEGER REFERENCES directives (id)")
    op.add_column("directives", sa.Column("occurrence", sa.Integer(), server_default="1", nullable=False))
    op.add_column("directives", sa.Column("cycle", sa.String(length=120), nullable=True))
    op.add_column("directives", sa.Column("next_occurrence_at", db.types.UtcDateTime(timezone=True), nullable=True))
    op.add_column("directives", sa.Column("urgency", sa.String(length=20), nullable=True))
    op.create_index(
        "ix_directives_next",
        "directives",
        ["next_occurrence_at"],
        sqlite_where=sa.text("next_occurrence_at IS NOT NULL"),
    )
    op.create_index("ix_directives_series", "directives", ["series_id", "occurrence"], unique=True)
    op.add_column("notices", sa.Column("urgency", sa.String(length=20), nullable=True))
    op.add_column("outbox", sa.Column("urgent", sa.Boolean(), server_default="0", nullable=False))
    op.create_index("ix_outbox_urgent", "outbox", ["state", "priority", "id"], sqlite_where=sa.text("urgent = 1"))
    op.create_index("ix_outbox_tried", "outbox", ["chat"], sqlite_where=sa.text("attempts > 0 AND state = 'queued'"))
    op.create_index(  # both columns: of two indexes SQLite takes the one it can use more of
        "ix_outbox_queued_person", "outbox", ["person_id", "state"], sqlite_where=sa.text("state = 'queued'")
    )
    op.add_column("people", sa.Column("evening_time", sa.Time(), nullable=True))
    op.create_index(
        "ix_people_office",
        "people",
        ["role"],
        sqlite_where=sa.text("role = 'clerk' OR role = 'leader' OR role = 'admin'"),
    )
    _note_mentions()


def _note_mentions() -> None:
    """What a message to a person speaks of is written down when it leaves the queue.

    Not when it is queued: a morning's messages are many at once and are still rewritten, and whoever waits there
    is found by looking through the queue.
    """
    leaves = "OLD.state = 'queued' AND NEW.state IN ('sending', 'failed') AND NEW.person_id IS NOT NULL"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER outbox_mentions AFTER UPDATE OF state ON outbox WHEN {leaves} BEGIN"
            " INSERT OR IGNORE INTO mentions (directive_id, outbox_id)"
            " SELECT value, NEW.id FROM json_each(NEW.directives); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION note_mentions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " INSERT INTO mentions (directive_id, outbox_id)"
            " SELECT value::int, NEW.id FROM json_array_elements_text(NEW.directives) ON CONFLICT DO NOTHING;"
            " RETURN NULL; END $$"
        )
        op.execute(
            "CREATE TRIGGER outbox_mentions AFTER UPDATE OF state ON outbox"
            f" FOR EACH ROW WHEN ({leaves}) EXECUTE FUNCTION note_mentions()"
        )


def downgrade() -> None:
    raise NotImplementedError("a database is brought back from its backup")
