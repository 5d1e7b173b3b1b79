"""Finds out a text file's encoding: byte order mark, UTF-8, UTF-16, or the code page in which it reads like a language."""

import codecs
import re
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = ("cp1250", "iso8859-2", "cp1252", "cp852")  # the first wins a draw
_EXPECTED = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜéèêàçñáíúÉÈÀÇÑÁÍÚâîôûëïùòãõåøčšžřěýůőű€„”“’–—°×½§\u00a0")
_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_INSIDE_WORD = re.compile(r"[a-zà-ž][A-ZÀ-Ž€-⿿]|[^\W\d_][¡-¿][^\W\d_]")


def find_encoding(path: Path) -> str:
    """The Python name of the encoding. The whole file is looked at, a piece at a time."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if len(start) > 1 and start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    good, bad, sample = _try_utf8(path)
    if bad == 0 or good > 2 * bad:  # UTF-8 with some broken characters: their rows are told
        return "utf-8"
    return max(_CODE_PAGES, key=lambda page: (_likeness(sample, page), -_CODE_PAGES.index(page)))


def _try_utf8(path: Path) -> tuple[int, int, bytes]:
    """Counts of right and wrong characters outside ASCII, and lines that hold such bytes."""
    good = bad = 0
    sample = bytearray()
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            text = decoder.decode(chunk)
            if not text.isascii():
                broken = text.count("\ufffd")
                bad += broken
                good += sum(1 for character in text if character > "\x7f") - broken
            if len(sample) < _SAMPLE and not chunk.isascii():
                lines = (line for line in chunk.split(b"\n") if not line.isascii())
                sample += b"\n".join(lines)[: _SAMPLE - len(sample)]
    return good, bad, bytes(sample)


def _likeness(sample: bytes, page: str) -> float:
    """How much the sample reads like a European language in this code page: expected letters less odd ones."""
    text = sample.decode(page, errors="replace")
    foreign = [character for character in text if character > "\x7f"]
    if not foreign:
        return 0.0
    expected = sum(character in _EXPECTED for character in foreign)
    odd = sum(not character.isprintable() and character != "\u00a0" for character in foreign)
    return (expected - 3 * odd - 2 * len(_INSIDE_WORD.findall(text))) / len(foreign)
