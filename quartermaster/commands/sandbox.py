"""`quartermaster sandbox`: the local workspace, for running Slack apps without an account."""

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

app = typer.Typer()

DEFAULT_PORT = 8098


@app.command("sandbox")
def sandbox(  # noqa: PLR0917 - each is an option of the command line
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.")] = DEFAULT_PORT,
    state: Annotated[
        Path | None, typer.Option(help="File that keeps the talk; without it all is gone at the end.")
    ] = None,
    manifest: Annotated[
        list[Path] | None, typer.Option(help="App manifest (JSON); may be given more than once.", exists=True)
    ] = None,
    request_url: Annotated[
        str, typer.Option(help="Without a manifest: reach the app by HTTP at this address instead of Socket Mode.")
    ] = "",
    name: Annotated[str, typer.Option(help="Name of the workspace.")] = "workspace",
    strict: Annotated[
        bool, typer.Option("--strict/--lenient", help="Enforce scopes, arguments, rates and limits as Slack does.")
    ] = True,
    bot_token: Annotated[str, typer.Option(help="Bot token of the first app, instead of a drawn one.")] = "",
    app_token: Annotated[str, typer.Option(help="App token of the first app, instead of a drawn one.")] = "",
    signing_secret: Annotated[str, typer.Option(help="Signing secret of the first app, instead of a drawn one.")] = "",
    key: Annotated[str, typer.Option(help="Key of the page's address, instead of a drawn one.")] = "",
) -> None:
    """Run a local workspace that speaks Slack's protocol, and print the tokens as environment lines.

    Without a manifest one app is installed that may do and hears everything, so that any Bolt example can be tried.
    """
    from sandbox.slack.books.apps import Credentials
    from sandbox.slack.command import WorkspaceOptions, serve

    credentials = Credentials(bot_token, app_token, signing_secret)
    manifests = [_read(path) for path in manifest or ()]
    serve(
        WorkspaceOptions(port, state, name, strict, key, tuple(manifests), credentials, request_url), typer.echo, _fail
    )


def _read(path: Path) -> dict[str, object]:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        _fail(f"{path}: not JSON: {error}. Export the manifest as JSON.")
    if not isinstance(body, dict):
        _fail(f"{path}: a manifest is a JSON object.")
    return {str(field): value for field, value in body.items()}


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
