"""Loads an order to act on it: locked, at the revision that the person saw, in a state that allows the act."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from orders.people import Actor, Permission, require
from orders.purchase import OrderState, PurchaseOrder
from orders.refusals import OrderAlreadyDecided
from orders.states import Act, next_state
from store.queries.orders import last_decision, order_row, order_values
from store.queries.people import names_of_those_who_may
from store.tables.purchase import PurchaseOrderRow


@dataclass(frozen=True, slots=True)
class Loaded:
    """A locked order: its row to write, its value to decide on, and the state that the act leads to."""

    row: PurchaseOrderRow
    order: PurchaseOrder
    next_state: OrderState


def require_permission(session: Session, actor: Actor, permission: Permission) -> None:
    """Raise NotAllowed, naming those who may, unless the actor holds the permission."""
    require(actor, permission, () if actor.may(permission) else names_of_those_who_may(session, permission))


def load(session: Session, number: str, act: Act, *, revision: int | None = None) -> Loaded:
    """Lock the order for an act.

    Raises OrderNotFound; OrderAlreadyDecided when `revision` (what the person saw) is not the present one, naming who
    acted last; ActForbidden when the state does not allow the act.
    """
    row = order_row(session, number, lock=True)
    if revision is not None and revision != row.revision:
        who, when = last_decision(session, row.id) or (None, None)
        raise OrderAlreadyDecided(number, row.state.value, who, when)
    target = next_state(number, row.state, act)
    return Loaded(row, order_values(session, [row])[0], target)


def move(session: Session, loaded: Loaded) -> None:
    """Write the new state and count the revision up, which makes every older card stale."""
    loaded.row.state = loaded.next_state
    loaded.row.revision += 1
    session.flush()
