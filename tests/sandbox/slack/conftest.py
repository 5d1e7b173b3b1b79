"""A furnished workspace for each test of the server."""

from collections.abc import Iterator

import pytest

from sandbox.slack.settings import WorkspaceSettings
from tests.makers.workspace import Desk, furnished_desk

QUICK = WorkspaceSettings(address="", ack_seconds=0.4, retry_seconds=(0.0, 0.05, 0.05))


@pytest.fixture
def desk() -> Iterator[Desk]:
    with furnished_desk() as furnished:
        yield furnished


@pytest.fixture
def quick_desk() -> Iterator[Desk]:
    """Patience of 0.4 s instead of three, and repetitions at once."""
    with furnished_desk(QUICK) as furnished:
        yield furnished
