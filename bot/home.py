"""The App Home tab: what waits for this person, and what can be asked."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.cards.blocks import Card, spoken
from bot.cards.home import home_card
from bot.desk import Desk
from bot.people import Stranger, actor_for
from bot.problems import sentence
from handlers.autonomy import standings
from orders.purchase import OrderState
from store.queries.orders import orders_in


def register(app: App, desk: Desk) -> None:
    """Listen to the opening of the tab."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") == "home":
            shown = _home(desk, event["user"])
            client.views_publish(user_id=event["user"], view={"type": "home", "blocks": list(shown.blocks)})


def _home(desk: Desk, user: str) -> Card:
    """What this person's tab shows; a stranger reads there why it shows nothing."""
    words = desk.words_for(user)
    with desk.store.reading() as session:
        try:
            actor = actor_for(session, user)
        except Stranger as stranger:
            return spoken(sentence(words, stranger, desk.zone))
        waiting = orders_in(session, [OrderState.AWAITING_APPROVAL])
        proposed = orders_in(session, [OrderState.PROPOSED])
        trusted = standings(session, desk.house.shop.autonomy)
    return home_card(actor.name, waiting, proposed, words, trusted)
