"""Block Kit as the page draws it, on the gallery that shows every block."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.makers.workspace_page import PAGE

pytestmark = pytest.mark.servers
SCHEMA = PAGE.parent / "data" / "block-kit.schema.json"


def sample(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def told(page: Page) -> Any:
    """What the last act would have told the server."""
    expect(page.locator("#done")).not_to_be_empty()
    return json.loads(page.locator("#done").inner_text())


def types_in_schema(definition: str) -> set[str]:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    names = [each["$ref"].rsplit("/", 1)[-1] for each in definitions[definition]["anyOf"]]
    return {
        branch["properties"]["type"]["const"]
        for name in names
        for branch in definitions[name].get("anyOf", [definitions[name]])
    }


def test_every_block_type_of_the_schema_is_drawn(gallery: Page) -> None:
    known = gallery.evaluate("async () => (await import('/blocks/show.js')).KNOWN")
    assert types_in_schema("KnownBlock") | {"data_visualization"} <= set(known)


def test_every_input_type_of_the_schema_is_in_the_gallery_and_drawn(gallery: Page) -> None:
    missing = gallery.get_by_text("that this page cannot draw")
    assert [text.split("”")[0].split("“")[1] for text in missing.all_inner_texts()] == ["hologram", "lever"]


def test_an_unknown_block_shows_what_it_is(gallery: Page) -> None:
    gallery.get_by_text("A block of type “hologram”").click()
    expect(sample(gallery, "unknown").locator("pre").first).to_contain_text('"hologram"')


def test_a_button_tells_its_block_and_action(gallery: Page) -> None:
    gallery.get_by_role("button", name="Approve").click()
    assert told(gallery) == {"block_id": "section-and-fields-5", "action_id": "approve"}


def test_a_confirmed_button_asks_first_in_the_words_of_the_app(gallery: Page) -> None:
    gallery.get_by_role("button", name="Reject", exact=True).click()
    dialog = gallery.get_by_role("dialog", name="Reject this order?")
    expect(dialog).to_contain_text("The supplier is not told.")
    dialog.get_by_role("button", name="Reject").click()
    assert told(gallery)["action_id"] == "reject"


def test_a_denied_confirmation_tells_nothing(gallery: Page) -> None:
    gallery.get_by_role("button", name="Reject", exact=True).click()
    gallery.get_by_role("button", name="Keep").click()
    expect(gallery.get_by_role("dialog")).to_have_count(0)
    expect(gallery.locator("#done")).to_be_empty()


def test_an_overflow_menu_is_walked_with_the_arrow_keys(gallery: Page) -> None:
    sample(gallery, "section and fields").get_by_role("button", name="More options").press("Enter")
    gallery.get_by_role("menuitem", name="Ask the supplier").press("ArrowDown")
    gallery.keyboard.press("Enter")
    assert told(gallery) == {"block_id": "section-and-fields-5", "action_id": "more", "choice": "split"}


def test_a_static_select_is_filtered_by_typing(gallery: Page) -> None:
    sample(gallery, "accessories").get_by_role("combobox").first.click()
    gallery.keyboard.type("gda")
    expect(gallery.get_by_role("option")).to_have_count(1)
    gallery.keyboard.press("Enter")
    assert told(gallery)["choice"] == "gdańsk"


def test_an_external_select_asks_while_one_types(gallery: Page) -> None:
    gallery.get_by_role("combobox", name="A product").click()
    gallery.keyboard.type("flakes")
    gallery.get_by_role("option", name="Oat flakes 500 g").click()
    assert told(gallery)["choice"] == "Oat flakes 500 g"


def test_a_multi_select_keeps_what_was_chosen_and_stays_open(gallery: Page) -> None:
    gallery.get_by_role("combobox", name="Suppliers").click()
    gallery.get_by_role("option", name="Mill").click()
    gallery.get_by_role("option", name="Dairy").click()
    expect(gallery.get_by_role("option", name="Mill")).to_have_attribute("aria-selected", "true")
    assert told(gallery)["choice"] == ["bakery", "mill"]


def test_checkboxes_tell_all_that_are_ticked(gallery: Page) -> None:
    sample(gallery, "accessories").get_by_label("Replies").check()
    assert told(gallery)["choice"] == ["stock alerts", "replies"]


def test_a_date_is_told_as_a_day(gallery: Page) -> None:
    sample(gallery, "accessories").get_by_label("A date").fill("2026-12-24")
    assert told(gallery)["choice"] == "2026-12-24"


def test_an_input_in_error_points_to_its_sentence(gallery: Page) -> None:
    field = sample(gallery, "inputs").get_by_label("E-mail")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("This is not an address.")


def test_a_data_table_turns_its_pages(gallery: Page) -> None:
    table = sample(gallery, "data table")
    table.get_by_role("button", name="Next page").click()
    expect(table.get_by_role("rowheader")).to_have_text(["Honey 400 g", "Sea salt", "Lentils"])
    expect(table.get_by_text("5–7 of 7")).to_be_visible()


def test_a_data_table_sorts_numbers_as_numbers(gallery: Page) -> None:
    table = sample(gallery, "data table")
    table.get_by_role("button", name="On hand").click()
    expect(table.get_by_role("rowheader").first).to_have_text("Honey 400 g")
    expect(table.get_by_role("columnheader", name="On hand")).to_have_attribute("aria-sort", "ascending")


@pytest.mark.parametrize("kind", ["bar chart", "line chart", "area chart", "pie chart"])
def test_a_chart_says_its_numbers_to_those_who_do_not_see_it(gallery: Page, kind: str) -> None:
    picture = sample(gallery, kind).get_by_role("img").first
    assert any(figure in (picture.get_attribute("aria-label") or "") for figure in ("31", "204", "48", "4280"))


def test_a_chart_can_be_read_as_a_table(gallery: Page) -> None:
    chart = sample(gallery, "line chart")
    chart.get_by_role("button", name="Show numbers").click()
    expect(chart.get_by_role("row", name="Aug 204 131")).to_be_visible()


def test_axes_end_at_round_numbers_and_hold_zero(gallery: Page) -> None:
    ticks = gallery.evaluate("async () => (await import('/blocks/scale.js')).scaleFor([42, -4, 48]).ticks")
    assert ticks == [-20, 0, 20, 40, 60]


def test_a_folded_container_opens_by_its_title(gallery: Page) -> None:
    expect(gallery.get_by_text("hidden words")).to_have_count(0)
    gallery.get_by_role("button", name="Folded").click()
    expect(gallery.get_by_text("hidden words")).to_be_visible()
