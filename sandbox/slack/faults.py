"""Faults that can be switched on to see how an app bears them."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from sandbox.slack.shapes import CallRefused, Json

FOREVER = -1


@dataclass(slots=True)
class RateLimitFault:
    """Calls of `method` (`*`: any) answer 429."""

    method: str = "*"
    times: int = 0
    retry_after: int = 3


@dataclass(slots=True)
class DropFault:
    """Calls of `method` (`*`: any) are carried out, then the connection is cut before the answer."""

    method: str = "chat.postMessage"
    times: int = 0


@dataclass(slots=True)
class Faults:
    """Counts go down with each use; -1 holds until switched off."""

    strict: bool
    lose_acks: int = 0
    duplicate: int = 0
    delay_ms: int = 0
    expire_triggers: bool = False
    clock_shift_s: float = 0.0
    rate_limit: RateLimitFault = field(default_factory=RateLimitFault)
    drop_after_commit: DropFault = field(default_factory=DropFault)

    def as_json(self) -> Json:
        """The form in which the page sees it."""
        return asdict(self)

    def change(self, wishes: Json) -> None:
        """Take over the named switches; CallRefused("unknown_fault") names no fault, ("bad_fault_value") has no sense."""
        for name, value in wishes.items():
            if name in ("id", "do"):
                continue
            if name not in {each.name for each in fields(self)}:
                raise CallRefused("unknown_fault", fault=name)
            current = getattr(self, name)
            if isinstance(current, RateLimitFault | DropFault):
                for key, part in (value if isinstance(value, dict) else {"": None}).items():
                    _set(current, key, part)
            else:
                _set(self, name, value)

    def loses_this_ack(self) -> bool:
        """Whether the next acknowledgement is thrown away; counts down."""
        hit, self.lose_acks = _use(self.lose_acks)
        return hit

    def doubles_this_delivery(self) -> bool:
        """Whether the next delivery is sent twice; counts down."""
        hit, self.duplicate = _use(self.duplicate)
        return hit

    def limits_this_call(self, method: str) -> bool:
        """Whether this call is answered with 429; counts down."""
        if self.rate_limit.method not in ("*", method):
            return False
        hit, self.rate_limit.times = _use(self.rate_limit.times)
        return hit

    def drops_this_answer(self, method: str) -> bool:
        """Whether the connection is cut before this call's answer; counts down."""
        if self.drop_after_commit.method not in ("*", method):
            return False
        hit, self.drop_after_commit.times = _use(self.drop_after_commit.times)
        return hit


def _use(count: int) -> tuple[bool, int]:
    if count == 0:
        return False, 0
    return True, count if count == FOREVER else count - 1


def _set(target: Any, name: str, value: Any) -> None:
    current = getattr(target, name, None)
    fits = type(value) is type(current) or (
        isinstance(current, int | float) and isinstance(value, int | float) and not isinstance(current, bool)
    )
    if current is None or not fits:
        raise CallRefused("bad_fault_value", fault=name)
    setattr(target, name, value)
