"""EDIFACT ORDRSP (231) and DESADV (351) to plain values; runs in the guarded child.

UN/EDIFACT D.96A as EANCOM uses it: BGM function 29 accepted, 27 not accepted, 4 change; LIN action 5 accepted, 3 and 6
changed, 7 not accepted, 2 deleted; QTY 21 ordered, 113 to be delivered, 12 despatched, 83 backordered; PIA +5 …:SA.
"""

from collections.abc import Iterable
from typing import Any

from pydifact.segmentcollection import Interchange

from store.guarded import Unopenable

_WHOLE = {"29": "accepted", "27": "rejected", "4": "changed", "AP": "accepted", "RE": "rejected", "AC": "changed"}
_LINE = {"5": "accepted", "7": "rejected", "2": "rejected", "3": "changed", "6": "changed", "1": "added"}
_QUANTITIES = {"113": 3, "12": 3, "21": 1}  # which qualifier tells what will come, the surest last
_DAYS = frozenset(
    {"67", "69", "358", "2", "17", "132", "35"}
)  # delivery or arrival; not 10, 11 and 200, which are dispatch


def open_edifact(data: bytes) -> dict[str, Any]:
    """The confirmation or announcement of the first message in the interchange."""
    try:
        segments = list(Interchange.from_str(data.decode("latin-1")).segments)
    except (SyntaxError, ValueError, TypeError, IndexError, StopIteration) as error:
        raise Unopenable("broken", str(error)[:200]) from error
    kind = next((_composite(each.elements, 1)[:1] for each in segments if each.tag == "UNH"), [""])
    if kind[:1] == ["INVOIC"]:
        return {"invoice": True}
    if kind[:1] not in (["ORDRSP"], ["DESADV"]):
        raise Unopenable("unknown-type", str(kind))
    return {"confirmation": _read(segments, is_notice=kind[:1] == ["DESADV"])}


def _read(segments: Iterable[Any], *, is_notice: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "order": None,
        "whole": "unsaid",
        "currency": None,
        "day": None,
        "lines": [],
        "notice": is_notice,
    }
    line: dict[str, Any] | None = None
    for segment in segments:
        if segment.tag == "LIN":
            line = _new_line(segment.elements)
            answer["lines"].append(line)
        elif line is None:
            _head(segment, answer)
        else:
            _detail(segment, line)
    for each in answer["lines"]:
        each.pop("rank", None)
    return answer


def _head(segment: Any, answer: dict[str, Any]) -> None:
    elements = segment.elements
    if segment.tag == "BGM":
        codes = [_text(elements, at) for at in (2, 3)]
        answer["whole"] = next((_WHOLE[code] for code in reversed(codes) if code in _WHOLE), "unsaid")
    elif segment.tag == "RFF" and _composite(elements, 0)[:1] == ["ON"]:
        answer["order"] = _part(elements, 0, 1)
    elif segment.tag == "CUX":
        answer["currency"] = _part(elements, 0, 1)
    elif segment.tag == "DTM" and _part(elements, 0, 0) in _DAYS:
        answer["day"] = _day(elements)


def _new_line(elements: list[Any]) -> dict[str, Any]:
    code = _composite(elements, 2)
    is_gtin = code[1:2] in (["EN"], ["SRV"], ["UP"])
    return {
        "line": _text(elements, 0), "status": _LINE.get(_text(elements, 1), "unsaid"), "rank": 0,
        "gtin": code[0] if code and is_gtin else None, "code": code[0] if code and not is_gtin and code[0] else None,
        "our_code": None, "quantity": None, "unit": None, "price": None, "price_basis": None, "day": None,
        "substitute_code": None, "text": "LIN+" + "+".join(":".join(_composite(elements, at)) for at in range(len(elements))),
    }  # fmt: skip


def _detail(segment: Any, line: dict[str, Any]) -> None:
    elements = segment.elements
    if segment.tag == "PIA":
        _article(elements, line)
    elif segment.tag == "QTY":
        qualifier = _part(elements, 0, 0)
        if qualifier == "83":
            line["status"] = "backordered"
        elif _QUANTITIES.get(qualifier, 0) >= max(line["rank"], 1):
            line.update(rank=_QUANTITIES[qualifier], quantity=_part(elements, 0, 1), unit=_part(elements, 0, 2) or None)
    elif segment.tag == "PRI":
        line["price"] = _part(elements, 0, 1) or None
        line["price_basis"] = _part(elements, 0, 4) or None
    elif segment.tag == "DTM" and _part(elements, 0, 0) in _DAYS:
        line["day"] = _day(elements)
    line["text"] += f" {segment.tag}+{_part(elements, 0, 0)}:{_part(elements, 0, 1)}"


def _article(elements: list[Any], line: dict[str, Any]) -> None:
    """PIA+5 identifies the article, PIA+3 names a substitute."""
    function = _text(elements, 0)
    for at in range(1, len(elements)):
        code = _composite(elements, at)
        if function == "3" and code[1:2] == ["SA"]:
            line["substitute_code"] = code[0]
        elif code[1:2] == ["SA"]:
            line["code"] = code[0]
        elif code[1:2] in (["BP"], ["IN"]):
            line["our_code"] = code[0]


def _day(elements: list[Any]) -> str | None:
    digits = _part(elements, 0, 1)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) >= 8 and digits.isdigit() else None


def _composite(elements: list[Any], at: int) -> list[str]:
    if at >= len(elements):
        return []
    element = elements[at]
    return [str(part) for part in element] if isinstance(element, list) else [str(element)]


def _part(elements: list[Any], at: int, part: int) -> str:
    composite = _composite(elements, at)
    return composite[part] if part < len(composite) else ""


def _text(elements: list[Any], at: int) -> str:
    return _part(elements, at, 0)
