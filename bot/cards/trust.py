"""How far suppliers' answers may be booked by themselves: one line for each supplier and sort, with the figures behind it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.cards.blocks import context, name, section
from handlers.autonomy import SupplierStanding
from orders.wording import Wording

SHOWN = 8


def trust_section(standings: Sequence[SupplierStanding], words: Wording) -> list[Block]:
    """A title and the standings, those that book by themselves first; nothing when no answer was judged yet."""
    if not standings:
        return []
    ranked = sorted(standings, key=lambda each: (not each.standing.may_book, -each.standing.trials))
    told: list[Block] = [
        section(f"*{words.say('trust.title')}*\n" + "\n".join(_line(each, words) for each in ranked[:SHOWN]))
    ]
    if len(ranked) > SHOWN:
        told.append(context(words.count("card.more-lines", len(ranked) - SHOWN)))
    return told


def _line(each: SupplierStanding, words: Wording) -> str:
    now = each.standing
    return "{mark} {told}".format(
        mark="🤖" if now.may_book else "👤",
        told=words.say(
            "trust.line",
            supplier=name(each.name),
            sort=words.say(f"sort.{now.sort.value}"),
            rung=words.say(f"rung.{now.rung.value}"),
            agreed=now.agreed,
            trials=now.trials,
            bound=f"{now.bound:.0%}",
        ),
    )
