"""The settings: one TOML file, read into frozen dataclasses.

A missing or wrong one names the key, the file and what was expected.
"""

from __future__ import annotations

import os
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Literal

from domain.calendar import OfficeCalendar
from domain.ladder import Rhythm
from domain.office import Approval, ExtensionLimits, Feeds, FileLimits, Meeting, Office, Papers

TOKEN_VARIABLE = "DONDOC_TELEGRAM_TOKEN"  # noqa: S105  (the name of a variable)


class SettingsError(Exception):
    """A setting that is missing or wrong. The message says key, file and what was expected."""


@dataclass(frozen=True)
class OfficeSettings:
    """Whose office this is."""

    name: str


@dataclass(frozen=True)
class StorageSettings:
    """Where everything is kept."""

    folder: str = "data"  # relative to the config file
    database: str = ""  # an SQLAlchemy address with an async driver; empty: SQLite in the folder


@dataclass(frozen=True)
class TelegramSettings:
    """The Telegram channel."""

    token: str = ""  # from @BotFather; the variable DONDOC_TELEGRAM_TOKEN wins
    base_url: str = "https://api.telegram.org"
    poll_seconds: int = 30


@dataclass(frozen=True)
class TimeSettings:
    """When people are spoken to; local times."""

    morning: time = time(7, 30)
    afternoon: time = time(14, 0)
    work_hours: tuple[time, ...] = (time(7, 30), time(11, 30), time(13, 30), time(17, 0))
    quiet_from: time = time(20, 0)
    quiet_until: time = time(6, 30)
    remind_before_days: tuple[int, ...] = (7, 3, 1)
    remind_before_hours: int = 2
    unacknowledged_days: tuple[int, ...] = (1, 3, 5)
    unacknowledged_hours: int = 8
    overdue_every_days: int = 2
    head_after_days: int = 1
    office_after_days: int = 3
    leader_after_days: int = 5
    urgent_ignores_quiet: bool = True
    soon_days: int = 3
    before_means: Literal["previous_day", "same_day"] = "previous_day"
    tick_seconds: int = 20


@dataclass(frozen=True)
class CalendarSettings:
    """The office's own days, beside weekends and public holidays."""

    closed: tuple[date, ...] = ()
    made_up: tuple[date, ...] = ()


@dataclass(frozen=True)
class DigestSettings:
    """What leaders are sent unasked."""

    when_empty: Literal["monday", "never", "always"] = "monday"


@dataclass(frozen=True)
class ApprovalSettings:
    """Who agrees that something is done."""

    levels: int = 1
    important_levels: int = 2
    important_by_leader: bool = True
    remind_after_days: int = 1


@dataclass(frozen=True)
class ExtensionSettings:
    """How often and how far a deadline may be moved at a unit's request."""

    most_granted: int = 2
    most_days: int = 30
    flagged_from: int = 3


@dataclass(frozen=True)
class FileSettings:
    """What is taken as evidence."""

    most_mb: int = 20
    quota_mb: int = 20_000


@dataclass(frozen=True)
class PaperSettings:
    """What stands on every paper that is drawn."""

    parent: str = ""
    symbol: str = "UBND"
    place: str = ""
    authority: str = ""
    post: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()
    templates: str = ""  # relative to the config file


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True)
class MeetingSettings:
    """The weekly meeting and its pack."""

    weekday: Weekday = "friday"
    pack_weekday: Weekday = "thursday"
    pack_at: time = time(16, 0)
    is_sent: bool = True


@dataclass(frozen=True)
class FeedSettings:
    """Links under which calendars fetch deadlines."""

    listen: str = ""  # address and port; empty: nothing is served
    address: str = ""  # as others reach it


@dataclass(frozen=True)
class LimitSettings:
    """How much one person may do."""

    messages_per_minute: int = 30
    undo_seconds: int = 60


@dataclass(frozen=True)
class HealthSettings:
    """How the program lets itself be watched."""

    listen: str = "127.0.0.1:8787"  # of GET /healthz; empty: not at all
    metrics: bool = False  # GET /metrics beside it
    late_minutes: int = 5  # reminders later than this are told to the admins and clerks


