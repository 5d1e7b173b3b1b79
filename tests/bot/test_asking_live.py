"""People ask by command, mention and direct message, over Socket Mode on the local workspace."""

import pytest

from sandbox.slack.client import texts_of
from tests.bot.conftest import Door

pytestmark = pytest.mark.servers


def test_stock_of_a_named_product_is_answered_to_the_asker_only(door: Door) -> None:
    maya = door.plays("maya")
    maya.slash("orders", "/stock oat drink")
    answer = maya.wait_for_message(lambda each: "Oat drink" in texts_of(each))
    assert answer["ephemeral"]
    assert "40" in texts_of(answer)
