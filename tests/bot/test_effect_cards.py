"""What a late delivery does, as people read it."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.answering import answer
from bot.cards.effect import effect_card, review_paragraph
from bot.cards.reply_review import reply_card
from bot.desk import Desk
from orders.effect import Affected, DeliveryEffect
from orders.wording import LANGUAGES, wording
from sandbox.slack.client import texts_of
from tests.makers.blocks import taken
from tests.makers.sold import TODAY, planned_shop, send_order
from tests.makers.views import make_proposal
from tests.makers.world import World

EN = wording("en")


def affected(sku: str = "OAT-1L", *, runs_out: bool = True) -> Affected:
    share = Decimal("0.78") if runs_out else Decimal("0.2")
    return Affected(
        sku, "Oat <1 l>", "pcs", "GDY", Decimal("0.1"), share, None, date(2026, 11, 26), Decimal("53.4"), runs_out
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 20])
def test_every_answer_is_taken(language: str, count: int) -> None:
    effect = DeliveryEffect("PO-2026-0142", tuple(affected() for _ in range(count)), ("RICE-5",))
    assert "{" not in texts_of({"blocks": list(taken(effect_card(effect, 7, wording(language))).blocks)})


def test_the_card_of_an_answer_names_what_runs_out_by_it() -> None:
    effect = DeliveryEffect("PO-2026-0142", (affected(), affected("SOY-1L", runs_out=False)), ())
    told = texts_of({"blocks": list(taken(reply_card(make_proposal(delivery=effect), EN, ZoneInfo("UTC"))).blocks)})
    assert "With this answer 1 product is likely to run out" in told
    assert "Oat &lt;1 l&gt;: 78 % (as promised 10 %), probably out by Thu 26 Nov; about 53 pcs of demand lost" in told


def test_an_answer_by_which_nothing_runs_out_says_nothing_of_it() -> None:
    assert review_paragraph(DeliveryEffect("PO", (affected(runs_out=False),), ()), EN) == ""


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("what if PO-2026-0002 slips a week?", "Oat drink 1 l"),
        ("what if PO-2026-0002 comes 1 day late?", "Nothing is likely to run out"),
    ],
)
def test_what_if_is_answered_in_chat(world: World, desk: Desk, sentence: str, told: str) -> None:
    planned_shop(world)
    send_order(world, {"OAT-1L": 120, "SOY-1L": 120}, delivery=date.fromordinal(TODAY.toordinal() + 2))
    assert told in texts_of({"blocks": list(answer(desk, sentence, EN).blocks)})