@dataclass(frozen=True)
class LogSettings:
    """What is written to the log."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


@dataclass(frozen=True)
class Settings:
    """All of them."""

    office: OfficeSettings
    storage: StorageSettings = field(default_factory=StorageSettings)
    telegram: TelegramSettings = field(default_factory=TelegramSettings)
    time: TimeSettings = field(default_factory=TimeSettings)
    calendar: CalendarSettings = field(default_factory=CalendarSettings)
    digest: DigestSettings = field(default_factory=DigestSettings)
    approval: ApprovalSettings = field(default_factory=ApprovalSettings)
    extension: ExtensionSettings = field(default_factory=ExtensionSettings)
    files: FileSettings = field(default_factory=FileSettings)
    papers: PaperSettings = field(default_factory=PaperSettings)
    meeting: MeetingSettings = field(default_factory=MeetingSettings)
    feeds: FeedSettings = field(default_factory=FeedSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    health: HealthSettings = field(default_factory=HealthSettings)
    log: LogSettings = field(default_factory=LogSettings)
    base: Path = Path()  # the folder of the config file

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.base / self.storage.folder

    @property
    def database_url(self) -> str:
        """The database's address."""
        return self.storage.database or f"sqlite:///{self.database_file}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None where the database is another one."""
        return None if self.storage.database else self.folder / "dondoc.sqlite"

    @property
    def rules(self) -> Office:
        """What the layers below need to know of the office."""
        t = self.time
        rhythm = Rhythm(
            morning=t.morning,
            afternoon=t.afternoon,
            work_hours=t.work_hours,
            before_days=t.remind_before_days,
            before_hours=t.remind_before_hours,
            unacknowledged_days=t.unacknowledged_days,
            unacknowledged_hours=t.unacknowledged_hours,
            overdue_every=t.overdue_every_days,
            head_after=t.head_after_days,
            office_after=t.office_after_days,
            leader_after=t.leader_after_days,
            urgent_ignores_quiet=t.urgent_ignores_quiet,
            soon_days=t.soon_days,
            quiet_from=t.quiet_from,
            quiet_until=t.quiet_until,
            before_means=t.before_means,
            when_empty=self.digest.when_empty,
        )
        calendar = OfficeCalendar(frozenset(self.calendar.closed), frozenset(self.calendar.made_up))
        days = typing.get_args(Weekday)
        meeting = Meeting(
            days.index(self.meeting.weekday),
            days.index(self.meeting.pack_weekday),
            self.meeting.pack_at,
            self.meeting.is_sent,
        )
        templates = str(self.base / self.papers.templates) if self.papers.templates else ""
        return Office(
            self.office.name,
            calendar,
            rhythm,
            Approval(**vars(self.approval)),
            ExtensionLimits(**vars(self.extension)),
            FileLimits(**vars(self.files)),
            Papers(**{**vars(self.papers), "templates": templates}),
            meeting,
            Feeds(self.feeds.address),
            **vars(self.limits),
        )


