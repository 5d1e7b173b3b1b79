"""What the tests of imports share: a shop, and a call that imports a text as a file."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store.importers.outcome import Outcome
from store.importers.running import KINDS, Options, import_files
from store.sessions import Store
from tests.makers.importing import make_shop
from tests.makers.sheets import make_csv

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Importing = Callable[..., Outcome]


@pytest.fixture
def shop(store: Store) -> Store:
    make_shop(store)
    return store


@pytest.fixture
def importing(shop: Store, tmp_path: Path) -> Importing:
    """Import a CSV text, or a file, into the shop."""

    def run(kind: str, content: str | Path, *, now: datetime = NOW, **options: Any) -> Outcome:
        path = content if isinstance(content, Path) else make_csv(tmp_path / f"{kind}.csv", content)
        outcomes = import_files(shop, KINDS[kind], [path], Options(**options), now=now, progress=lambda *_: None)
        return outcomes[0]

    return run
