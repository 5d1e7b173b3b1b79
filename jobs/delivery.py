"""Delivers the outbox: claims a row, hands it to the deliverer of its kind, closes it or puts it back to wait.

Which deliverer sends which kind is told by wiring; this room knows no door.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog

from handlers.undelivered import give_up
from orders.clock import Clock
from store.outbox import (
    MOST_ATTEMPTS,
    GiveUp,
    NotYet,
    Outgoing,
    TryLater,
    claim,
    close,
    put_back,
    retry_later,
    supersede_older,
)
from store.sessions import Store

log = structlog.get_logger()


class Deliverer(Protocol):
    """Sends one row. It opens its own transactions, so that what it learns is kept even when closing fails.

    It recognises by the row's key what an earlier attempt has already sent. Raises NotYet, TryLater or GiveUp.
    """

    def __call__(self, outgoing: Outgoing, /) -> None:
        """Send it."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """One worker for the kinds that its table names."""

    store: Store
    clock: Clock
    deliverers: Mapping[str, Deliverer]

    def deliver_next(self) -> bool:
        """Send the oldest due row; False when nothing is due."""
        with self.store.transaction() as session:
            outgoing = claim(session, self.deliverers.keys(), now=self.clock.now())
        if outgoing is None:
            return False
        try:
            self.deliverers[outgoing.kind](outgoing)
        except NotYet as turn:
            self._put_back(outgoing, str(turn))
        except GiveUp as error:
            self._give_up(outgoing, str(error))
        except TryLater as error:
            self._retry(outgoing, str(error), error.wait)
        except Exception as error:  # one of the three places: a deliverer's defect must not stop the others
            log.exception("delivery failed", kind=outgoing.kind, key=outgoing.key)
            self._retry(outgoing, f"{type(error).__name__}: {error}", None)
        else:
            with self.store.transaction() as session:
                close(session, outgoing.id, now=self.clock.now())
                supersede_older(session, outgoing, now=self.clock.now())
            log.info("delivered", kind=outgoing.kind, key=outgoing.key, attempts=outgoing.attempts)
        return True

    def deliver_due(self) -> int:
        """Send everything that is due now; returns how many rows were tried."""
        tried = 0
        while self.deliver_next():
            tried += 1
        return tried

    def run(self, stop: threading.Event, wake: threading.Event, *, every: float) -> None:
        """Deliver until told to stop, when woken and at least every so many seconds."""
        while not stop.is_set():
            wake.clear()
            try:
                self.deliver_due()
            except Exception:  # the same place: a locked or absent database must not end the worker
                log.exception("outbox unreachable")
            wake.wait(every)

    def _put_back(self, outgoing: Outgoing, why: str) -> None:
        log.debug("delivery waits for its turn", kind=outgoing.kind, key=outgoing.key, why=why)
        with self.store.transaction() as session:
            put_back(session, outgoing, why, now=self.clock.now())

    def _retry(self, outgoing: Outgoing, why: str, wait: timedelta | None) -> None:
        if outgoing.attempts >= MOST_ATTEMPTS:
            self._give_up(outgoing, why)
            return
        log.warning("delivery waits", kind=outgoing.kind, key=outgoing.key, attempts=outgoing.attempts, why=why)
        with self.store.transaction() as session:
            retry_later(session, outgoing, why, now=self.clock.now(), wait=wait)

    def _give_up(self, outgoing: Outgoing, why: str) -> None:
        log.error("delivery parked", kind=outgoing.kind, key=outgoing.key, why=why)
        with self.store.transaction() as session:
            give_up(session, outgoing, why, clock=self.clock)
