"""HTML to lines: table rows keep their cells, marks are kept, hidden words are dropped, quote containers are remembered."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mail.segments.containers import ZONES, Role, role_of
from mail.segments.lines import MOST_LINES, Line, Zone
from mail.segments.segment import Cell, Mark, Run, TableRow
from mail.segments.styles import WHITE, Colour, Style, colour_of, hiding_selectors, is_loud, is_same, style_of

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
_SPACED = frozenset({"p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset(
    {"head", "style", "script", "title", "template", "noscript", "object", "svg", "select", "textarea", "o:p-none"}
)
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_NOTHING = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\xad\u202a-\u202e]")
_LONGEST_CELL = 600  # characters; a longer one holds prose, so the table only lays it out
_MOST_LINES_IN_CELL = 3
_LARGEST = 4 * 1024 * 1024  # characters
_MANY_TAGS = 5_000  # from here on the depth is looked at before the parser is let loose
_DEEPEST = 3_000  # elements inside elements; the parser's time grows with the square of the depth
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
_NEVER_DEEP = frozenset({
    "p", "li", "td", "th", "tr", "dt", "dd", "br", "hr", "img", "input", "meta", "link", "option", "tbody", "thead", "col", "wbr", "area",
})  # fmt: skip
_NO_MARKS: frozenset[Mark] = frozenset()


class _State(NamedTuple):
    """What an element passes on to what is inside it."""

    depth: int = 0
    zone: Zone = Zone.OPEN
    marks: frozenset[Mark] = _NO_MARKS
    hidden: bool = False
    colour: Colour | None = None
    background: Colour = WHITE
    verbatim: bool = False


def html_lines(html: str) -> list[Line]:
    """The lines that the reader of this HTML sees; none for HTML beyond all measure, made to choke its reader."""
    if len(html) > _LARGEST or (html.count("<") > _MANY_TAGS and _depth(html) > _DEEPEST):
        return []
    parser = LexborHTMLParser(html)
    root = parser.root
    if root is None:
        return []
    hidden: set[str] = set()
    for sheet in parser.css("style"):
        hidden |= hiding_selectors(sheet.text())
    walker = _Walker(frozenset(hidden))
    walker.walk(root, _State())
    walker.finish()
    return walker.lines if len(walker.lines) <= MOST_LINES else []


def _depth(html: str) -> int:
    """How deep the elements stand inside one another, those apart that the parser closes by itself."""
    deepest = depth = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _NEVER_DEEP:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def rendered_text(lines: list[Line]) -> str:
    """The text in which the lines' offsets stand."""
    return "\n".join(line.text for line in lines)


