"""`quartermaster doctor`: looks at everything that can be wrong and says in one line each what it is and how to mend it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

console = Console(highlight=False, soft_wrap=True)
_MARKS = {"good": "[green]✓[/green]", "bad": "[red]✗[/red]", "note": "[yellow]•[/yellow]"}


def doctor(config: Annotated[Path | None, typer.Option("--config", help="The settings file.")] = None) -> None:
    """Check settings, database, Slack, IMAP and SMTP; ends with status 1 when something must be mended."""
    from quartermaster.checks.report import every_check
    from quartermaster.opening import opened_settings
    from quartermaster.system_clock import SystemClock

    settings = opened_settings(config)
    is_well = True
    for check in every_check(settings, SystemClock()):
        console.print(f"{_MARKS[check.verdict]} [bold]{check.subject}[/bold]: {check.says}", soft_wrap=True)
        if check.mend:
            console.print(f"    → {check.mend}", soft_wrap=True)
        is_well = is_well and check.verdict != "bad"
    console.print("\nAll is well." if is_well else "\nMend what is marked ✗ and run doctor again.")
    raise typer.Exit(0 if is_well else 1)
