"""Tells the outcome of an import in words: what the file is, what was done, and what to do about each bad row."""

from collections.abc import Iterator

from orders.wording import Wording
from store.importers.outcome import Change, Outcome, Problem

PROBLEMS_SHOWN = 50
CHANGES_SHOWN = 20


def told(outcome: Outcome, words: Wording, *, is_dry_run: bool) -> Iterator[str]:
    """The lines of a report of one file."""
    if outcome.columns is not None:
        yield _format(outcome, words)
        pairs = ", ".join(f"{field} = {header}" for field, header in outcome.columns.header.items())
        yield "  " + words.say("import.columns", columns=pairs)
        if outcome.columns.ignored:
            yield "  " + words.say("import.ignored", columns=", ".join(outcome.columns.ignored))
    if is_dry_run:
        yield from (f"  {change(each, words)}" for each in outcome.changes[:CHANGES_SHOWN])
        if outcome.change_count > CHANGES_SHOWN:
            yield "  " + words.count("import.more-changes", outcome.change_count - CHANGES_SHOWN)
    yield from (f"  {problem(each, words)}" for each in outcome.problems[:PROBLEMS_SHOWN])
    if outcome.problem_count > PROBLEMS_SHOWN:
        yield "  " + words.count("import.more-problems", outcome.problem_count - PROBLEMS_SHOWN)
    if not outcome.is_unusable:
        yield "  " + _result(outcome, words, is_dry_run=is_dry_run)
        if outcome.added_up:
            yield "  " + words.count("import.added-up", outcome.added_up)


def problem(found: Problem, words: Wording) -> str:
    """Where, what, and what to do."""
    return f"{place(found, words)}: {sentence(found, words)}"


def place(found: Problem, words: Wording) -> str:
    """File, sheet, row and column, as far as they are known."""
    return ", ".join(
        words.say(f"import.place.{name}", **{name: value})
        for name, value in (
            ("file", found.file),
            ("sheet", found.sheet),
            ("row", found.row),
            ("column", found.column),
        )
        if value
    )


def sentence(found: Problem, words: Wording) -> str:
    """What is wrong, what to do, and the nearest known word when there is one."""
    said = words.say(f"import.problem.{found.code}", **found.facts)
    nearest = found.facts.get("nearest")
    suggests = nearest and found.code.startswith("unknown-")
    return f"{said} {words.say('import.did-you-mean', nearest=nearest)}" if suggests else said


def change(made: Change, words: Wording) -> str:
    """One value that is set, before and after."""
    if not made.field:
        return words.say("import.change.new", thing=made.thing)
    empty = words.say("import.empty-value")
    return words.say(
        "import.change.set",
        thing=made.thing,
        field=made.field,
        before=made.before or empty,
        after=made.after or empty,
    )


def _format(outcome: Outcome, words: Wording) -> str:
    assert outcome.format is not None  # a file whose columns were found has a format
    assert outcome.columns is not None
    numbers = {",": "numbers.comma", ".": "numbers.point", None: None}[outcome.style.decimal]
    days = {True: "days.day-first", False: "days.month-first", None: None}[outcome.style.day_first]
    style = "".join(f", {words.say(f'import.{key}')}" for key in (numbers, days) if key)
    facts = {"file": outcome.path.name, "row": outcome.columns.row, "style": style}
    if outcome.format.sheet is not None:
        return words.say("import.format.spreadsheet", name=outcome.format.name, sheet=outcome.format.sheet, **facts)
    mark = outcome.format.delimiter
    delimiter = words.say("import.delimiter.tab") if mark == "\t" else f"“{mark}”"
    return words.say("import.format.csv", encoding=outcome.format.encoding, delimiter=delimiter, **facts)


def _result(outcome: Outcome, words: Wording, *, is_dry_run: bool) -> str:
    kind = "dry-run" if is_dry_run else "kept" if outcome.is_kept else "refused"
    figures = {
        name: words.number(getattr(outcome, name)) for name in ("created", "changed", "unchanged", "refused", "rows")
    }
    return words.say(f"import.result.{kind}", **figures)