class _Walker:
    """Walks the tree without recursion and writes lines."""

    def __init__(self, hidden_selectors: frozenset[str]) -> None:
        self.hidden_selectors = hidden_selectors
        self.lines: list[Line] = []
        self.runs: list[Run] = []
        self.state = _State()
        self.at = 0
        self.tail = False
        self.rule = False
        self.tables = 0
        self.in_cell = False
        self.blank = False
        self.counters: list[int] = []

    def walk(self, root: LexborNode, state: _State) -> None:
        stack: list[tuple[LexborNode | None, str, _State]] = [(root, "", state)]
        while stack and len(self.lines) <= MOST_LINES:
            node, closing, current = stack.pop()
            if node is None:
                self._leave(closing)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node, current)
            elif tag[:1] != "-" and tag not in _SILENT:
                inner = self._enter(node, tag, current)
                if inner is not None:
                    stack.append((None, tag, current))
                    stack.extend((child, "", inner) for child in reversed(list(node.iter(include_text=True))))

    def finish(self) -> None:
        self._break()
        while self.lines and self.lines[-1].empty:
            self.lines.pop()

    def _text(self, node: LexborNode, state: _State) -> None:
        text = node.text_content or ""
        if state.hidden or not text:
            return
        if "\xa0" in text and not self.runs and text.isspace():
            self.blank = True  # how Outlook writes an empty line
        if not text.isascii():
            text = _NOTHING.sub("", text)
        if state.verbatim and not self.in_cell:
            for at, line in enumerate(text.split("\n")):
                if at:
                    self._break(keep=True)
                self._add(line, state)
            return
        self._add(_SPACES.sub(" ", text), state)

    def _add(self, text: str, state: _State) -> None:
        if not self.runs:
            self.state = state
            text = text if state.verbatim else text.lstrip(" ")
        if text:
            self.runs.append(Run(text, state.marks))

    def _enter(self, node: LexborNode, tag: str, state: _State) -> _State | None:
        """The state inside an element; None when it has been dealt with."""
        if tag == "br":
            self._break(keep=True)
            return None
        attributes = node.attributes
        inner = self._inner(tag, attributes, state)
        if tag in _BLOCKS:
            self._break()
            if tag in _SPACED and not _is_tight(tag, attributes):
                self._space()
            if tag == "hr":
                self.rule = True
            elif tag in {"ol", "ul"}:
                self.counters.append(0 if tag == "ol" else -1)
            elif tag == "li" and not inner.hidden:
                self._bullet(inner)
            elif tag == "table" and self._rows(node, inner):
                return None
        return inner

    def _leave(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
            if tag in _SPACED and tag != "p":
                self._space()
            if tag in {"ol", "ul"} and self.counters:
                self.counters.pop()

    def _inner(self, tag: str, attributes: dict[str, str | None], state: _State) -> _State:
        if not attributes and tag not in _TELLING:
            return state
        declared = attributes.get("style")
        style = style_of(declared) if declared else _PLAIN
        role = role_of(tag, attributes, style)
        depth, zone = state.depth, state.zone
        if role is Role.QUOTE_DEPTH:
            depth += 1
        elif role in ZONES:
            zone = ZONES[role]
        if role in {Role.TAIL, Role.HEADER_TAIL}:
            self._break()
            self.tail = True
        if style.rule_above:
            self.rule = True
        colour = style.colour or (colour_of(attributes.get("color") or "") if tag == "font" else None) or state.colour
        background = style.background or colour_of(attributes.get("bgcolor") or "") or state.background
        hidden = (
            state.hidden
            or style.hidden
            or "hidden" in attributes
            or (colour is not None and is_same(colour, background))
            or self._hidden_by_sheet(attributes)
        )
        marks = _marks(tag, style, style.colour or colour if colour != state.colour else None, state.marks)
        verbatim = state.verbatim or tag == "pre" or "pre" in _whitespace(declared)
        return _State(depth, zone, marks, hidden, colour, background, verbatim)

    def _hidden_by_sheet(self, attributes: dict[str, str | None]) -> bool:
        if not self.hidden_selectors:
            return False
        names = {f".{name.lower()}" for name in (attributes.get("class") or "").split()}
        names.add("#" + (attributes.get("id") or "").lower())
        return not names.isdisjoint(self.hidden_selectors)

    def _bullet(self, state: _State) -> None:
        if self.counters and self.counters[-1] >= 0:
            self.counters[-1] += 1
            self._add(f"{self.counters[-1]}. ", state)
        else:
            self._add("* ", state)

    def _rows(self, table: LexborNode, state: _State) -> bool:
        """Write a data table row by row; False when the table only lays out prose, which is then walked like any block."""
        if self.in_cell or table.css_first("td table, th table, td blockquote, td li") is not None:
            return False
        rows = []
        for tr in table.css("tr"):
            inner = self._chain(tr, table, state)
            cells = [each for each in tr.iter() if each.tag in {"td", "th"}]
            rows.append((inner, [self._cell(each, inner) for each in cells[:100]]))
        full = [sum(bool(cell.runs) for cell, _ in found) for _, found in rows]
        if max(full, default=0) < 2 or any(prose for _, found in rows for _, prose in found):
            return False
        number, self.tables = self.tables, self.tables + 1
        for at, (inner, found) in enumerate(rows):
            if any(cell.runs for cell, _ in found):
                self._row(TableRow(number, at, tuple(cell for cell, _ in found)), inner)
        self._space()
        return True

    def _chain(self, tr: LexborNode, table: LexborNode, state: _State) -> _State:
        """The state of a row: what its section and the row itself add to the table's."""
        above = []
        node: LexborNode | None = tr
        while node is not None and node.mem_id != table.mem_id:
            above.append(node)
            node = node.parent
        for each in reversed(above):
            state = self._inner(each.tag or "", each.attributes, state)
        return state

    def _cell(self, td: LexborNode, state: _State) -> tuple[Cell, bool]:
        """A cell and whether it holds prose rather than a value."""
        inner = self._inner(td.tag or "", td.attributes, state)
        only = td.first_child
        if only is None or (only.next is None and only.tag == "-text"):
            return self._simple_cell(only, inner, header=td.tag == "th")
        kept, self.runs, self.in_cell, lines = self.runs, [], True, self.lines
        self.lines = []
        for child in td.iter(include_text=True):
            if (child.tag or "") == "-text":
                self._text(child, inner)
            else:
                self.walk(child, inner)
        runs = _trimmed(self.runs)
        prose = len(self.lines) > _MOST_LINES_IN_CELL or sum(len(run.text) for run in runs) > _LONGEST_CELL
        self.runs, self.in_cell, self.lines = kept, False, lines
        return Cell(runs, header=td.tag == "th"), prose

    def _simple_cell(self, node: LexborNode | None, state: _State, *, header: bool) -> tuple[Cell, bool]:
        """A cell that holds nothing but text, as most do."""
        text = "" if node is None or state.hidden else node.text_content or ""
        if not text.isascii():
            text = _NOTHING.sub("", text)
        text = " ".join(text.split())
        return Cell((Run(text, state.marks),) if text else (), header), len(text) > _LONGEST_CELL

    def _row(self, row: TableRow, state: _State) -> None:
        loud = any(run.marks for cell in row.cells for run in cell.runs)
        runs = tuple(run for cell in row.cells for run in (*cell.runs, Run("\t")))[:-1] if loud else ()
        self._write("\t".join(cell.text for cell in row.cells), runs, state, row)

    def _space(self) -> None:
        if not self.in_cell and self.lines and not self.lines[-1].empty:
            self._write("", (), _State(self.lines[-1].depth, self.lines[-1].zone), None)

    def _break(self, *, keep: bool = False) -> None:
        """End the line; an empty one is written only when `keep` says so (<br>, a line of <pre>)."""
        if self.in_cell:
            if self.runs and self.runs[-1].text != " ":
                self.runs.append(Run(" "))
                self.lines.append(Line("", 0, 0))
            return
        if not self.runs and self.blank:
            self._space()
        self.blank = False
        if not self.runs and not keep:
            return
        marked = any(run.marks for run in self.runs)
        text = "".join(run.text for run in self.runs if Mark.STRUCK not in run.marks)
        text = text.rstrip() if self.state.verbatim else _SPACES.sub(" ", text).strip()
        self._write(text, tuple(self.runs) if marked else (), self.state, None)
        self.runs = []

    def _write(self, text: str, runs: tuple[Run, ...], state: _State, row: TableRow | None) -> None:
        zone = Zone.QUOTE if self.tail and state.zone is Zone.OPEN else state.zone
        self.lines.append(Line(text, self.at, self.at + len(text), state.depth, zone, runs, row, rule=self.rule))
        self.at += len(text) + 1
        if text:
            self.rule = False


_TELLING = frozenset({"blockquote", "s", "strike", "del", "ins", "b", "strong", "pre", "font"})
_PLAIN = Style()
_MARK_OF_TAG = {
    "s": Mark.STRUCK, "strike": Mark.STRUCK, "del": Mark.STRUCK, "ins": Mark.INSERTED, "b": Mark.BOLD, "strong": Mark.BOLD,
}  # fmt: skip


def _marks(tag: str, style: Style, colour: Colour | None, marks: frozenset[Mark]) -> frozenset[Mark]:
    added = set(marks)
    if (mark := _MARK_OF_TAG.get(tag)) is not None:
        added.add(mark)
    if style.struck:
        added.add(Mark.STRUCK)
    if style.bold:
        added.add(Mark.BOLD)
    if colour is not None and tag != "a":
        (added.add if is_loud(colour) else added.discard)(Mark.COLOURED)
    return frozenset(added) if len(added) != len(marks) else marks


def _whitespace(declared: str | None) -> str:
    return declared.partition("white-space:")[2][:9] if declared and "white-space:" in declared else ""


def _is_tight(tag: str, attributes: dict[str, str | None]) -> bool:
    """A paragraph with no space above it: Outlook writes one for each line."""
    if tag != "p":
        return False
    declared = (attributes.get("style") or "").replace(" ", "")
    return "Mso" in (attributes.get("class") or "") or "margin:0" in declared or "margin-top:0" in declared


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    kept = [run for run in runs if run.text]
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    return tuple(kept)
