"""What our own receiving server found out about the sender: Authentication-Results (RFC 8601), read tolerantly.

Microsoft 365 leaves the server's name out and others leave semicolons out; whatever can be read is read.
"""

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*([a-z][\w-]*)(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b([\w-]+\.[\w-]+)\s*=\s*(\"[^\"]*\"|[^\s;]+)")
_FAILED = frozenset({"fail", "softfail", "hardfail", "permerror"})
_LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Result:
    """One method's verdict: "spf", "pass", and its properties ("header.from" …) in lower case."""

    method: str
    verdict: str
    properties: tuple[tuple[str, str], ...] = ()

    def about(self, name: str) -> str:
        """The value of a property, "" when it is not told."""
        return dict(self.properties).get(name, "")


@dataclass(frozen=True, slots=True)
class Results:
    """One Authentication-Results header; `server` is "" when it does not say who found this out."""

    server: str
    results: tuple[Result, ...]

    def verdicts(self, method: str) -> frozenset[str]:
        """Every verdict of one method."""
        return frozenset(each.verdict for each in self.results if each.method == method)


def parse_results(header: str) -> Results:
    """Read one header. Never raises; what is no result is passed over."""
    value = header[:_LONGEST]
    for _ in range(5):  # comments may be nested
        value, count = _COMMENT.subn(" ", value)
        if not count:
            break
    first, *rest = value.split(";")
    server = ""
    if _RESULT.match(first) is None:
        server = (first.split() or [""])[0].lower()
    else:
        rest = [first, *rest]
    return Results(server, tuple(found for piece in rest if (found := _result(piece)) is not None))


def _result(piece: str) -> Result | None:
    match = _RESULT.match(piece)
    if match is None:
        return None
    properties = tuple(
        (name.lower(), text.strip('"').lower()) for name, text in _PROPERTY.findall(piece[match.end() :])
    )
    return Result(match[1].lower(), match[2].lower(), properties)


def contradicts(results: Results, from_domain: str) -> bool:
    """True when SPF or DMARC speak against the sender; a DMARC pass for the From domain outweighs SPF."""
    dmarc = [each for each in results.results if each.method == "dmarc"]
    if any(each.verdict in _FAILED for each in dmarc):
        return True
    passed = [each for each in dmarc if each.verdict == "pass"]
    if any(not _is_about(each.about("header.from"), from_domain) for each in passed):
        return True
    if passed:
        return False
    spf = [each for each in results.results if each.method == "spf"]
    told = [each for each in spf if each.about("smtp.helo") == "" or each.about("smtp.mailfrom")] or spf
    return any(each.verdict in _FAILED for each in told)


def _is_about(domain: str, from_domain: str) -> bool:
    domain = domain.rpartition("@")[2]
    return (
        not domain or domain == from_domain or from_domain.endswith(f".{domain}") or domain.endswith(f".{from_domain}")
    )
