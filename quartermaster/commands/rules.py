"""`quartermaster rules`: look at the rulebook, and check a site's own file before it is used."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rules.rulebook import Rulebook

app = typer.Typer(name="rules", help="Look at the rules and check a rulebook file.", no_args_is_help=True)

_Language = Annotated[str, typer.Option(help="Language of the sentences: en or pl.")]


@app.callback()
def _root() -> None:
    """Look at the rules and check a rulebook file."""


@app.command("check")
def check(
    file: Annotated[
        Path | None, typer.Argument(help="The site's rulebook; without it the house's own is checked.")
    ] = None,
    *,
    language: _Language = "en",
) -> None:
    """Check a rulebook FILE: every problem with its line and what was probably meant."""
    rulebook = _rulebook(file, language)
    enabled = [rule for rule in rulebook.rules if rule.is_enabled]
    typer.echo(f"{file or 'rules/rulebook.toml'}: fine, {len(enabled)} rules, {len(rulebook.settings)} settings")


@app.command("list")
def list_rules(
    file: Annotated[
        Path | None, typer.Argument(help="The site's rulebook; without it the house's own is listed.")
    ] = None,
    *,
    language: _Language = "en",
) -> None:
    """List the rules: catalogue id, code, severity, what it looks at, what it checks."""
    from orders.wording import wording

    words = wording(language)
    rows = [("id", "code", "severity", "scope", "checks")]
    for rule in _rulebook(file, language).rules:
        own = rule.words.get(language) or rule.words.get("en")
        severity = rule.severity.value if rule.is_enabled else "off"
        title = own.title if own else words.say(f"rule.{rule.code}")
        rows.append((rule.rule_id, rule.code, severity, rule.scope.value, title))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        typer.echo("  ".join((*(cell.ljust(width) for cell, width in zip(row[:4], widths, strict=True)), row[4])))


@app.command("reference")
def reference_page() -> None:
    """Write the reference page of rules and words (Markdown) to standard output."""
    from rules.reference import reference
    from rules.rulefile import house_rulebook

    typer.echo(reference(house_rulebook()), nl=False)


def _rulebook(file: Path | None, language: str) -> "Rulebook":
    """The site's rulebook; ends with status 1 after naming every problem, with 2 when the file cannot be read."""
    from orders.wording import wording
    from rules.problems import RulebookUnusable
    from rules.rulefile import house_rulebook, read_site_rulebook

    if file is None:
        return house_rulebook()
    try:
        return read_site_rulebook(file.read_text(encoding="utf-8"))
    except RulebookUnusable as unusable:
        for problem in unusable.problems:
            typer.echo(f"{file}:{problem.line}: {problem.sentence(wording(language))}", err=True)
        raise typer.Exit(1) from unusable
    except OSError as error:
        typer.echo(f"{file}: cannot be read ({error.strerror})", err=True)
        raise typer.Exit(2) from error
    except UnicodeDecodeError as error:
        typer.echo(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8", err=True)
        raise typer.Exit(2) from error
