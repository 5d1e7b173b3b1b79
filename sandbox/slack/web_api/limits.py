"""Rate limits: calls a minute for each method and app, and one message a second for each channel, with short bursts."""

from collections import defaultdict, deque

from sandbox.slack.web_api.contract import CALLS_A_MINUTE

_WINDOW = 60.0
_BURST_OF_TIER_1 = 3  # "1+ per minute": occasional short bursts are tolerated
POSTS_BURST = 15  # messages to one channel before one a second holds; Slack says "short bursts" without a number


class RateLimits:
    """Answers how many seconds to wait, 0 when the call may go on."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._posts: dict[tuple[str, str], float] = {}  # when the channel's bucket is full again

    def wait_for(self, app: str, method: str, tier: int, now: float) -> int:
        """Count a call against the method's tier."""
        calls = self._calls[app, method]
        while calls and calls[0] <= now - _WINDOW:
            calls.popleft()
        if len(calls) >= max(CALLS_A_MINUTE[tier], _BURST_OF_TIER_1):
            return max(1, round(calls[0] + _WINDOW - now + 0.5))
        calls.append(now)
        return 0

    def wait_for_post(self, app: str, channel: str, now: float) -> int:
        """Count a message against the channel's bucket, which loses one message a second."""
        level = max(self._posts.get((app, channel), now), now)
        if level - now >= POSTS_BURST:
            return max(1, round(level - now - POSTS_BURST + 0.5))
        self._posts[app, channel] = level + 1
        return 0
