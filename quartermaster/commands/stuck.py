"""`quartermaster stuck`: what could not be sent or read, and trying it again."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="stuck", help="Look at messages that were given up, and try them again.", no_args_is_help=True)
Config = Annotated[Path | None, typer.Option("--config", help="The settings file.")]


@app.callback()
def _root() -> None:
    """Look at messages that were given up, and try them again."""


@app.command("list")
def list_stuck(config: Config = None) -> None:
    """Show what was given up: its name for `retry`, what it is, since when, and why."""
    from quartermaster.opening import opened_settings, opened_store
    from store.queries.stuck import parked_messages

    with opened_store(opened_settings(config).database.url) as store, store.reading() as session:
        found = parked_messages(session)
    if not found:
        typer.echo("Nothing is stuck.")
    for each in found:
        typer.echo(f"{each.ref}  {each.since:%Y-%m-%d %H:%M} UTC  {each.what}\n    {each.why or 'no reason was given'}")


@app.command()
def retry(
    refs: Annotated[list[str] | None, typer.Argument(help="Names as `list` shows them, like out-12 or in-7.")] = None,
    config: Config = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Try everything again.")] = False,
) -> None:
    """Try messages again; the running processes pick them up. Status 1 when one could not be put back."""
    from handlers.undelivered import RetryDelivery, retry_delivery
    from orders.people import CONSOLE
    from orders.refusals import Refusal
    from orders.wording import wording
    from quartermaster.opening import opened_settings, opened_store
    from quartermaster.system_clock import SystemClock
    from store.inbox import reopen
    from store.queries.stuck import parked_messages

    settings, clock = opened_settings(config), SystemClock()
    words = wording(settings.shop.language)
    if not refs and not everything:
        raise typer.BadParameter("name what to try again, or give --all; `quartermaster stuck list` shows the names")
    failed = False
    with opened_store(settings.database.url) as store:
        with store.reading() as session:
            parked = {each.ref: each for each in parked_messages(session)}
        for ref in parked if everything else refs or []:
            if ref not in parked:
                typer.echo(f"{ref}: nothing of this name is stuck; `quartermaster stuck list` shows what is", err=True)
                failed = True
                continue
            try:
                with store.transaction() as session:
                    if parked[ref].is_outgoing:
                        retry_delivery(session, RetryDelivery(parked[ref].id), actor=CONSOLE, clock=clock)
                    else:
                        reopen(session, parked[ref].id)
            except Refusal as refusal:
                typer.echo(f"{ref}: {words.say(f'refusal.{refusal.code}', **refusal.facts)}", err=True)
                failed = True
            else:
                typer.echo(f"{ref}: will be tried again")
    if failed:
        raise typer.Exit(1)
