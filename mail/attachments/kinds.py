"""What sort of file an attachment is, from its first bytes and its name; nothing is opened here."""

from enum import StrEnum

from mail.mime.parts import Attachment


class FileKind(StrEnum):
    """How a file is opened."""

    SPREADSHEET = "spreadsheet"  # xlsx, xls, ods
    CSV = "csv"
    PDF = "pdf"
    DOCX = "docx"
    XML = "xml"  # UBL, CII, KSeF
    EDIFACT = "edifact"
    TEXT = "text"
    HTML = "html"
    PICTURE = "picture"
    HARMLESS = "harmless"  # signatures, calendars, visiting cards
    MACROS = "macros"  # files that can run
    UNKNOWN = "unknown"


_BY_NAME = {
    "xlsx": FileKind.SPREADSHEET, "xls": FileKind.SPREADSHEET, "ods": FileKind.SPREADSHEET, "csv": FileKind.CSV,
    "tsv": FileKind.CSV, "pdf": FileKind.PDF, "docx": FileKind.DOCX, "xml": FileKind.XML, "edi": FileKind.EDIFACT,
    "edifact": FileKind.EDIFACT, "txt": FileKind.TEXT, "text": FileKind.TEXT, "htm": FileKind.HTML, "html": FileKind.HTML,
    "ics": FileKind.HARMLESS, "vcf": FileKind.HARMLESS, "p7s": FileKind.HARMLESS, "asc": FileKind.HARMLESS,
    "sig": FileKind.HARMLESS, "xlsm": FileKind.MACROS, "docm": FileKind.MACROS, "xlsb": FileKind.MACROS,
    "doc": FileKind.UNKNOWN, "exe": FileKind.UNKNOWN, "zip": FileKind.UNKNOWN,
}  # fmt: skip
_PICTURES = ("image/",)
_QUIET = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar",
          "text/vcard", "text/x-vcard", "message/disposition-notification", "message/delivery-status")  # fmt: skip
_OFFICE = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(attachment: Attachment) -> FileKind:
    """The kind; the first bytes beat the name, the name beats the declared type."""
    if attachment.content_type in _QUIET:
        return FileKind.HARMLESS
    named = _BY_NAME.get(attachment.filename.lower().rpartition(".")[2])
    begin = attachment.content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if named in (FileKind.MACROS, FileKind.HARMLESS):
        return named
    return _by_bytes(begin, named) or named or _by_type(attachment.content_type)


_BEGINNINGS: tuple[tuple[bytes | tuple[bytes, ...], frozenset[FileKind], FileKind], ...] = (
    (b"%PDF", frozenset(), FileKind.PDF),
    ((b"UNA", b"UNB+"), frozenset(), FileKind.EDIFACT),
    (b"<?xml", frozenset({FileKind.HTML}), FileKind.XML),
    (_OLE, frozenset({FileKind.SPREADSHEET}), FileKind.UNKNOWN),
    (_OFFICE, frozenset({FileKind.SPREADSHEET, FileKind.DOCX}), FileKind.UNKNOWN),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), frozenset(), FileKind.PICTURE),
)  # first bytes; kinds for which the name may stand beside them; what it is otherwise


def _by_bytes(begin: bytes, named: FileKind | None) -> FileKind | None:
    for beginning, by_name, kind in _BEGINNINGS:
        if begin.startswith(beginning):
            return named if named in by_name else kind
    return None


def _by_type(content_type: str) -> FileKind:
    if content_type.startswith(_PICTURES):
        return FileKind.PICTURE
    known = {
        "application/pdf": FileKind.PDF,
        "text/csv": FileKind.CSV,
        "application/xml": FileKind.XML,
        "text/xml": FileKind.XML,
        "application/edifact": FileKind.EDIFACT,
        "text/html": FileKind.HTML,
        "text/plain": FileKind.TEXT,
    }
    return known.get(content_type, FileKind.UNKNOWN)
