"""The App Home tab: what waits for this person, and what can be asked."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.cards.help import help_card
from bot.cards.order_list import order_list
from bot.desk import Desk
from bot.people import actor_for
from orders.purchase import OrderState
from store.queries.orders import orders_in


def register(app: App, desk: Desk) -> None:
    """Listen to the opening of the tab."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") != "home":
            return
        words = desk.words_for(event["user"])
        with desk.store.reading() as session:
            actor_for(session, event["user"])
            waiting = orders_in(session, [OrderState.AWAITING_APPROVAL])
            proposed = orders_in(session, [OrderState.PROPOSED])
        blocks = [
            *order_list(waiting, words.say("orders.waiting"), words).blocks,
            {"type": "divider"},
            *order_list(proposed, words.say("orders.proposed"), words).blocks,
            {"type": "divider"},
            *help_card(words).blocks,
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks[:100]})
