"""`quartermaster stock`: checks the balances against the ledger."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(name="stock", help="Look after the stock ledger.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Look after the stock ledger."""


@app.command()
def check(
    config: Annotated[Path | None, typer.Option("--config", help="The settings file.")] = None,
    *,
    mend_them: Annotated[bool, typer.Option("--mend", help="Set wrong balances to what the ledger says.")] = False,
) -> None:
    """Derive every balance from its moves again; status 1 when one differs and was not mended."""
    from handlers.stock import drifts, mend
    from quartermaster.opening import opened_settings, opened_store

    with opened_store(opened_settings(config).database.url) as store, store.transaction() as session:
        found = drifts(session)
        for drift in found:
            typer.echo(
                f"product {drift.product_id} at location {drift.location_id}: balance {drift.balance}, ledger {drift.ledger}"
            )
            if mend_them:
                mend(session, drift)
    if not found:
        typer.echo("Every balance is the sum of its moves.")
    elif mend_them:
        typer.echo(f"{len(found)} balances were set to what the ledger says.")
    else:
        raise typer.Exit(1)


@app.command()
def move(
    sku: Annotated[str, typer.Argument(help="The product.")],
    source: Annotated[str, typer.Argument(help="The location that it was taken from.")],
    location: Annotated[str, typer.Argument(help="The location that it went to.")],
    quantity: Annotated[int, typer.Argument(help="Base units.", min=1)],
    config: Annotated[Path | None, typer.Option("--config", help="The settings file.")] = None,
) -> None:
    """Book goods that were moved from one location to another; status 2 when that cannot be."""
    from handlers.transfers import MoveStock, move_stock
    from orders.people import CONSOLE
    from orders.refusals import Refusal
    from orders.wording import wording
    from quartermaster.opening import opened_settings, opened_store
    from quartermaster.system_clock import SystemClock

    settings = opened_settings(config)
    command = MoveStock(sku, source, location, quantity)
    try:
        with opened_store(settings.database.url) as store, store.transaction() as session:
            move_stock(session, command, actor=CONSOLE, clock=SystemClock())
    except Refusal as refusal:
        words = wording(settings.shop.language)
        facts = {
            name: ", ".join(map(str, value)) if isinstance(value, tuple) else value
            for name, value in refusal.facts.items()
        }
        facts |= {"why": words.say(f"quantity-why.{facts['why']}")} if "why" in facts else {}
        typer.echo(words.say(f"refusal.{refusal.code}", **facts), err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{quantity} × {sku}: {source} → {location}")


@app.command()
def idle(
    config: Annotated[Path | None, typer.Option("--config", help="The settings file.")] = None,
    *,
    location: Annotated[str | None, typer.Option("--location", help="Only this location.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many lines at most.")] = 50,
) -> None:
    """List stock that demand will not use, by the last plan: dead products and overstock, the most money first."""
    from quartermaster.opening import opened_settings
    from store.queries.idle import idle_stock
    from store.sessions import open_store

    store = open_store(opened_settings(config).database.url)
    with store.reading() as session:
        found = idle_stock(session, location=location, limit=limit)
    store.close()
    if not found:
        typer.echo("No stock lies idle by the last plan.")
    for each in found:
        lasts = "no demand" if each.is_dead else f"lasts {each.days} days" if each.days is not None else "new"
        worth = f"{each.value:,.2f} {each.currency}" if each.currency else "no price"
        typer.echo(
            f"{each.sku:20} {each.location:8} {each.on_hand:>8} on hand {each.surplus:>8} too many {worth:>18}  {lasts}  {each.name}"
        )
