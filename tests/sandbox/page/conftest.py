"""The workspace's page in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.makers.workspace_page import ScriptedWorkspace, make_state, served_page


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served_page() as served:
        yield served


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile, so that the page's modules are fetched once."""
    size: ViewportSize = {"width": 1280, "height": 800}
    with browser.new_context(viewport=size, locale="en-GB", timezone_id="Europe/Warsaw") as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty page in which no script may fail."""
    opened = context.new_page()
    opened.set_default_timeout(8000)
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    opened.close()
    assert failures == []


@pytest.fixture
def scripted(page: Page, address: str) -> "Opener":
    return Opener(page, address)


class Opener:
    """Opens the page on a workspace whose first state is the test's."""

    def __init__(self, page: Page, address: str) -> None:
        self._page, self._address = page, address

    def __call__(self, path: str = "/index.html", **state: Any) -> ScriptedWorkspace:
        workspace = ScriptedWorkspace(self._page, self._address, make_state(**state))
        workspace.open(path)
        return workspace


@pytest.fixture
def gallery(page: Page, address: str) -> Page:
    page.goto(f"{address}/gallery.html")
    page.wait_for_selector("body[data-ready]")
    return page
