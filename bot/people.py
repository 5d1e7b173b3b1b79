"""Who a Slack user is to us, and whether he may. Being in a channel, or being shown a card, gives nobody a role."""

from sqlalchemy.orm import Session

from orders.people import Actor, Permission
from orders.refusals import Refusal
from store.queries.people import actor_of_slack_user, names_of_those_who_may


class Stranger(Refusal):
    """This Slack user is nobody we know; an administrator must enter him first."""

    code = "stranger"

    def __init__(self, who_may: tuple[str, ...]) -> None:
        super().__init__(who_may=who_may)


def actor_for(session: Session, slack_user_id: str) -> Actor:
    """The person behind a Slack user; raises Stranger, so that an unknown user may do nothing at all."""
    actor = actor_of_slack_user(session, slack_user_id)
    if actor is None:
        raise Stranger(names_of_those_who_may(session, Permission.MANAGE))
    return actor
