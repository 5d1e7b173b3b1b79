"""What a style says of the words under it: hidden, struck out, coloured. Reads only the few properties that matter here."""

import re
from functools import lru_cache
from typing import NamedTuple

Colour = tuple[int, int, int]

_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(\s*(\d+)%?[\s,]+(\d+)%?[\s,]+(\d+)%?")
_NAMES: dict[str, Colour] = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "navy": (0, 0, 128), "darkred": (139, 0, 0), "crimson": (220, 20, 60), "orange": (255, 165, 0), "purple": (128, 0, 128),
    "magenta": (255, 0, 255), "fuchsia": (255, 0, 255), "lime": (0, 255, 0), "teal": (0, 128, 128), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "maroon": (128, 0, 0), "yellow": (255, 255, 0),
    "darkgreen": (0, 100, 0), "darkblue": (0, 0, 139), "brown": (165, 42, 42), "orangered": (255, 69, 0),
}  # fmt: skip
_SIZE = re.compile(r"\s*([\d.]+)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@[\w-]+[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"^[a-z]*([.#][\w-]+)$", re.IGNORECASE)
_LARGEST_SHEET = 100_000  # characters
WHITE: Colour = (255, 255, 255)


class Style(NamedTuple):
    """The properties of one declaration list; None where it says nothing."""

    hidden: bool = False
    struck: bool | None = None
    inserted: bool = False
    bold: bool | None = None
    colour: Colour | None = None
    background: Colour | None = None
    border_none: bool = False
    rule_above: bool = False


@lru_cache(maxsize=4096)
def style_of(declarations: str) -> Style:
    """Read a style attribute."""
    given = {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(declarations)}
    line = given.get("text-decoration", "") + given.get("text-decoration-line", "")
    weight = given.get("font-weight", "")
    border = given.get("border", "") + given.get("border-left", "")
    return Style(
        hidden=_hides(given),
        struck=True if "line-through" in line else None,
        bold=None if not weight else weight in {"bold", "bolder", "600", "700", "800", "900"},
        colour=colour_of(given.get("color", "")),
        background=colour_of(given.get("background-color") or given.get("background", "")),
        border_none=border.startswith(("none", "0")),
        rule_above="solid" in given.get("border-top", ""),
    )


def _hides(given: dict[str, str]) -> bool:
    if (
        given.get("display") == "none"
        or given.get("visibility") in {"hidden", "collapse"}
        or "all" in given.get("mso-hide", "")
    ):
        return True
    if given.get("opacity", "1").rstrip("%") in {"0", "0.0", "0.00"} or _is_tiny(given.get("font-size", ""), 1.0):
        return True
    shut = any(_is_tiny(given.get(name, ""), 0.0) for name in ("max-height", "height", "max-width", "width"))
    return shut and "hidden" in given.get("overflow", "")


def _is_tiny(size: str, most: float) -> bool:
    match = _SIZE.match(size)
    return match is not None and not size.endswith(("em", "%", "rem")) and float("0" + match[1].strip(".")) <= most


def colour_of(value: str) -> Colour | None:
    """A CSS or HTML colour; None when nothing is said or the name is unknown."""
    value = value.strip().lower()
    if value in _NAMES:
        return _NAMES[value]
    if (found := _HEX.search(value)) is not None:
        digits = found[1]
        if len(digits) < 6:
            digits = "".join(each * 2 for each in digits[:3])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if (found := _RGB.search(value)) is not None:
        return min(int(found[1]), 255), min(int(found[2]), 255), min(int(found[3]), 255)
    return None


def is_loud(colour: Colour) -> bool:
    """True for red, blue, green and the like, which people type answers in; false for black, grey and white."""
    return max(colour) - min(colour) > 90


def is_same(one: Colour, other: Colour) -> bool:
    """True when nobody can tell the colours apart."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) < 24


@lru_cache(maxsize=256)
def hiding_selectors(sheet: str) -> frozenset[str]:
    """The plain class and id selectors (".x", "#y") that a style sheet hides outside of media queries."""
    rules = _MEDIA.sub("", _COMMENT.sub("", sheet[:_LARGEST_SHEET]))
    found = set()
    for selectors, declarations in _RULE.findall(rules):
        if style_of(declarations).hidden:
            for selector in selectors.split(","):
                if (match := _SELECTOR.match(selector.strip())) is not None:
                    found.add(match[1].lower())
    return frozenset(found)
