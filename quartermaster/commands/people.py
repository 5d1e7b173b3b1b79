"""`quartermaster people`: who works here, who they are in Slack, and what they may do."""

from pathlib import Path
from typing import Annotated

import typer

from orders.people import Role

app = typer.Typer(name="people", help="Enter people and their roles.", no_args_is_help=True)


@app.callback()
def _root() -> None:
    """Enter people and their roles."""


Config = Annotated[Path | None, typer.Option("--config", help="The settings file.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="The person's name.")],
    slack_id: Annotated[str, typer.Argument(help="Slack member id (profile → ⋮ → Copy member ID), like U012ABCDEF.")],
    role: Annotated[list[Role], typer.Option("--role", help="May be given more than once.")],
    language: Annotated[str, typer.Option(help="Language of answers: en or pl.")] = "en",
    config: Config = None,
) -> None:
    """Enter somebody, or give the person with this Slack id new roles."""
    from quartermaster.opening import opened_settings, opened_store
    from store.people import add_person

    with opened_store(opened_settings(config).database.url) as store, store.transaction() as session:
        add_person(session, name, role, slack_user_id=slack_id, language=language)
    typer.echo(f"{name} ({slack_id}) is {', '.join(each.value for each in role)}.")


@app.command("list")
def list_people(config: Config = None) -> None:
    """Show everybody and their roles."""
    from quartermaster.opening import opened_settings, opened_store
    from store.queries.people import everybody

    with opened_store(opened_settings(config).database.url) as store, store.reading() as session:
        found = everybody(session)
    if not found:
        typer.echo("Nobody is entered yet. Begin with: quartermaster people add NAME SLACK_ID --role manager")
    for name, slack_id, roles in found:
        typer.echo(f"{name}  {slack_id or '–'}  {', '.join(roles) or 'no role'}")
