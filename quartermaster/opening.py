"""Opens settings for a command: a wrong file ends the program with every problem on a line of its own."""

from pathlib import Path

import typer
from rich.console import Console

from quartermaster.settings import Settings, SettingsUnusable, load_settings

_errors = Console(stderr=True, highlight=False)


def opened_settings(path: Path | None) -> Settings:
    """The settings, or exit status 2 after telling all that is wrong with them."""
    try:
        return load_settings(path)
    except SettingsUnusable as unusable:
        for problem in unusable.problems:
            _errors.print(problem, soft_wrap=True, markup=False)
        raise typer.Exit(2) from None
