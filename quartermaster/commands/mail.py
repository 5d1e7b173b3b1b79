"""`quartermaster mail`: what the program understands of a mail, with no database and no network."""

import typer

app = typer.Typer(name="mail", help="Read mails as the mailbox listener does.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Read mails as the mailbox listener does."""
