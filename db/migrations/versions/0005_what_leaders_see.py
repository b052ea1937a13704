"""What leaders see: what was counted when, what is measured, meetings, other programs" tables, links to deadlines."""

import sqlalchemy as sa
from alembic import op

import db.types
from db.phases import rebuild
from domain.spelling import fold

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _columns()
    _tables()
    _phases()


def _columns() -> None:
    op.add_column("directives", sa.Column("field", sa.String(length=100), nullable=True))
    op.add_column("directives", sa.Column("source", sa.String(length=20), nullable=True))
    op.add_column("directives", sa.Column("excused_at", db.types.UtcDateTime(timezone=True), nullable=True))
    # Written out: SQLite takes a reference only with its column.
    op.execute("ALTER TABLE directives ADD COLUMN excused_by INTEGER REFERENCES people (id)")
    op.add_column("directives", sa.Column("excused_for", sa.Text(), nullable=True))
    op.add_column("notices", sa.Column("source", sa.String(length=20), nullable=True))
    op.add_column("units", sa.Column("field", sa.String(length=100), nullable=True))


def _tables() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("read_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["units.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_index("ix_feeds_unit_id", "feeds", ["unit_id"])
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notices.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["notices.id"],
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "conclusions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("dropped_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_conclusions_meeting_id", "conclusions", ["meeting_id"])
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("measured_in", sa.String(length=60), nullable=False),
        sa.Column("plan_written", sa.String(length=120), nullable=False),
        sa.Column("plan", db.types.Exact(length=40), nullable=True),
        sa.Column("plan_to", db.types.Exact(length=40), nullable=True),
        sa.Column("bound", sa.String(length=10), nullable=False),
        sa.Column("less_is_better", sa.Boolean(), nullable=False),
        sa.Column("is_part", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directives.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("directive_id"),
    )
    op.create_table(
        "outside_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=300), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("seen_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directives.id"],
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["imports.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("system", "external_id"),
    )
    op.create_index("ix_outside_rows_directive_id", "outside_rows", ["directive_id"])
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("value", db.types.Exact(length=40), nullable=True),
        sa.Column("bound", sa.String(length=10), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("assessed", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["measure_id"],
            ["measures.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_measurements_measure_id", "measurements", ["measure_id"])
    op.create_index("ix_measurements_report_id", "measurements", ["report_id"])


_LAID_OUT_BY = ("notice_id", "field", "source")
_COUNTED = (
    "lead_unit_id", "state", "completed_at", "last_day", "issued_at", "submitted_at", "acknowledged_at",
    "first_last_day", "clause_id",
)  # fmt: skip


def _phases() -> None:
    """What was counted of a directive, and who supervised a unit, at any moment."""
    op.create_table(
        "phases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("since", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.String(length=20), nullable=True),
        sa.Column("field", sa.String(length=100), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=True),
        sa.Column("issued_at", db.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("first_last_day", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("blocked_since", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["directive_id"], ["directives.id"]),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.drop_index("ix_directives_figures", "directives")
    op.create_index("ix_directives_figures", "directives", [*_COUNTED, *_LAID_OUT_BY])
    there = sa.text("contact_id IS NOT NULL")
    op.create_index("ix_directives_contact", "directives", ["contact_id"], sqlite_where=there)
    op.create_index("ix_reports_at", "reports", ["at"])
    op.create_index("ix_phases_directive", "phases", ["directive_id", "since"])
    counted = ["until", "since", "unit_id", "state", "last_day", "first_last_day", "submitted_at", "state_since"]
    op.create_index("ix_phases_figures", "phases", [*counted, "issued_at", "blocked_since", "directive_id", *_LAID_OUT_BY])
    op.create_table(
        "unit_phases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("until", db.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["leader_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_unit_phases_unit", "unit_phases", ["unit_id", "until"])
    op.create_table(
        "kept",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    _sources(op.get_bind())
    rebuild(op.get_bind())


def _sources(connection: sa.Connection) -> None:
    """What was issued is the office's own, but for what a notice of somebody else gave."""
    ours = {fold(name) for name in connection.scalars(sa.text("SELECT name FROM units"))}
    connection.execute(sa.text("UPDATE directives SET source = 'own' WHERE issued_at IS NOT NULL"))
    for number, issuer in connection.execute(sa.text("SELECT id, issuer FROM notices WHERE issuer IS NOT NULL")).all():
        if fold(issuer) not in ours:
            above = "UPDATE directives SET source = 'above' WHERE notice_id = :notice AND issued_at IS NOT NULL"
            connection.execute(sa.text(above), {"notice": number})


def downgrade() -> None:
    raise NotImplementedError("a database is brought back from its backup")
