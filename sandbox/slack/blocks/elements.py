"""What Slack demands of interactive elements beyond the schema: counts, orders of limits, forms of dates, known choices."""

from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

from sandbox.slack.blocks.schema import BlockFault
from sandbox.slack.shapes import Json

LONGEST_INPUT = 3000
LONGEST_GROUP_LABEL = 75
MOST_OVERFLOW_OPTIONS = 5
MOST_FILES = 10
_DEMANDS = ("include", "exclude_external_shared_channels", "exclude_bot_users")


def element_faults(element: Json) -> Iterator[BlockFault]:
    """Faults of one element, with paths that begin in it."""
    for check in _CHECKS.get(str(element.get("type")), ()):
        yield from check(element)


def _choices(element: Json) -> Iterator[BlockFault]:
    options, groups = element.get("options"), element.get("option_groups")
    if options is None and groups is None:
        yield BlockFault("missing required field: options", ())
    elif options is not None and groups is not None:
        yield BlockFault("only one of `options` and `option_groups` may be given", ())
    for name, given in (("options", options), ("option_groups", groups)):
        if isinstance(given, list) and not given:
            yield BlockFault("no fewer than 1 items allowed", (name,))
    for index, group in enumerate(_objects(groups)):
        if len(str(_text(group.get("label")))) > LONGEST_GROUP_LABEL:
            yield BlockFault(
                f"must be less than {LONGEST_GROUP_LABEL + 1} characters", ("option_groups", index, "label")
            )


def _initial(element: Json) -> Iterator[BlockFault]:
    known = [*_objects(element.get("options"))]
    for group in _objects(element.get("option_groups")):
        known += _objects(group.get("options"))
    offered = [(option.get("value"), _text(option.get("text"))) for option in known]
    initial = {"initial_option": [element.get("initial_option")], "initial_options": element.get("initial_options")}
    for name, given in initial.items():
        if any((option.get("value"), _text(option.get("text"))) not in offered for option in _objects(given)):
            yield BlockFault("must be one of the options", (name,))


def _overflow(element: Json) -> Iterator[BlockFault]:
    options = element.get("options")
    if isinstance(options, list) and len(options) > MOST_OVERFLOW_OPTIONS:
        yield BlockFault(f"no more than {MOST_OVERFLOW_OPTIONS} items allowed", ("options",))


def _date(element: Json) -> Iterator[BlockFault]:
    yield from _formed(element, "initial_date", date.fromisoformat, "YYYY-MM-DD", 10)


def _time(element: Json) -> Iterator[BlockFault]:
    yield from _formed(element, "initial_time", time.fromisoformat, "HH:mm", 5)


def _formed(element: Json, name: str, read: Callable[[str], object], form: str, length: int) -> Iterator[BlockFault]:
    given = element.get(name)
    if not isinstance(given, str):
        return
    try:
        read(given)
        is_sound = len(given) == length
    except ValueError:
        is_sound = False
    if not is_sound:
        yield BlockFault(f"must be of the form {form}", (name,))


def _text_lengths(element: Json) -> Iterator[BlockFault]:
    for name, least in (("min_length", 0), ("max_length", 1)):
        yield from _between(element, name, least, LONGEST_INPUT)
    shortest, longest = _number(element.get("min_length")), _number(element.get("max_length"))
    if shortest is not None and longest is not None and shortest > longest:
        yield BlockFault("`min_length` must not be more than `max_length`", ("min_length",))


def _number_range(element: Json) -> Iterator[BlockFault]:
    least, most = _number(element.get("min_value")), _number(element.get("max_value"))
    if least is not None and most is not None and least > most:
        yield BlockFault("`min_value` must not be more than `max_value`", ("min_value",))
    for name in ("min_value", "max_value", "initial_value"):
        if element.get(name) not in (None, "") and _number(element[name]) is None:
            yield BlockFault("must be a number", (name,))


def _files(element: Json) -> Iterator[BlockFault]:
    yield from _between(element, "max_files", 1, MOST_FILES)


def _selected(element: Json) -> Iterator[BlockFault]:
    yield from _between(element, "max_selected_items", 1, None)


def _filter(element: Json) -> Iterator[BlockFault]:
    given = element.get("filter")
    if isinstance(given, dict) and not any(name in given for name in _DEMANDS):
        yield BlockFault("must have at least one of its fields", ("filter",))
    if isinstance(given, dict) and given.get("include") == []:
        yield BlockFault("no fewer than 1 items allowed", ("filter", "include"))


def _between(element: Json, name: str, least: int, most: int | None) -> Iterator[BlockFault]:
    value = _number(element.get(name))
    if value is not None and (value < least or (most is not None and value > most)):
        yield BlockFault(f"must be at least {least}" + ("" if most is None else f" and at most {most}"), (name,))


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _text(text: Any) -> object:
    return text.get("text") if isinstance(text, dict) else None


def _objects(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


_CHECKS: dict[str, tuple[Callable[[Json], Iterator[BlockFault]], ...]] = {
    "static_select": (_choices, _initial),
    "multi_static_select": (_choices, _initial, _selected),
    "multi_external_select": (_selected,),
    "multi_users_select": (_selected,),
    "multi_channels_select": (_selected,),
    "conversations_select": (_filter,),
    "multi_conversations_select": (_filter, _selected),
    "radio_buttons": (_choices, _initial),
    "checkboxes": (_choices, _initial),
    "overflow": (_choices, _overflow),
    "datepicker": (_date,),
    "timepicker": (_time,),
    "plain_text_input": (_text_lengths,),
    "number_input": (_number_range,),
    "file_input": (_files,),
}
