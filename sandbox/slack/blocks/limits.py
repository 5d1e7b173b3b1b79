"""Limits of blocks that the schema does not hold; sources: documentation of the platform, its SDKs and measured behaviour."""

from collections.abc import Callable, Iterator

from sandbox.slack.blocks.schema import BlockFault
from sandbox.slack.shapes import Json

LONGEST_SECTION_TEXT = 3000
LONGEST_ADDRESS = 3000
LONGEST_MARKDOWN = 12_000  # over all markdown blocks of a message
MOST_TABLE_COLUMNS = 20
MOST_DATA_ROWS = 100
MOST_CHARTS = 2
_LABEL_LENGTH = 20
_CHART_TYPES = ("line", "bar", "area")


def _section(block: Json) -> Iterator[BlockFault]:
    if not block.get("text") and not block.get("fields"):
        yield BlockFault("must define either `text` or `fields`", ())
    text = block.get("text")
    if isinstance(text, dict) and len(str(text.get("text", ""))) > LONGEST_SECTION_TEXT:
        yield BlockFault(f"must be less than {LONGEST_SECTION_TEXT + 1} characters", ("text", "text"))
    fields = block.get("fields")
    for index, field in enumerate(fields if isinstance(fields, list) else ()):
        if isinstance(field, dict) and len(str(field.get("text", ""))) > 2000:
            yield BlockFault("must be less than 2001 characters", ("fields", index, "text"))


def _image(block: Json) -> Iterator[BlockFault]:
    url = block.get("image_url")
    if isinstance(url, str) and len(url) > LONGEST_ADDRESS:
        yield BlockFault(f"must be less than {LONGEST_ADDRESS + 1} characters", ("image_url",))
    elif isinstance(url, str) and not url.startswith(("http://", "https://")):
        yield BlockFault("invalid url", ("image_url",))


def _has_elements(most: int) -> Callable[[Json], Iterator[BlockFault]]:
    def check(block: Json) -> Iterator[BlockFault]:
        elements = block.get("elements")
        if isinstance(elements, list) and not elements:
            yield BlockFault("must provide at least 1 item", ("elements",))
        if isinstance(elements, list) and len(elements) > most:
            yield BlockFault(f"no more than {most} items allowed", ("elements",))

    return check


def _table(block: Json) -> Iterator[BlockFault]:
    rows = block.get("rows")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, list) and len(row) > MOST_TABLE_COLUMNS:
            yield BlockFault(f"no more than {MOST_TABLE_COLUMNS} items allowed", ("rows", index))


def _data_table(block: Json) -> Iterator[BlockFault]:
    given = block.get("rows")
    rows = [row for row in given if isinstance(row, list)] if isinstance(given, list) else []
    if not 2 <= len(rows) <= MOST_DATA_ROWS + 1:
        yield BlockFault(f"must have a header row and 1 to {MOST_DATA_ROWS} rows", ("rows",))
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield BlockFault("must have as many cells as the header row", ("rows", index))
        if len(row) > MOST_TABLE_COLUMNS:
            yield BlockFault(f"no more than {MOST_TABLE_COLUMNS} items allowed", ("rows", index))
    for column, cell in enumerate(rows[0] if rows else ()):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            yield BlockFault("unsupported type: rich_text", ("rows", 0, column, "type"))
    page_size = block.get("page_size", 5)
    if isinstance(page_size, int | float) and not 1 <= page_size <= 100:
        yield BlockFault("must be between 1 and 100", ("page_size",))


def _data_visualization(block: Json) -> Iterator[BlockFault]:
    title = block.get("title")
    if not isinstance(title, str) or not 1 <= len(title) <= 50:
        yield BlockFault("must be a string of 1 to 50 characters", ("title",))
    chart = block.get("chart")
    if not isinstance(chart, dict):
        yield BlockFault("must provide an object", ("chart",))
    elif chart.get("type") == "pie":
        yield from _pie(chart)
    elif chart.get("type") in _CHART_TYPES:
        yield from _series(chart)
    else:
        yield BlockFault("must be a valid enum value", ("chart", "type"))


def _pie(chart: Json) -> Iterator[BlockFault]:
    segments = chart.get("segments")
    if not isinstance(segments, list) or not 1 <= len(segments) <= 12:
        yield BlockFault("must have 1 to 12 items", ("chart", "segments"))
        return
    for index, segment in enumerate(segments):
        if not isinstance(segment, dict) or not _is_label(segment.get("label")):
            yield BlockFault(
                f"must be a string of 1 to {_LABEL_LENGTH} characters", ("chart", "segments", index, "label")
            )
        elif not _is_positive(segment.get("value")):
            yield BlockFault("must be a number over 0", ("chart", "segments", index, "value"))


def _series(chart: Json) -> Iterator[BlockFault]:
    axis = chart.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    if not isinstance(categories, list) or not 1 <= len(categories) <= 20:
        yield BlockFault("must have 1 to 20 items", ("chart", "axis_config", "categories"))
        return
    for index, category in enumerate(categories):
        if not _is_label(category):
            yield BlockFault(
                f"must be a string of 1 to {_LABEL_LENGTH} characters", ("chart", "axis_config", "categories", index)
            )
    series = chart.get("series")
    if not isinstance(series, list) or not 1 <= len(series) <= 12:
        yield BlockFault("must have 1 to 12 items", ("chart", "series"))
        return
    for index, each in enumerate(series):
        data = each.get("data") if isinstance(each, dict) else None
        labels = [point.get("label") for point in data if isinstance(point, dict)] if isinstance(data, list) else []
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            yield BlockFault("must have one value for each category", ("chart", "series", index, "data"))


def _is_label(value: object) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= _LABEL_LENGTH


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and value > 0


LIMITS: dict[str, Callable[[Json], Iterator[BlockFault]]] = {
    "section": _section,
    "image": _image,
    "actions": _has_elements(25),
    "context": _has_elements(10),
    "context_actions": _has_elements(5),
    "rich_text": _has_elements(1000),
    "carousel": _has_elements(10),
    "table": _table,
    "data_table": _data_table,
    "data_visualization": _data_visualization,
}
