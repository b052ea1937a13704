"""Free words about oneself: to be reminded again later, and to be away. Nothing of them is a report."""

from __future__ import annotations

from domain.asides import absence_in, asks_again
from domain.errors import DateNotUnderstood, MoveNotAllowed, NotAllowed, SnoozeOverdue, SnoozePastDeadline
from domain.rights import Role
from domain.snoozing import Later
from handlers import away, cards
from handlers.common import by
from handlers.turn import Turn
from services import life, snoozes
from texts import snoozing as say


async def listen(turn: Turn) -> bool:
    """Whether the words were about oneself, and have been answered."""
    if turn.files or turn.message.edited or not turn.message.private:
        return False
    later = asks_again(turn.message.text) if turn.spoken_of else None
    if later is not None:
        return await _remind_again(turn, later)
    return await _is_away(turn)


async def _remind_again(turn: Turn, later: Later) -> bool:
    """ "Mai nhắc lại" under what speaks of directives: as by its button."""
    if len(turn.spoken_of) == 1:
        directive = await life.by_number(turn.session, turn.spoken_of[0], turn)
        until = await snoozes.snooze(turn.session, await cards.visible(turn, directive.code), later, by(turn))
        turn.say(say.kept(until, turn.today, [directive.id]), directives=[directive.id])
        return True
    return await _remind_of_all(turn, later)


async def _remind_of_all(turn: Turn, later: Later) -> bool:
    until, kept, refused = None, [], []
    for number in turn.spoken_of:
        directive = await life.by_number(turn.session, number, turn)
        try:
            until = await snoozes.snooze(turn.session, directive, later, by(turn))
            kept.append(number)
        except (SnoozePastDeadline, SnoozeOverdue):
            refused.append(number)
        except (NotAllowed, MoveNotAllowed):  # closed meanwhile, or another unit's by now
            continue
    if not kept and not refused:
        return False
    turn.say(say.kept(until or turn.now, turn.today, kept, refused), directives=kept or refused)
    return True


async def _is_away(turn: Turn) -> bool:
    """ "Tôi nghỉ phép từ mai đến thứ 6": the conversation of ``/vangmat``, which confirms."""
    days = absence_in(turn.message.text)
    if days is None or turn.person.role == Role.ADMIN:
        return False
    try:
        await away.propose(turn, turn.person, days)
    except DateNotUnderstood:
        turn.finish()
        return False
    return True
