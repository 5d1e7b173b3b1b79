"""The commands that set a shop up: init, migrate."""

from importlib.resources import files
from pathlib import Path

import typer
from rich.console import Console

from quartermaster.opening import opened_settings, opened_store, refused

console = Console()


def init(
    path: Path = typer.Argument(Path("quartermaster.toml"), help="Where to write the settings file."),
    *,
    force: bool = typer.Option(False, "--force", help="Overwrite a file that is there."),
) -> None:
    """Write a settings file with every setting explained."""
    if path.exists() and not force:
        console.print(f"{path} is there already; nothing was written. Use --force to overwrite it.")
        raise typer.Exit(2)
    path.write_text((files("quartermaster") / "data" / "settings.toml").read_text(encoding="utf-8"), encoding="utf-8")
    console.print(f"Wrote {path}. Fill in what your shop needs, then run: quartermaster doctor")


def migrate(config: Path | None = typer.Option(None, "--config", help="The settings file.")) -> None:
    """Bring the database to the shape that this version needs."""
    from store.migrating import DatabaseTooNew, is_current
    from store.migrating import migrate as run_migrations

    with opened_store(opened_settings(config).database.url, must_be_current=False) as store:
        if is_current(store.engine):
            console.print("The database is up to date.")
            return
        try:
            run_migrations(store.engine)
        except DatabaseTooNew as error:
            raise refused("The database belongs to a newer version of Quartermaster. Update this one.") from error
    console.print("The database has been brought up to date.")
