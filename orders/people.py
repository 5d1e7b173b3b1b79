"""People, their roles, and what each role may do. Routing a card to somebody never gives him a permission."""

from dataclasses import dataclass
from enum import StrEnum

from orders.refusals import NotAllowed


class Role(StrEnum):
    """What somebody is in the shop."""

    MANAGER = "manager"  # decides on orders and on suppliers' changes
    BUYER = "buyer"  # drafts, edits and submits orders
    WAREHOUSE = "warehouse"  # receives goods, counts stock
    ADMIN = "admin"  # people, settings, suppliers; no approvals by that alone


class Permission(StrEnum):
    """What a handler may ask for."""

    DRAFT = "draft"  # draft, edit, submit, withdraw
    APPROVE = "approve"  # approve, reject, decide on a supplier's change
    CANCEL = "cancel"  # cancel, close, reopen
    RECEIVE = "receive"  # book deliveries
    COUNT = "count"  # correct stock
    MANAGE = "manage"  # people, roles, parked messages


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset(Permission) - {Permission.MANAGE},
    Role.BUYER: frozenset({Permission.DRAFT, Permission.RECEIVE, Permission.CANCEL}),
    Role.WAREHOUSE: frozenset({Permission.RECEIVE, Permission.COUNT}),
    Role.ADMIN: frozenset({Permission.MANAGE, Permission.COUNT}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person of the shop, or the program itself (`person_id` None, no roles, `is_system`)."""

    name: str
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    is_system: bool = False

    def may(self, permission: Permission) -> bool:
        """True when one of the roles grants it. The program itself may draft and receive nothing by right."""
        return any(permission in _GRANTS[role] for role in self.roles)


SCHEDULER = Actor("Quartermaster", is_system=True)
# Who works at the command line has the database in his hands already.
CONSOLE = Actor("console", roles=frozenset({Role.MANAGER, Role.ADMIN}))


def require(actor: Actor, permission: Permission, who_may: tuple[str, ...] = ()) -> None:
    """Raise NotAllowed unless the actor holds the permission; fails closed for an actor without roles."""
    if not actor.may(permission):
        raise NotAllowed(permission.value, who_may)


def roles_granting(permission: Permission) -> frozenset[Role]:
    """The roles that hold a permission, so that a polite no can say whom to ask."""
    return frozenset(role for role, granted in _GRANTS.items() if permission in granted)
