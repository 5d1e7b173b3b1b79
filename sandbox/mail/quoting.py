"""The quoted mail below an answer, as common mail programs write it."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from sandbox.mail.showing import Letter

_BODY = re.compile(r"<body\b[^>]*>(?P<inside>.*)</body>", re.IGNORECASE | re.DOTALL)
_ANSWERED = re.compile(r"^\s*(?:(?:re|odp|aw|sv|fw|fwd|pd)\s*:\s*)+", re.IGNORECASE)
ZONE = ZoneInfo("Europe/Warsaw")  # where the demo's suppliers sit


class Style(StrEnum):
    """Whose habits an answer follows."""

    GMAIL = "gmail"
    OUTLOOK = "outlook"
    APPLE = "apple"
    PLAIN = "plain"  # text only, with > before each quoted line


@dataclass(frozen=True, slots=True)
class Quoted:
    """What comes below the answer's own words; `html` is None for a program that writes text only."""

    text: str
    html: str | None


@cache
def _habits() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((Path(__file__).parent / "quoting.toml").read_text(encoding="utf-8"))


def _habit(style: Style, language: str) -> dict[str, str]:
    known = _habits()[style]
    return known.get(language, known["en"])


def reply_subject(subject: str, style: Style, language: str) -> str:
    """The subject of an answer: one mark of answering, however many there were."""
    return _habit(style, language)["reply"] + _ANSWERED.sub("", subject)


def quote(letter: Letter, style: Style, language: str) -> Quoted:
    """The original as it stands below an answer."""
    if style is Style.OUTLOOK:
        return _outlook(letter, language)
    above = _attribution(letter, style, language)
    quoted = "\n".join(f"> {line}".rstrip() for line in letter.text.splitlines())
    text = f"{above}\n\n{quoted}\n" if style is Style.APPLE else f"{above}\n{quoted}\n"
    if style is Style.PLAIN:
        return Quoted(text, None)
    inside, shown = _inside(letter), escape(above)
    if style is Style.APPLE:
        return Quoted(
            text, f'<div><br><blockquote type="cite"><div>{shown}</div><br><div>{inside}</div></blockquote></div>'
        )
    border = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"
    return Quoted(
        text,
        f'<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{shown}<br></div>'
        f'<blockquote class="gmail_quote" style="{border}">{inside}</blockquote></div>',
    )


def _outlook(letter: Letter, language: str) -> Quoted:
    """No quote marks at all: a head of four lines, and the original as it was."""
    habit = _habit(Style.OUTLOOK, language)
    to = "; ".join(f"{each.name} <{each.address}>".strip() for each in letter.to)
    fields = [
        (habit["from"], f"{letter.sender.name} <{letter.sender.address}>"),
        (habit["sent"], _moment(letter.sent_at, habit["moment"], language)),
        (habit["to"], to),
        (habit["subject"], letter.subject),
    ]
    head = "\n".join(f"{name}: {value}" for name, value in fields)
    rich = "<br>".join(f"<b>{escape(name)}:</b> {escape(value)}" for name, value in fields)
    font = "font-family:Calibri,sans-serif;font-size:11pt"
    return Quoted(
        f"{'_' * 32}\n{head}\n\n{letter.text}\n",
        f'<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr" style="{font}">'
        f"{rich}<div>&nbsp;</div></div><div>{_inside(letter)}</div>",
    )


def own_words(text: str, style: Style) -> str:
    """What the answering person typed, as HTML in the program's manner."""
    lines = [escape(line) for line in text.strip("\n").splitlines()]
    if style is Style.OUTLOOK:
        font = "margin:0;font-family:Calibri,sans-serif;font-size:11pt"
        return "".join(f'<p class="MsoNormal" style="{font}">{line or "&nbsp;"}</p>' for line in lines)
    if style is Style.APPLE:
        return "".join(f"<div>{line or '<br>'}</div>" for line in lines)
    return f'<div dir="ltr">{"<br>".join(lines)}</div>'


def _attribution(letter: Letter, style: Style, language: str) -> str:
    habit = _habit(style, language)
    return habit["before"].format(
        name=letter.sender.name or letter.sender.address,
        address=letter.sender.address,
        moment=_moment(letter.sent_at, habit["moment"], language),
    )


def _moment(moment: datetime, pattern: str, language: str) -> str:
    return format_datetime(moment.astimezone(ZONE), pattern, locale=language)


def _inside(letter: Letter) -> str:
    """What is quoted: the inside of the HTML, else the text with its line breaks."""
    if letter.html is None:
        return escape(letter.text).replace("\n", "<br>\n")
    match = _BODY.search(letter.html)
    return match["inside"].strip() if match else letter.html
