"""Faults that a test or a demonstrator switches on: what goes wrong, at which step of which server, how often."""

from dataclasses import dataclass
from enum import StrEnum

FOREVER = -1


class Trouble(StrEnum):
    """What goes wrong."""

    CUT = "cut"  # the connection breaks before anything is done
    CUT_AFTER = "cut-after"  # it is done, then the connection breaks before the answer
    CUT_MIDWAY = "cut-midway"  # the connection breaks after `at_byte` bytes of the answer
    DELAY = "delay"  # done and answered `seconds` late
    HANG = "hang"  # nothing is done nor answered any more, and the connection stays open
    HANG_AFTER = "hang-after"  # it is done and never answered
    BYE = "bye"  # the server takes its leave in the protocol's words
    REFUSE = "refuse"  # the server says no: `code` and `text`
    GARBLE = "garble"  # an answer that is none
    VANISH = "vanish"  # the messages of the folder disappear just before (IMAP)


@dataclass(slots=True)
class Fault:
    """`where` is a server and a step: "imap FETCH", "imap CONNECT", "smtp DATA", "smtp RCPT", or "imap *" for any step.

    It strikes `times` times (-1: till it is lifted) after having let `skip` occasions pass.
    """

    where: str
    trouble: Trouble
    times: int = 1
    skip: int = 0
    seconds: float = 1.0
    at_byte: int = 0
    code: int = 451
    text: str = "Try again later"


class Faults:
    """The faults that are in force; `struck` counts what each step has met."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self.struck: list[tuple[str, Trouble]] = []

    def add(self, fault: Fault) -> None:
        """Put a fault in force."""
        self._faults.append(fault)

    def lift(self) -> None:
        """End all faults; what already hangs goes on hanging."""
        self._faults.clear()

    def take(self, where: str) -> Fault | None:
        """The fault that strikes at this step, if any; counts it down."""
        server = where.partition(" ")[0]
        for fault in self._faults:
            if fault.where not in {where, f"{server} *"}:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.times == 0:
                continue
            fault.times -= fault.times > 0
            self.struck.append((where, fault.trouble))
            return fault
        return None
