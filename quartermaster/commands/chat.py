"""`quartermaster chat`: what the program understands of a sentence, with no database, network or Slack."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from orders.context import ReadingContext

app = typer.Typer(name="chat", help="Understand sentences as the bot does.", no_args_is_help=True)
ContextFile = Annotated[Path, typer.Option(help="Suppliers, products, orders and locations as JSON.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def explain(
    sentence: Annotated[str, typer.Argument(help="What somebody typed.")],
    *,
    context: ContextFile,
    as_json: AsJson = False,
) -> None:
    """Show what one sentence means."""
    from bot.language.understanding import understand

    told = understand(sentence, _context(context)).as_json()
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    typer.echo(
        f"{told['intent']}{'' if told['sure'] else ' (not sure)'}{', would change something' if told['acts'] else ''}"
    )
    for name, value in told["slots"].items():
        if value:
            typer.echo(f"  {name}: {', '.join(value) if isinstance(value, list) else value}")
    if told["candidates"]:
        typer.echo(f"  to choose from: {', '.join(told['candidates'])}")


@app.command("explain-many")
def explain_many(
    sentences: Annotated[Path, typer.Argument(help="A text file, one sentence a line.")],
    *,
    context: ContextFile,
    as_json: AsJson = True,
) -> None:
    """Show what each sentence of a file means: one JSON object a line, in order."""
    from bot.language.understanding import understand

    del as_json  # the contract knows no other form for many
    known = _context(context)
    try:
        lines = sentences.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"{sentences}: cannot be read as UTF-8 text: {error}", err=True)
        raise typer.Exit(2) from error
    for line in lines:
        sys.stdout.write(json.dumps(understand(line, known).as_json(), ensure_ascii=False) + "\n")


def _context(path: Path) -> "ReadingContext":
    from orders.context import ContextUnusable, context_from_json

    try:
        return context_from_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ContextUnusable) as error:
        typer.echo(f"{path}: {error}", err=True)
        raise typer.Exit(2) from error
