"""One Slack interaction, one transaction: written down, carried out, committed; only then is it acknowledged.

An event of the Events API brings its own id. A button press has none, so its key is made of channel, message, moment
and user; the real guard against a second press is the revision in the button's value.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from bot.desk import Desk
from bot.people import actor_for
from orders.people import Actor
from orders.refusals import Refusal
from store.doors import Door, InboxState
from store.inbox import Incoming, close, release_key, write_down

Result = TypeVar("Result")


class SeenBefore(Exception):
    """This very interaction was delivered before and has been dealt with: acknowledge it and do nothing."""


def carry_out(
    desk: Desk,
    key: str,
    payload: Mapping[str, Any],
    slack_user_id: str,
    act: Callable[[Session, Actor], Result],
    *,
    may_come_again: bool = False,
) -> Result:
    """Run `act` for the person behind the Slack user, in one transaction with the inbox row.

    A refusal undoes what the act wrote, keeps the inbox row with its code, and is raised again. Raises SeenBefore.
    `may_come_again`: what was refused may be sent once more under the same key.
    """
    refused: Refusal | None = None
    with desk.store.transaction() as session:
        now = desk.clock.now()
        incoming = Incoming(Door.SLACK, key, now, payload=dict(payload), sender=slack_user_id)
        inbox_id = write_down(session, incoming)
        if inbox_id is None:
            raise SeenBefore(key)
        try:
            with session.begin_nested():
                result = act(session, actor_for(session, slack_user_id))
        except Refusal as refusal:
            refused = refusal
            close(session, inbox_id, now=now, state=InboxState.IGNORED, reason=refusal.code)
            if may_come_again:
                release_key(session, inbox_id)
        else:
            close(session, inbox_id, now=now)
    if refused is not None:
        raise refused
    desk.ring()
    return result


def carry_out_press(desk: Desk, body: Mapping[str, Any], act: Callable[[Session, Actor], Result]) -> Result:
    """`carry_out` for a pressed button or a submitted view."""
    is_form = body.get("type") == "view_submission"
    key = submission_key(body) if is_form else press_key(body)
    return carry_out(desk, key, kept(body), body["user"]["id"], act, may_come_again=is_form)


def press_key(body: Mapping[str, Any]) -> str:
    """The key of a button press or a menu choice."""
    container = body.get("container") or {}
    action = (body.get("actions") or [{}])[0]
    place = container.get("channel_id") or container.get("view_id") or ""
    return f"press:{place}:{container.get('message_ts', '')}:{action.get('action_ts', '')}:{body['user']['id']}"


def submission_key(body: Mapping[str, Any]) -> str:
    """The key of a submitted view. What is typed does not change its hash: a form that was refused comes again under it."""
    view = body["view"]
    return f"submit:{view['id']}:{view.get('hash', '')}:{body['user']['id']}"


def kept(body: Mapping[str, Any]) -> dict[str, Any]:
    """What of an interaction is worth keeping: who, where, what was pressed or submitted; no tokens, no whole messages."""
    view = body.get("view") or {}
    return {
        "type": body.get("type"),
        "user": (body.get("user") or {}).get("id"),
        "container": body.get("container"),
        "actions": [
            {name: action.get(name) for name in ("action_id", "block_id", "value")}
            for action in body.get("actions") or ()
        ],
        "callback": view.get("callback_id"),
        "values": (view.get("state") or {}).get("values"),
    }
