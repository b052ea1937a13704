"""Being reminded again: buttons under what falls due, for one directive or for all of a message."""

from __future__ import annotations

from domain.errors import NoSuchThing, SnoozePastDeadline
from domain.snoozing import Later, chosen
from handlers import cards, morning
from handlers.common import by
from handlers.turn import Args, ButtonHandler, Turn
from services import snoozes
from texts import labels
from texts import snoozing as say


async def open_due(turn: Turn, args: Args) -> None:
    """``rd:code``: a card opened from what falls due; it can be put off from there."""
    directive = await cards.visible(turn, args[0])
    await cards.show(turn, directive, besides=[morning.snoozing(directive, turn)])


async def press_snooze(turn: Turn, args: Args) -> None:
    """``sn:code:when``: one directive."""
    directive = await cards.visible(turn, args[0])
    if args[1] not in set(Later):
        raise NoSuchThing
    later = Later(args[1])
    until = await snoozes.snooze(turn.session, directive, later, by(turn))
    turn.toast = labels.SNOOZE_AFTERNOON if later is Later.AFTERNOON else labels.SNOOZE_TOMORROW
    turn.say(say.kept(until, turn.today, [directive.id]), directives=[directive.id])


async def press_snooze_all(turn: Turn, args: Args) -> None:
    """``sna:row``: everything that a message still has to say, this afternoon."""
    row = await morning.own_message(turn, args.number(0))
    lines = await morning.lines(turn.session, row, turn.person, turn)
    if not lines:
        raise NoSuchThing
    until = chosen(Later.AFTERNOON, turn.now, None, None, turn.office.calendar, turn.office.rhythm)
    kept, refused = [], []
    for line in lines:
        try:
            await snoozes.snooze(turn.session, line.directive, Later.AFTERNOON, by(turn))
            kept.append(line.directive.id)
        except SnoozePastDeadline:
            refused.append(line.directive.id)
    turn.toast = labels.SNOOZE_AFTERNOON
    turn.say(say.kept(until, turn.today, kept, refused), directives=kept or refused)


BUTTONS: dict[str, ButtonHandler] = {"rd": open_due, "sn": press_snooze, "sna": press_snooze_all}
