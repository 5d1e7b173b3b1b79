"""What is refused of blocks, and in which words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.blocks.check import HOME, LONGEST_BLOCKS_TEXT, MESSAGE, MODAL, BlockRules
from sandbox.slack.blocks.walk import elements_of, find_element, text_length, with_ids
from sandbox.slack.shapes import CallRefused
from tests.makers.workspace import Json, actions, button, modal, plain, section, text_input

RULES = BlockRules()


def faults(*blocks: Json, surface: str = MESSAGE) -> list[str]:
    return [fault.written("/blocks") for fault in RULES.faults(list(blocks), surface)]


def table(*rows: list[str], **more: object) -> Json:
    cells = [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]
    return {"type": "data_table", "caption": "Stock", "rows": cells, **more}


def chart(**chart: object) -> Json:
    return {"type": "data_visualization", "title": "Cover", "chart": chart}


def line(categories: list[str], *values: list[str]) -> Json:
    series = [{"name": str(n), "data": [{"label": each, "value": 1} for each in row]} for n, row in enumerate(values)]
    return chart(type="line", series=series, axis_config={"categories": categories})


def test_a_usual_card_has_no_faults() -> None:
    context = {"type": "context", "elements": [{"type": "mrkdwn", "text": "by Magda"}]}
    header = {"type": "header", "text": plain("PO-2026-0142")}
    assert (
        faults(header, section("*Oat milk*"), actions(button("ok", style="primary")), context, {"type": "divider"})
        == []
    )


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
        ({"type": "nope"}, "unsupported type: nope [json-pointer:/blocks/0/type]"),
        ({"text": "x"}, "missing required field: type [json-pointer:/blocks/0]"),
        (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        (section("x", colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
        (section("x", block_id="b" * 256), "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
        (
            {"type": "header", "text": plain("x" * 151)},
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
            "must be a valid enum value [json-pointer:/blocks/0/text/type]",
        ),
        ({"type": "image", "image_url": "https://x"}, "missing required field: alt_text [json-pointer:/blocks/0]"),
        ({"type": "context", "elements": []}, "must provide at least 1 item [json-pointer:/blocks/0/elements]"),
    ],
)
def test_a_fault_is_said_in_the_platforms_words(block: Json, sentence: str) -> None:
    assert sentence in faults(block)


def test_a_button_keeps_its_limits() -> None:
    assert faults(actions(button("a", text="x" * 76))) == [
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"
    ]
    assert faults(actions(button("a", value="v" * 2001))) == [
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"
    ]


def test_twenty_six_buttons_are_too_many() -> None:
    assert "no more than 25 items allowed [json-pointer:/blocks/0/elements]" in faults(
        actions(*(button(f"b{n}") for n in range(26)))
    )


def test_an_action_id_stands_once_in_a_block_and_a_block_id_once_in_a_message() -> None:
    assert faults(actions(button("same"), button("same"))) == [
        "duplicate action_id: same [json-pointer:/blocks/0/elements]"
    ]
    assert faults(section("a", block_id="b"), section("b", block_id="b")) == [
        "duplicate block_id: b [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize(("surface", "most"), [(MESSAGE, 50), (MODAL, 100), (HOME, 100)])
def test_a_surface_holds_so_many_blocks_and_no_more(surface: str, most: int) -> None:
    divider = {"type": "divider"}
    assert faults(*[divider] * most, surface=surface) == []
    assert faults(*[divider] * (most + 1), surface=surface) == [
        f"no more than {most} items allowed [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize(
    ("block", "surface"),
    [
        ({"type": "alert", "text": {"type": "mrkdwn", "text": "x"}}, MESSAGE),
        ({"type": "markdown", "text": "x"}, MODAL),
        (table(["a"], ["1"]), HOME),
        ({"type": "input", "label": plain("x"), "element": {"type": "file_input", "action_id": "f"}}, MESSAGE),
    ],
)
def test_some_blocks_stand_on_some_surfaces_only(block: Json, surface: str) -> None:
    assert any(sentence.startswith("unsupported type") for sentence in faults(block, surface=surface))


def test_an_options_value_may_be_as_long_as_the_platform_takes_today() -> None:
    select = {"type": "static_select", "action_id": "s", "options": [{"text": plain("x"), "value": "v" * 150}]}
    assert faults(actions(select)) == []


def test_a_select_has_a_hundred_options_at_most() -> None:
    options = [{"text": plain(str(n)), "value": str(n)} for n in range(101)]
    select = {"type": "static_select", "action_id": "s", "options": options}
    assert faults(actions(select)) == ["no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"]


def test_a_data_table_needs_equal_rows_and_a_header_of_plain_cells() -> None:
    assert faults(table(["product", "stock"], ["oat", "3"])) == []
    assert "must have as many cells as the header row [json-pointer:/blocks/0/rows/1]" in faults(
        table(["a", "b"], ["1"])
    )
    assert "must have a header row and 1 to 100 rows [json-pointer:/blocks/0/rows]" in faults(table(["a"]))
    assert "must be between 1 and 100 [json-pointer:/blocks/0/page_size]" in faults(table(["a"], ["1"], page_size=101))


def test_a_data_table_may_not_have_twenty_one_columns() -> None:
    row = [str(n) for n in range(21)]
    assert "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]" in faults(table(row, row))


def test_a_chart_needs_a_value_for_each_category_in_each_series() -> None:
    assert faults(line(["Mon", "Tue"], ["Mon", "Tue"])) == []
    assert faults(line(["Mon", "Tue"], ["Mon"])) == [
        "must have one value for each category [json-pointer:/blocks/0/chart/series/0/data]"
    ]


def test_a_pie_has_one_to_twelve_slices_larger_than_nothing() -> None:
    slices = [{"label": str(n), "value": 1} for n in range(13)]
    assert faults(chart(type="pie", segments=slices)) == [
        "must have 1 to 12 items [json-pointer:/blocks/0/chart/segments]"
    ]
    assert faults(chart(type="pie", segments=[{"label": "a", "value": 0}])) == [
        "must be a number over 0 [json-pointer:/blocks/0/chart/segments/0/value]"
    ]


def test_a_message_has_two_charts_at_most() -> None:
    pie = chart(type="pie", segments=[{"label": "a", "value": 1}])
    assert faults(pie, pie, pie) == ["no more than 2 data_visualization blocks allowed [json-pointer:/blocks]"]


def test_an_unknown_kind_of_chart_is_refused() -> None:
    assert faults(chart(type="radar")) == ["must be a valid enum value [json-pointer:/blocks/0/chart/type]"]


LIMITS = [
    (section("x") | {"fields": [{"type": "mrkdwn", "text": "y" * 2001}]}, "must be less than 2001 characters"),
    ({"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}, "no more than 20 items allowed"),
    ({"type": "data_visualization", "title": "x" * 51, "chart": {}}, "must be a string of 1 to 50 characters"),
    ({"type": "data_visualization", "title": "x"}, "must provide an object"),
    ({"type": "data_visualization", "title": "x", "chart": {"type": "bar"}}, "must have 1 to 20 items"),
    (
        {"type": "data_visualization", "title": "x", "colour": 1, "chart": {"type": "pie"}},
        "invalid additional property: colour",
    ),
    (
        {
            "type": "data_visualization",
            "title": "x",
            "chart": {"type": "bar", "axis_config": {"categories": ["y" * 21]}},
        },
        "must be a string of 1 to 20 characters",
    ),
    (
        {"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": [{"label": "", "value": 1}]}},
        "must be a string of 1 to 20 characters",
    ),
    (
        {"type": "data_table", "caption": "x", "rows": [[{"type": "rich_text", "elements": []}], []]},
        "unsupported type: rich_text",
    ),
]


@pytest.mark.parametrize(("block", "sentence"), LIMITS)
def test_limits_that_the_schema_does_not_know(block: Json, sentence: str) -> None:
    assert sentence in [fault.message for fault in RULES.faults([block], MESSAGE)]


def test_markdown_is_limited_over_all_blocks() -> None:
    half = {"type": "markdown", "text": "x" * 6001}
    assert faults(half, half) == ["markdown must be less than 12001 characters [json-pointer:/blocks]"]


def test_all_texts_together_have_a_limit_that_is_written_nowhere() -> None:
    blocks = [section("x" * 3000) for _ in range(5)]
    with pytest.raises(CallRefused) as refused:
        RULES.check_blocks(blocks)
    assert refused.value.error == "msg_blocks_too_long"
    assert text_length(blocks) > LONGEST_BLOCKS_TEXT


def test_what_is_no_list_of_objects_is_a_wrong_format() -> None:
    for wrong in ("text", {"type": "section"}, ["a"], 3):
        with pytest.raises(CallRefused) as refused:
            RULES.check_blocks(wrong)
        assert refused.value.error == "invalid_blocks_format"


def test_a_refusal_carries_its_sentences_twice_as_the_platform_does() -> None:
    with pytest.raises(CallRefused) as refused:
        RULES.check_blocks([{"type": "section"}])
    sentence = "must define either `text` or `fields` [json-pointer:/blocks/0]"
    assert refused.value.facts["errors"] == [sentence]
    assert refused.value.facts["response_metadata"] == {"messages": [f"[ERROR] {sentence}"]}


def view_faults(view: Json, surface: str = MODAL) -> list[str]:
    with pytest.raises(CallRefused) as refused:
        RULES.check_view(view, surface)
    assert refused.value.error == "invalid_arguments"
    messages: list[str] = refused.value.facts["response_metadata"]["messages"]
    return messages


def test_a_sound_modal_and_a_sound_home_pass() -> None:
    RULES.check_view(modal(text_input("reason")), MODAL)
    RULES.check_view({"type": "home", "blocks": [section("hello")]}, HOME)


def test_a_modal_title_has_24_characters_at_most() -> None:
    assert view_faults(modal(section("x"), title=plain("x" * 25))) == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    assert "`submit` is required" in view_faults(modal(text_input("reason"), submit=None))[0]


def test_faults_of_a_views_blocks_name_their_place_in_the_view() -> None:
    assert view_faults(modal({"type": "section"})) == [
        "[ERROR] must define either `text` or `fields` [json-pointer:/view/blocks/0]"
    ]


def test_private_metadata_is_limited() -> None:
    assert view_faults(modal(section("x"), private_metadata="x" * 3001)) == [
        "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]"
    ]


def test_a_modal_is_no_home() -> None:
    assert view_faults(modal(section("x")), HOME) == ["[ERROR] unsupported type: modal [json-pointer:/view/type]"]


def test_a_view_over_250_kilobytes_is_too_large() -> None:
    options = [{"text": plain("x"), "value": "v" * 150, "description": plain("d" * 70)} for _ in range(100)]
    blocks = [
        actions({"type": "static_select", "action_id": "s", "options": options}, block_id=str(n)) for n in range(12)
    ]
    with pytest.raises(CallRefused) as refused:
        RULES.check_view(modal(*blocks), MODAL)
    assert refused.value.error == "view_too_large"


def test_blocks_and_elements_without_ids_get_some() -> None:
    block = with_ids([{"type": "actions", "elements": [{"type": "button", "text": plain("x")}]}])[0]
    assert len(block["block_id"]) == 5
    assert len(next(elements_of(block))["action_id"]) == 5


def test_an_element_is_found_inside_a_container() -> None:
    inner = actions(button("deep"), block_id="inner")
    found = find_element([{"type": "container", "block_id": "outer", "child_blocks": [inner]}], "inner", "deep")
    assert found is not None
    assert found[1]["action_id"] == "deep"


TYPES = ["section", "actions", "button", "data_table", "data_visualization", "carousel", "container", "pie", "line"]
FIELDS = [
    "type",
    "text",
    "elements",
    "fields",
    "element",
    "rows",
    "block_id",
    "chart",
    "series",
    "axis_config",
    "accessory",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(TYPES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_the_judge_bears_any_json(thing: object) -> None:
    for surface in (MESSAGE, MODAL, HOME):
        assert isinstance(RULES.faults(thing, surface), list)


@given(JSON)
def test_the_judge_of_views_bears_any_json(thing: object) -> None:
    for view in (thing, {"type": "modal", "title": plain("x"), "blocks": thing}):
        with contextlib.suppress(CallRefused):
            RULES.check_view(view, MODAL)
