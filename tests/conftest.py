"""What all tests share: databases, a clock that stands still, and no sockets where none are needed."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
import pytest_socket

from store.migrating import migrate
from store.sessions import Store, open_store
from tests.makers.world import World, make_world

if TYPE_CHECKING:
    from playwright.sync_api import Browser

POSTGRES = os.environ.get("QUARTERMASTER_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MUST_RUN = os.environ.get("QUARTERMASTER_TESTS_REQUIRE") == "all"


def missing(what: str) -> None:
    """Skip on a developer's machine; fail where every suite must run."""
    if MUST_RUN:
        pytest.fail(f"{what} is needed here and missing")
    pytest.skip(f"{what} is missing")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if not {"store", "servers", "journey"} & {mark.name for mark in item.iter_markers()}:
        pytest_socket.disable_socket(allow_unix_socket=True)


def pytest_runtest_teardown() -> None:
    pytest_socket.enable_socket()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that each test copies."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    store = open_store(f"sqlite:///{path}")
    migrate(store.engine)
    store.close()
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[str]:
    """The name of a migrated PostgreSQL database that each test copies."""
    pytest_socket.enable_socket()
    name = f"qm_template_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
    except psycopg.OperationalError:
        missing("PostgreSQL")
    store = open_store(f"{POSTGRES}/{name}")
    migrate(store.engine)
    store.close()
    yield name
    drop_database(name)


def drop_database(name: str) -> None:
    pytest_socket.enable_socket()
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database: each store test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = tmp_path / "shop.db"
        path.write_bytes(template.read_bytes())
        yield f"sqlite:///{path}"
        return
    name = f"qm_{uuid.uuid4().hex[:12]}"
    template_name: str = request.getfixturevalue("postgres_template")
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template_name}".encode())
    yield f"{POSTGRES}/{name}"
    drop_database(name)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store on a fresh database."""
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium, one for all tests that look at a page; two of Playwright's loops cannot live in one process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need no browser

    pytest_socket.enable_socket()
    if not Path(CHROMIUM).exists():
        missing("Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def world(store: Store) -> World:
    """A shop with people, on each database."""
    return make_world(store)
