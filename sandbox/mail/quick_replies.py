"""Typical answers for whoever plays the supplier, made to fit the order in the mail."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("en", "pl")
_LINE = re.compile(r"^\s{0,2}(?P<line>\d{1,3})\.\s+(?P<code>\S+)\s{2,}\S", re.MULTILINE)
_CASES = re.compile(r"\((?P<cases>[\d\s.,]+) x (?P<pack>\d+)\)")
_PRICE = re.compile(r"(?:Cena|Price)[^:]*:\s*\D{0,4}(?P<price>\d+[.,]\d{2,4})")
_WEEK = timedelta(days=7)
# A day as it stands in a sentence: "on Thursday", "w czwartek".
_WEEKDAYS_PL = ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę")
_NEARLY_ALL = Decimal("0.7")
_DEARER = Decimal("1.06")


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button's label and the words that it writes."""

    id: str
    label: str
    text: str
    automatic: bool = False


@cache
def _offers() -> list[dict[str, object]]:
    data = tomllib.loads((Path(__file__).parent / "quick_replies.toml").read_text(encoding="utf-8"))
    offers: list[dict[str, object]] = data["reply"]
    return offers


def quick_replies(text: str, language: str, today: date) -> list[QuickReply]:
    """Answers that fit a mail with this plain text; those on order lines only when it has some."""
    spoken = language if language in LANGUAGES else "en"
    lines = list(_LINE.finditer(text))
    facts = _facts(text, lines, spoken, today)
    found = []
    for offer in _offers():
        if offer.get("needs") == "line" and not lines:
            continue
        words = offer[spoken]
        assert isinstance(words, list)
        label, said = (str(each).format(**facts) for each in words)
        found.append(QuickReply(str(offer["id"]), label, said, bool(offer.get("automatic"))))
    return found


def _facts(text: str, lines: list[re.Match[str]], language: str, today: date) -> dict[str, str]:
    first, last = (lines[0], lines[-1]) if lines else (None, None)
    block = text[first.end() : lines[1].start() if len(lines) > 1 else None] if first else ""
    return {
        "line": first["line"] if first else "1",
        "code": first["code"] if first else "",
        "last": last["line"] if last else "1",
        "last_code": last["code"] if last else "",
        "cases": str(_fewer(block)),
        "price": _dearer(block, language),
        "weekday": _thursday(today, language),
        "day": format_date(_working_day(today + 2 * _WEEK), "d MMMM", locale=language),
    }


def _fewer(block: str) -> int:
    match = _CASES.search(block)
    ordered = int(re.sub(r"\D", "", match["cases"])) if match else 12
    return max(1, int(ordered * _NEARLY_ALL))


def _dearer(block: str, language: str) -> str:
    match = _PRICE.search(block)
    price = Decimal(match["price"].replace(",", ".")) if match else Decimal("4.20")
    return str(format_decimal((price * _DEARER).quantize(Decimal("0.01")), "0.00", locale=language))


def _thursday(today: date, language: str) -> str:
    day = today + timedelta(days=(3 - today.weekday()) % 7 or 7)
    return _WEEKDAYS_PL[day.weekday()] if language == "pl" else str(format_date(day, "EEEE", locale=language))


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
