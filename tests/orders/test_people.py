"""Who may do what."""

import pytest

from orders.people import SCHEDULER, Actor, Permission, Role, require, roles_granting
from orders.refusals import NotAllowed


def person(*roles: Role) -> Actor:
    return Actor("Ola", person_id=1, roles=frozenset(roles))


@pytest.mark.parametrize("role", [Role.BUYER, Role.WAREHOUSE, Role.ADMIN])
def test_only_a_manager_approves(role: Role) -> None:
    assert person(Role.MANAGER).may(Permission.APPROVE)
    assert not person(role).may(Permission.APPROVE)


def test_somebody_without_a_role_may_do_nothing() -> None:
    assert [permission for permission in Permission if person().may(permission)] == []


def test_the_program_itself_approves_nothing() -> None:
    assert not SCHEDULER.may(Permission.APPROVE)


def test_a_no_says_whom_to_ask() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(person(Role.BUYER), Permission.APPROVE, ("Maya",))
    assert refusal.value.facts == {"permission": "approve", "who_may": ("Maya",)}


def test_every_permission_is_held_by_some_role() -> None:
    assert all(roles_granting(permission) for permission in Permission)
