"""The workspace's time, which the fault panel may shift, and timestamps that name messages."""

from collections.abc import Callable


class WorkspaceClock:
    """Seconds since 1970 as the workspace sees them."""

    def __init__(self, wall_clock: Callable[[], float]) -> None:
        self._wall_clock = wall_clock
        self._last_ts = 0
        self.shift = 0.0  # seconds added by the fault panel

    def now(self) -> float:
        """The shifted time."""
        return self._wall_clock() + self.shift

    def new_ts(self) -> str:
        """A timestamp that no message has yet: seconds, a dot, six digits; never smaller than an earlier one."""
        self._last_ts = max(int(self.now() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def not_before(self, ts: str) -> None:
        """New timestamps will be greater than this one, which an earlier start gave."""
        seconds, _, fraction = ts.partition(".")
        self._last_ts = max(self._last_ts, int(seconds) * 1_000_000 + int((fraction or "0").ljust(6, "0")[:6]))
