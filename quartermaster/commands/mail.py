"""`quartermaster mail`: what the program understands of a mail, with no database and no network."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mail.message import Message
    from mail.segments.sent import SentMail
    from orders.context import ReadingContext

app = typer.Typer(name="mail", help="Read mails as the mailbox listener does.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Read mails as the mailbox listener does."""


@app.command("segments-many")
def segments_many(
    folder: Annotated[Path, typer.Argument(help="Folder with *.eml files.")],
    *,
    sent: Annotated[Path | None, typer.Option(help="Folder with the *.eml that we sent, to align with.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Show how each mail in FOLDER divides into the author's words, quotes, headers, signature and disclaimer."""
    from mail.segments.dividing import reply_text, segments
    from mail.segments.segment import Label

    ours = _sent_mails(sent)
    for path, message in _messages(folder):
        answered = (*message.in_reply_to, *reversed(message.references))
        found = segments(message, next((ours[each] for each in answered if each in ours), None))
        if as_json:
            line = {
                "file": path.name,
                "reply": reply_text(found),
                "segments": [{"label": each.label.value, "text": each.text} for each in found],
                "machine": _machine(message),
            }
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        else:
            typer.echo(f"== {path.name}")
            for each in found:
                typer.echo(f"{'+' if each.label is Label.SUPPLIER else each.label.value}: {each.text}")


@app.command()
def explain(
    message: Annotated[Path, typer.Argument(help="One raw message (*.eml).")],
    *,
    context: Annotated[Path, typer.Option(help="Suppliers, products and open orders as JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the reading as JSON.")] = False,
) -> None:
    """Show what a supplier's MESSAGE says of our orders."""
    known = _context(context)
    try:
        raw = message.read_bytes()
    except OSError as error:
        raise unusable(f"{message}: cannot be read ({error.strerror})") from error
    _print_reading(raw, known, None, as_json=as_json)


@app.command("explain-many")
def explain_many(
    folder: Annotated[Path, typer.Argument(help="Folder with *.eml files.")],
    *,
    context: Annotated[Path | None, typer.Option(help="Default: context.json in FOLDER.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Show what each mail in FOLDER says of our orders."""
    if not folder.is_dir():
        raise unusable(f"{folder}: no such folder; give a folder with *.eml files")
    known = _context(context or folder / "context.json")
    for path in sorted(folder.glob("*.eml")):
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise unusable(f"{path}: cannot be read ({error.strerror})") from error
        _print_reading(raw, known, path.name, as_json=as_json)


def _context(path: Path) -> "ReadingContext":
    """The context file; one clear line when it cannot be used."""
    from orders.context import ContextUnusable, context_from_json

    try:
        return context_from_json(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise unusable(f"{path}: cannot be read ({error.strerror}); give --context CONTEXT.json") from error
    except UnicodeDecodeError as error:
        raise unusable(f"{path}: not UTF-8 at byte {error.start}") from error
    except ContextUnusable as error:
        raise unusable(f"{path}: {error}") from error


def _print_reading(raw: bytes, context: "ReadingContext", file: str | None, *, as_json: bool) -> None:
    from mail.attachments.opening import open_attachments
    from mail.message import read_message
    from mail.reading.read import read

    message = read_message(raw)
    reading = read(message, context, attachments=open_attachments(message))
    told = reading.as_json()
    if as_json:
        sys.stdout.write(json.dumps(told if file is None else {"file": file, **told}, ensure_ascii=False) + "\n")
        return
    typer.echo(f"{(file or reading.message_id or 'message')}: {told['kind']}, {told['decision']}")
    for response in told["responses"]:
        understood = "understood" if response["understood"] else "not understood"
        typer.echo(f"  {response['order'] or 'unknown order'} ({understood})")
        for line in response["lines"]:
            typer.echo(
                f"    {line['line']}: {line['outcome']} {line['quantity'] or ''} {line['unit_price'] or ''}".rstrip()
            )
    for reason in told["reasons"]:
        typer.echo(f"  - {reason}")


def unusable(sentence: str) -> typer.Exit:
    """Say in one line what cannot be used and end with status 2."""
    typer.echo(sentence, err=True)
    return typer.Exit(2)


def _messages(folder: Path) -> Iterator[tuple[Path, "Message"]]:
    """Every *.eml of a folder in the order of the names, read."""
    from mail.message import read_message

    if not folder.is_dir():
        raise unusable(f"{folder}: no such folder; give a folder with *.eml files")
    for path in sorted(folder.glob("*.eml")):
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise unusable(f"{path}: cannot be read ({error.strerror})") from error
        yield path, read_message(raw)


def _sent_mails(folder: Path | None) -> dict[str, "SentMail"]:
    """Our own mails by Message-ID."""
    from mail.segments.sent import sent_mail

    if folder is None:
        return {}
    return {
        message.message_id: sent_mail(message) for _, message in _messages(folder) if message.message_id is not None
    }


def _machine(message: "Message") -> str:
    """The contract's three words; a newsletter is not one of them."""
    from mail.machine import MachineKind, machine

    kind = machine(message).kind
    return "no" if kind is MachineKind.NEWSLETTER else kind.value