def load(path: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read a settings file.

    Raises:
        SettingsError: the file cannot be read, or a key is missing, unknown or wrong.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; copy config.example.toml and fill it in") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from None
    settings: Settings = _build(Settings, data, "", path, extra={"base": path.resolve().parent})
    if token := environment.get(TOKEN_VARIABLE):
        settings = _with_token(settings, token)
    _check(settings, path)
    return settings


def _with_token(settings: Settings, token: str) -> Settings:
    telegram = TelegramSettings(token, settings.telegram.base_url, settings.telegram.poll_seconds)
    return Settings(**{**{f.name: getattr(settings, f.name) for f in fields(settings)}, "telegram": telegram})


def _check(settings: Settings, path: Path) -> None:
    for key, value, low in (
        ("time.tick_seconds", settings.time.tick_seconds, 1),
        ("time.overdue_every_days", settings.time.overdue_every_days, 1),
        ("time.head_after_days", settings.time.head_after_days, 1),
        ("time.office_after_days", settings.time.office_after_days, 1),
        ("time.leader_after_days", settings.time.leader_after_days, 1),
        ("time.remind_before_hours", settings.time.remind_before_hours, 0),
        ("time.unacknowledged_hours", settings.time.unacknowledged_hours, 1),
        ("approval.remind_after_days", settings.approval.remind_after_days, 1),
        ("extension.most_granted", settings.extension.most_granted, 0),
        ("extension.most_days", settings.extension.most_days, 1),
        ("extension.flagged_from", settings.extension.flagged_from, 1),
        ("files.most_mb", settings.files.most_mb, 1),
        ("files.quota_mb", settings.files.quota_mb, 1),
        ("limits.messages_per_minute", settings.limits.messages_per_minute, 1),
        ("limits.undo_seconds", settings.limits.undo_seconds, 0),
        ("health.late_minutes", settings.health.late_minutes, 1),
        ("time.soon_days", settings.time.soon_days, 0),
        ("telegram.poll_seconds", settings.telegram.poll_seconds, 0),
    ):
        if value < low:
            raise SettingsError(f"{path}: {key} = {value}: expected a whole number from {low}")
    for key, levels in (
        ("approval.levels", settings.approval.levels),
        ("approval.important_levels", settings.approval.important_levels),
    ):
        if levels not in {1, 2}:
            raise SettingsError(f"{path}: {key} = {levels}: expected 1 or 2")
    if settings.time.tick_seconds > 30:
        raise SettingsError(f"{path}: time.tick_seconds = {settings.time.tick_seconds}: expected at most 30")
    hours = settings.time.work_hours
    if len(hours) < 2 or len(hours) % 2 or list(hours) != sorted(set(hours)):
        shown = [f"{moment:%H:%M}" for moment in hours]
        raise SettingsError(f"{path}: time.work_hours = {shown}: expected pairs from and to, one after the other")


def _build(kind: Any, data: Any, prefix: str, path: Path, extra: Mapping[str, Any]) -> Any:
    if not isinstance(data, dict):
        raise SettingsError(f"{path}: {prefix.rstrip('.')}: expected a table [{prefix.rstrip('.')}]")
    hints = typing.get_type_hints(kind)
    known = {f.name: f for f in fields(kind) if f.name not in {"base"}}
    for key in data:
        if key not in known:
            raise SettingsError(f"{path}: {prefix}{key}: no such setting; known here: {', '.join(known)}")
    values: dict[str, Any] = dict(extra)
    for name, spec in known.items():
        if name in data:
            values[name] = _value(hints[name], data[name], f"{prefix}{name}", path)
        elif spec.default is MISSING and spec.default_factory is MISSING:
            raise SettingsError(f"{path}: {prefix}{name}: missing; expected {_words(hints[name])}")
    return kind(**values)


def _value(kind: Any, value: Any, key: str, path: Path) -> Any:
    wrong = SettingsError(f"{path}: {key} = {value!r}: expected {_words(kind)}")
    origin = typing.get_origin(kind)
    if is_dataclass(kind):
        return _build(kind, value, f"{key}.", path, {})
    if origin is Literal:
        if value not in typing.get_args(kind):
            raise wrong
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise wrong
        return tuple(_value(typing.get_args(kind)[0], v, key, path) for v in value)
    if kind in {date, time} and isinstance(value, str):
        try:
            value = kind.fromisoformat(value)
        except ValueError:
            raise wrong from None
    if type(value) is not kind or (isinstance(value, time) and value.tzinfo is not None):
        raise wrong
    return value


def _words(kind: Any) -> str:
    origin = typing.get_origin(kind)
    if is_dataclass(kind):
        return "a table"
    if origin is Literal:
        return "one of " + ", ".join(repr(v) for v in typing.get_args(kind))
    if origin is tuple:
        return f"a list; each {_words(typing.get_args(kind)[0])}"
    names: dict[Any, str] = {
        str: "text in quotes",
        int: "a whole number",
        bool: "true or false",
        date: 'a date such as "2026-09-02"',
        time: 'a time such as "07:30"',
    }
    return names.get(kind, str(kind)) if not isinstance(kind, types.GenericAlias) else str(kind)
