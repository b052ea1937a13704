"""Finding directives: words are read, looked up within what the person may see, and shown where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from db import Session
from db.models import Directive, Report
from db.queries import finding as queries
from db.queries.finding import Limits, Terms
from domain.calendar import OFFICE_ZONE
from domain.excerpts import excerpt, has_diacritics
from domain.finding import MOST_WORDS, Query, read_query
from domain.found import MOST, Found, Hit
from domain.office import Office
from domain.rights import Role
from domain.spelling import WORD, fold, folded_word, syllable
from domain.views import DirectiveView
from services import people, posts, scope, show
from services.office import directory

ON_A_PAGE = 6
SHORTEST_PREFIX = 2  # letters
LEAST = 0.5  # of the words, of what is shown as near


async def find(session: Session, who: people.Acting, office: Office, words: str, number: int = 1) -> Found:
    """A page of the directives a person may see that have the words and meet the conditions.

    Args:
        session: any transaction.
        who: who looks, and when.
        office: its calendar tells how late something is.
        words: as typed.
        number: which page, from 1; past the end the last one.
    """
    today = who.now.astimezone(OFFICE_ZONE).date()
    query = read_query(words, today, await directory(session))
    if query.is_empty:
        return Found(query, ())
    limits = replace(await _rights(session, who), wanted=query.wanted, period=query.period)
    limits = replace(limits, units=frozenset(unit.id for unit in query.units))
    found, is_near = await _all_of(session, query, limits)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    hits = await _hits(session, shown, query, who, office)
    return Found(query, tuple(hits), number, pages, len(found), is_near)


async def _rights(session: Session, who: people.Acting) -> Limits:
    """What this person may see, as ``domain.rights`` has it for one directive."""
    today = who.now.astimezone(OFFICE_ZONE).date()
    role = Role(who.person.role)
    if role is Role.CLERK:
        return Limits(today, sees_drafts=True, leads=None)
    led = await scope.field_of(session, who.person, today) if role is Role.LEADER else frozenset()
    mine = await posts.of_person(session, who.person)
    helps = frozenset(post.unit_id for post in mine if post.role in {Role.HEAD, Role.OFFICER})
    return Limits(today, leads=led, helps=helps)


# --- the ways, the narrow ones first ---


async def _all_of(session: Session, query: Query, limits: Limits) -> tuple[list[tuple[int, int | None]], bool]:
    """What was found, and whether it has only some of what was asked for."""
    if not query.words and not query.number:
        return [(number, None) for number in await queries.directives(session, limits, MOST)], False
    found: dict[int, int | None] = {}
    if limits.wanted is not None:
        limits = replace(limits, few=await queries.few(session, limits))
    for terms in _ways(query, limits):
        await _add(session, found, terms, limits)
        if found and not terms.phrase:
            return list(found.items()), False
    if found:
        return list(found.items()), False
    for terms, wider in _near(query, limits):
        await _add(session, found, terms, wider)
        if found:
            return list(found.items())[:ON_A_PAGE], True
    return await _most_of(session, query, limits), True


async def _add(session: Session, found: dict[int, int | None], terms: Terms, limits: Limits) -> None:
    if len(found) < MOST:
        for directive, report in await queries.passages(session, terms, limits, MOST):
            if len(found) < MOST:
                found.setdefault(directive, report)


async def _most_of(session: Session, query: Query, limits: Limits) -> list[tuple[int, int | None]]:
    """What has at least half of the words, the most first."""
    if len(query.words) < 2:
        return []
    terms = replace(_terms(query.words, query, limits), is_any=True, or_units=frozenset())
    places = await queries.passages(session, terms, limits, MOST)
    have = await queries.words_of(session, places)
    wanted = {syllable(word) if has_diacritics(word) else folded_word(word) for word in query.words}
    shares = {place: len(wanted & words) / len(wanted) for place, words in have.items()}
    return sorted((p for p in shares if shares[p] >= LEAST), key=lambda p: (-shares[p], -p[0]))[:ON_A_PAGE]


def _ways(query: Query, limits: Limits) -> Iterator[Terms]:
    """Side by side; all of them; the last word begun only."""
    whole = _terms(query.words, query, limits)
    if len(query.words) > 1:
        yield replace(whole, phrase=" ".join(_bare(query)), bare=())
    yield whole
    last = query.words[-1] if query.words else ""
    if len(last) >= SHORTEST_PREFIX:
        begun = _terms(query.words[:-1], query, limits)
        yield replace(begun, prefix=syllable(last) if has_diacritics(last) else folded_word(last))


def _near(query: Query, limits: Limits) -> Iterator[tuple[Terms, Limits]]:
    """What has the words with other diacritics; what has them and not the conditions."""
    bare = replace(_terms(query.words, query, limits), exact=(), bare=_bare(query))
    yield bare, limits
    if query.has_conditions:
        wider = replace(limits, wanted=None, period=None, units=frozenset(), few=None)
        yield _terms(query.words, query, wider), wider
        yield replace(bare, units=_narrow(wider)), wider


def _terms(words: Sequence[str], query: Query, limits: Limits) -> Terms:
    exact = tuple(syllable(word) for word in words if has_diacritics(word))
    bare = tuple(folded_word(word) for word in words if not has_diacritics(word))
    named = frozenset(unit.id for unit in query.named)
    return Terms(exact, bare, number=query.number, units=_narrow(limits), or_units=named)


def _bare(query: Query) -> tuple[str, ...]:
    return tuple(fold(" ".join(query.words)).split())


def _narrow(limits: Limits) -> frozenset[int] | None:
    """The units outside of which nothing can be found; None where that is none or all."""
    if limits.units:
        return limits.units
    return None if limits.leads is None else limits.leads | limits.helps


# --- what is shown ---


async def _hits(
    session: Session, found: Sequence[tuple[int, int | None]], query: Query, who: people.Acting, office: Office
) -> Iterable[Hit]:
    today = who.now.astimezone(OFFICE_ZONE).date()
    ids = [directive for directive, _ in found]
    rows = {d.id: d for d in await session.scalars(select(Directive).where(Directive.id.in_(ids)))}
    said = {report for _, report in found if report is not None}
    reports = {r.id: r for r in await session.scalars(select(Report).where(Report.id.in_(said)))} if said else {}
    views = await show.views(session, [rows[i] for i in ids], today, office.calendar)
    return [_hit(view, reports.get(report or 0), query) for view, (_, report) in zip(views, found, strict=True)]


def _hit(view: DirectiveView, report: Report | None, query: Query) -> Hit:
    words = report.text if report is not None else _best(view, query.words)
    return Hit(view, excerpt(words, query.words), report.at if report is not None else None)


def _best(view: DirectiveView, words: Sequence[str]) -> str:
    """The text, or else the quoted clause or the source where more of the words stand."""
    candidates = (view.text, view.quote or "", view.source)
    wanted = {folded_word(word) for word in words}
    return max(candidates, key=lambda text: len(wanted & set(fold(text).split())))


async def numbers(session: Session, who: people.Acting, words: str) -> tuple[tuple[int, ...], bool]:
    """The directives a person may see that have some words, by number, and whether they only come near them.

    Args:
        session: any transaction.
        who: who looks, and when.
        words: to be found, as typed; nothing of them is taken as a condition.
    """
    query = Query(words=tuple(WORD.findall(words)[:MOST_WORDS]))
    if query.is_empty:
        return (), False
    found, is_near = await _all_of(session, query, await _rights(session, who))
    return tuple(number for number, _ in found), is_near
