"""The page for those who hear it or have no mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.makers.workspace_page import NOW, ORDERS, PIOTR, make_message
from tests.sandbox.page.conftest import Opener

pytestmark = pytest.mark.servers
NAMELESS = re.compile(
    r"^\s*- (?:button|textbox|checkbox|radio|combobox|link|switch|searchbox|spinbutton|dialog|tab)(?: \[[^\]]*\])*:?$",
    re.MULTILINE,
)


def test_every_control_of_every_block_has_a_name(gallery: Page) -> None:
    assert NAMELESS.findall(gallery.locator("body").aria_snapshot()) == []


@pytest.mark.parametrize("tool", ["Wire log", "Faults"])
def test_every_control_of_the_workspace_has_a_name(scripted: Opener, tool: str) -> None:
    workspace = scripted(messages={ORDERS: [make_message(0, PIOTR, "hello")]})
    workspace.page.get_by_role("button", name=tool, exact=True).click()
    assert NAMELESS.findall(workspace.page.locator("body").aria_snapshot()) == []


def test_new_messages_are_announced_politely(scripted: Opener) -> None:
    log = scripted().page.get_by_role("log", name="Messages in #orders")
    expect(log).to_have_attribute("aria-live", "polite")


def test_a_message_is_answered_without_a_mouse(scripted: Opener) -> None:
    workspace = scripted(messages={ORDERS: [make_message(0, PIOTR, "hello")]})
    workspace.page.get_by_role("log").focus()
    workspace.page.keyboard.press("Tab")
    workspace.page.keyboard.press("Tab")
    workspace.page.keyboard.press("Enter")
    expect(workspace.page.get_by_role("textbox", name="Reply")).to_be_focused()
    workspace.page.keyboard.type("hi\n")
    assert workspace.heard("say")["thread_ts"] == f"{NOW:.6f}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(scripted: Opener, scheme: str) -> None:
    page = scripted(messages={ORDERS: [make_message(0, PIOTR, "hello")]}).page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    colours = page.evaluate(
        """() => ["--ink", "--soft", "--faint", "--link", "--danger", "--ok", "--info", "--warn", "--accent-strong"].map((name) => {
          const probe = document.createElement("i");
          probe.style.color = `var(${name})`;
          document.body.append(probe);
          return getComputedStyle(probe).color;
        }).concat(getComputedStyle(document.body).backgroundColor)"""
    )
    *words, ground = [tuple(int(part) for part in re.findall(r"\d+", colour)[:3]) for colour in colours]
    assert [word for word in words if contrast(word, ground) < 4.5] == []
    page.emulate_media(color_scheme="light")


def contrast(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
