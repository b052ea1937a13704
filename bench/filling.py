"""An office as large as wanted, in seconds: SQLite counts it up by itself.

One lead unit per 20 directives, two officers per unit with an account each. Nothing is late; of the units of the first
35 in 100, two directives are due on the morning. What the program does once in a database's life has been done.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from db import sqlite_url
from db.migrate import migrate
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from services.recurring import ADOPTED

MORNING = datetime(2024, 3, 4, 7, 30, tzinfo=OFFICE_ZONE)  # a Monday
PER_UNIT = 20
PEOPLE_PER_UNIT = 2
DUE_PER_UNIT = 2
DUE_UNITS_PERCENT = 35

COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "

UNITS = """INSERT INTO units (id, key, name, kind, aliases, place, active)
SELECT i, 'u' || i, 'Đơn vị ' || i, 'department', '[]', i, 1 FROM n"""

PEOPLE = """INSERT INTO people (id, key, name, position, unit_id, role, active)
SELECT i, 'p' || i, 'Người ' || i, 'Chuyên viên', (i + 1) / 2, 'officer', 1 FROM n"""

ACCOUNTS = """INSERT INTO accounts (channel, external_id, chat, person_id, linked_at, seen_at)
SELECT '{channel}', 1000000 + i, 1000000 + i, i, '{before}', '{before}' FROM n"""

DIRECTIVES = """INSERT INTO directives (id, code, ref, text, lead_unit_id, state, deadline_inclusive, warnings,
    reminders, last_day, first_last_day, issued_at, assigned_at, acknowledged_at, made_by, made_at, next_reminder_at)
SELECT i, 'd' || i, '', 'Rà soát, báo cáo kết quả thực hiện nhiệm vụ số ' || i, (i + {per_unit} - 1) / {per_unit},
    '{state}', 1, '[]', 0,
    date('{today}', CASE WHEN {is_due} THEN '+3 days' ELSE '+' || (20 + i % 200) || ' days' END),
    date('{today}', CASE WHEN {is_due} THEN '+3 days' ELSE '+' || (20 + i % 200) || ' days' END),
    '{before}', '{before}', '{before}', 1, '{before}',
    CASE WHEN {is_due} THEN '{morning}' ELSE datetime('{morning}', '+' || (13 + i % 200) || ' days') || '.000000' END
FROM n"""

ADOPTED_THEN = "INSERT INTO heartbeats (name, at, details) VALUES (?, ?, '{}')"

IS_DUE = "i % {per_unit} < {due} AND (i + {per_unit} - 1) / {per_unit} <= {units}"


def fill(file: Path, directives: int, channel: str = "bench", per_unit: int = PER_UNIT) -> int:
    """Make the database; gives how many people have something due on the morning.

    Args:
        file: a new SQLite file.
        directives: how many are open.
        channel: where everybody has an account; the chats are 1,000,001 and so on.
        per_unit: directives of each lead unit.
    """
    migrate(sqlite_url(file))
    units = max(1, -(-directives // per_unit))
    due_units = max(1, units * DUE_UNITS_PERCENT // 100)
    moments = {"morning": _stored(MORNING), "before": _stored(MORNING.replace(month=2)), "channel": channel}
    sizes = {"per_unit": per_unit, "due": DUE_PER_UNIT, "units": due_units}
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")  # it is thrown away when the machine stops
    with connection:
        for count, statement in (
            (units, UNITS), (units * PEOPLE_PER_UNIT, PEOPLE), (units * PEOPLE_PER_UNIT, ACCOUNTS),
            (directives, DIRECTIVES),
        ):  # fmt: skip
            facts = {
                **moments,
                **sizes,
                "today": MORNING.date(),
                "state": State.IN_PROGRESS.value,
                "is_due": IS_DUE.format(**sizes),
            }
            table = statement.partition("\nSELECT")
            words = f"{table[0]}\n{COUNT.format(count=count)}SELECT{table[2]}".format(**facts)
            connection.execute(words)
        connection.execute(ADOPTED_THEN, (ADOPTED, moments["before"]))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return due_units * PEOPLE_PER_UNIT


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
