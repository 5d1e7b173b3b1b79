"""`quartermaster mail …` on the shop's database: the ladder of autonomy, corrections, and reading old mails anew."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

corrections_app = typer.Typer(
    name="corrections", help="Answers that people read otherwise than the program.", no_args_is_help=True
)
autonomy_app = typer.Typer(
    name="autonomy", help="Which suppliers' answers may be booked with nobody looking.", no_args_is_help=True
)
Config = Annotated[Path | None, typer.Option("--config", help="The settings file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@corrections_app.callback()
def _corrections() -> None:
    """Answers that people read otherwise than the program."""


@autonomy_app.callback()
def _autonomy() -> None:
    """Which suppliers' answers may be booked with nobody looking."""


@corrections_app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where NAME.eml, NAME.json and context.json are written.")],
    config: Config = None,
) -> None:
    """Write every correction as a labelled example that `mail explain-many` can be tried on."""
    from dataclasses import asdict

    from handlers.corrections import corrections
    from quartermaster.opening import opened_settings
    from store.queries.reading_context import reading_context
    from store.sessions import open_store

    settings = opened_settings(config)
    today = datetime.now(settings.zone).date()
    with closing(open_store(settings.database.url)) as store, store.reading() as session:
        context = reading_context(session, today=today, timezone=settings.shop.timezone, mailbox=settings.mail.address)
        found = list(corrections(session))
    folder.mkdir(parents=True, exist_ok=True)
    orders: dict[str, Any] = {}
    for each in found:
        (folder / f"{each.name}.eml").write_bytes(each.raw)
        _write(folder / f"{each.name}.json", each.label)
        orders.setdefault(str(each.order["number"]), each.order)
    _write(
        folder / "context.json",
        {
            "today": today.isoformat(),
            "timezone": context.timezone,
            "mailbox": context.mailbox,
            "suppliers": [asdict(supplier) for supplier in context.suppliers],
            "products": [asdict(product) for product in context.products],
            "orders": list(orders.values()),
        },
    )
    typer.echo(f"{len(found)} corrections are in {folder}.")


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def reread(
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="Only mails that came on this day or later."),
    ] = None,
    config: Config = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Read stored mails with the present reader and tell what it reads otherwise. Nothing is changed."""
    from dataclasses import asdict

    from mail.rereading import Rereader
    from quartermaster.house_wiring import house_of
    from quartermaster.mail_wiring import token_keys
    from quartermaster.opening import opened_settings
    from store.sessions import open_store

    settings = opened_settings(config)
    begin = since.replace(tzinfo=settings.zone).astimezone(UTC) if since is not None else None
    read = differing = 0
    with closing(open_store(settings.database.url)) as store:
        rereader = Rereader(store, house_of(settings), token_keys(settings), settings.mail.imap.authserv_id)
        for each in rereader.all_since(begin):
            read += 1
            differing += bool(each.differences)
            if as_json:
                typer.echo(json.dumps(asdict(each), ensure_ascii=False))
            elif each.differences:
                typer.echo(f"in-{each.inbox}  {each.subject}")
                for found in each.differences:
                    place = (found.order or "") + (f" line {found.line}" if found.line is not None else "")
                    typer.echo(f"    {place + ': ' if place else ''}{found.field}: {found.before} → {found.after}")
    if not as_json:
        typer.echo(f"{read} mails were read again, {differing} of them otherwise than before.")


@autonomy_app.command("list")
def list_autonomy(config: Config = None, *, as_json: AsJson = False) -> None:
    """Show for each supplier and sort of answer where it stands, and on what that rests."""
    from handlers.autonomy import standings
    from quartermaster.house_wiring import house_of
    from quartermaster.opening import opened_settings
    from store.sessions import open_store

    settings = opened_settings(config)
    autonomy = house_of(settings).shop.autonomy
    with closing(open_store(settings.database.url)) as store, store.reading() as session:
        found = standings(session, autonomy)
    for each in found:
        now = each.standing
        told = {
            "supplier": each.supplier, "sort": now.sort.value, "rung": now.rung.value, "judged": now.trials,
            "agreed": now.agreed, "bound": round(now.bound, 4), "booked_alone": now.may_book,
        }  # fmt: skip
        if as_json:
            typer.echo(json.dumps(told))
        else:
            ends = "booked with nobody looking" if now.may_book else "put before a person"
            typer.echo(
                f"{each.supplier:<12} {now.sort.value:<9} {now.rung.value:<8} {now.agreed} of {now.trials} agreed, "
                f"at least {now.bound:.1%} (bar {autonomy.bar:.0%})  {ends}"
            )
    if not found and not as_json:
        typer.echo(
            "No answer has been judged yet. Full acceptances of trusted senders are booked, all else is reviewed."
        )


@autonomy_app.command("set")
def set_autonomy(
    supplier: Annotated[str, typer.Argument(help="The supplier's code.")],
    sort: Annotated[str, typer.Argument(help="accepted, fewer, later, earlier or cheaper.")],
    rung: Annotated[str, typer.Argument(help="granted, held, or earn to leave it to the bar.")],
    config: Config = None,
) -> None:
    """Grant automatic booking, hold it back, or leave it to what people's decisions earn."""
    from handlers.autonomy import CLIMBING, RuleAutonomy, rule_autonomy
    from orders.answer_sorts import AnswerSort
    from orders.autonomy import Rung
    from orders.people import CONSOLE
    from orders.refusals import Refusal
    from orders.wording import wording
    from quartermaster.house_wiring import house_of
    from quartermaster.opening import opened_settings
    from quartermaster.system_clock import SystemClock
    from store.sessions import open_store

    rulings = {"granted": Rung.GRANTED, "held": Rung.HELD, "earn": None}
    if sort not in {each.value for each in CLIMBING} or rung not in rulings:
        raise typer.BadParameter(
            f"write one of {', '.join(each.value for each in CLIMBING)} and one of {', '.join(rulings)}"
        )
    settings = opened_settings(config)
    house = house_of(settings)
    command = RuleAutonomy(supplier, AnswerSort(sort), rulings[rung])
    try:
        with closing(open_store(settings.database.url)) as store, store.transaction() as session:
            now = rule_autonomy(session, command, actor=CONSOLE, clock=SystemClock(), house=house)
    except Refusal as refusal:
        typer.echo(wording(settings.shop.language).say(f"refusal.{refusal.code}", **_plain(refusal.facts)), err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{supplier} {sort}: {now.rung.value}")
    if now.rung is Rung.GRANTED and not now.may_book:
        typer.echo(f'The shop does not allow it yet: put "{sort}" into may_earn of [mail.autonomy] in the settings.')


def _plain(facts: dict[str, object]) -> dict[str, object]:
    return {name: ", ".join(map(str, value)) if isinstance(value, tuple) else value for name, value in facts.items()}
