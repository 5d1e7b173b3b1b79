"""Bytes to characters: the declared charset if it fits, else UTF-8, else the code page whose letters make sense."""

import codecs
import re
from functools import cache

import charset_normalizer

from mail.mime.parts import Defect

_ALIASES = {  # names that mail programs write and Python does not know, or knows as something narrower
    "utf8": "utf-8", "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8", "utf-8//ignore": "utf-8",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "ansi_x3.110-1983": "cp1252", "iso-8859-8-i": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "cp-850": "cp850",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "x-sjis": "cp932", "shift_jis": "cp932",
    "windows-31j": "cp932", "windows-874": "cp874", "x-unicode-2-0-utf-7": "utf-7", "unicode": "utf-16",
}  # fmt: skip
_NO_NAME = frozenset(
    {"", "unknown", "x-unknown", "unknown-8bit", "default", "default_charset", "none", "8bit", "binary"}
)
_NARROW = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-2", "iso8859-15", "cp1250"})
"""Declared out of habit by programs that send something else; they accept nearly every byte and prove nothing."""

_LIKE_ASCII = frozenset({"utf-8", *_NARROW})
_FINE: frozenset[Defect] = frozenset()

_CODE_PAGES = ("cp1250", "cp1252", "cp1251", "iso8859-2", "koi8-r", "koi8-u", "cp852", "cp850")
_LETTERS = {
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűäöüßôľĺŕăâîșțđ",
    "iso8859-2": "ąćęłńóśźżáčďéěíňřšťúůýžőűäöüßôľĺŕăâîđ",
    "cp852": "ąćęłńóśźżáčďéěíňřšťúůýž",
    "cp1252": "äöüßàâçéèêëîïôùûœáíóúñìòåæøãõ",
    "cp850": "äöüßàâçéèêëîïôùûáíóúñìòåæøãõ",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
    "koi8-r": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "koi8-u": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
}
_QUIET = frozenset("\xa0„”“’‘–—…€§°²³·•«»№×")  # typographic characters that every code page may hold
_SAMPLE = 20_000  # bytes that a guess looks at
_TWICE = re.compile("[ÃÄÅÂâÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_C1 = re.compile("[\x80-\x9f]")


def decode(raw: bytes, declared: str | None) -> tuple[str, str, frozenset[Defect]]:
    """Decode text; gives the text, the charset that was used and what was wrong. Never raises."""
    charset = _known(declared)
    if (charset is None or charset in _LIKE_ASCII) and raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii"), charset or "us-ascii", _FINE
    if charset is not None:
        text = _strictly(raw, charset)
        if text is not None and not (charset in _NARROW and not raw.isascii()):
            return _mended(text, charset)
        if text is not None and (better := _better(raw, text, charset)) is None:
            return _mended(text, charset)
        if text is not None and better is not None:
            return better[0], better[1], frozenset({Defect.WRONG_CHARSET})
    text, found = _guessed(raw)
    wrong = {Defect.WRONG_CHARSET} if declared or found != "utf-8" else set()
    if "\ufffd" in text:
        wrong.add(Defect.LETTERS_LOST)
    return text, found, frozenset(wrong)


@cache
def _known(declared: str | None) -> str | None:
    """Python's name of a declared charset, None when nobody knows it."""
    name = (declared or "").strip().strip("\"'").lower().removeprefix("charset=")
    if name in _NO_NAME:
        return None
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _strictly(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _mended(text: str, charset: str) -> tuple[str, str, frozenset[Defect]]:
    """Undo UTF-8 that was taken for a Western code page and encoded again ("bestÃ¤tigt")."""
    if charset == "utf-8":
        text = text.removeprefix("\ufeff")
    if text.isascii() or not _TWICE.search(text):
        return text, charset, _FINE
    for page in ("cp1252", "latin-1"):
        try:
            return text.encode(page).decode("utf-8"), "utf-8", frozenset({Defect.WRONG_CHARSET})
        except UnicodeError:
            continue
    return text, charset, _FINE


def _better(raw: bytes, text: str, charset: str) -> tuple[str, str] | None:
    """Another charset for bytes whose declared one proves nothing; None when the declared one makes sense."""
    if (utf8 := _strictly(raw, "utf-8")) is not None:
        return utf8, "utf-8"
    if charset == "iso8859-1" and _C1.search(text):
        charset, text = "cp1252", raw.decode("cp1252", "replace")
    best, found = _best_page(raw)
    if found is None or best <= _sense(text, charset) + 1:
        return (
            (text, charset)
            if "\ufffd" not in text and charset == "cp1252" and _C1.search(raw.decode("latin-1"))
            else None
        )
    decoded = _strictly(raw, found)
    return None if decoded is None else (decoded, found)


def _guessed(raw: bytes) -> tuple[str, str]:
    """Decode without a usable declaration."""
    for mark, charset in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark) and (text := _strictly(raw, charset)) is not None:
            return text, charset
    if b"\x1b$" in raw and (text := _strictly(raw, "iso2022_jp")) is not None:
        return text, "iso2022_jp"
    if (text := _strictly(raw, "utf-8")) is not None:
        return text, "utf-8"
    best, found = _best_page(raw)
    if found is not None and best > 0 and (text := _strictly(raw, found)) is not None:
        return text, found
    guess = charset_normalizer.from_bytes(raw[:_SAMPLE]).best()
    if guess is not None and (text := _strictly(raw, guess.encoding)) is not None:
        return text, guess.encoding
    return raw.decode("utf-8", "replace"), "utf-8"


def _best_page(raw: bytes) -> tuple[int, str | None]:
    sample = raw[:_SAMPLE]
    scored = []
    for rank, page in enumerate(_CODE_PAGES):
        text = _strictly(sample, page)
        if text is not None:
            scored.append((_sense(text, page), -rank, page))
    if not scored:
        return 0, None
    best, _, page = max(scored)
    return best, page


def _sense(text: str, page: str) -> int:
    """How much the characters beyond ASCII look like the words of the languages that use this page."""
    letters = _LETTERS.get(page.replace("iso8859-1", "cp1252"), _LETTERS["cp1252"])
    total, before = 0, " "
    for character in text:
        if character > "\x7f" and character not in _QUIET:
            lowered = character.lower()
            if lowered not in letters:
                total -= 3
            elif character != lowered and before.islower():
                total -= 2  # a capital inside a word
            else:
                total += 1
        before = character
    return total
