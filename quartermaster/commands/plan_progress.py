"""How far the planning is, on standard error."""

import sys
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Any, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """Shows items planned of all items, while it is entered."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("planning"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=Console(stderr=True)
        )
        self._task = self._progress.add_task("planning", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self._progress.update(self._task, completed=done, total=total)


class Line:
    """Progress where there is no terminal: one line when all is done."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __call__(self, done: int, total: int) -> None:
        """Say so when the last is done."""
        if done == total:
            typer.echo(f"planned {total} {self._what}", err=True)


def progress(what: str = "items") -> AbstractContextManager[Any]:
    """Something to tell what is done and what there is in all: a bar on a terminal, one line elsewhere."""
    return Bar() if sys.stderr.isatty() else nullcontext(Line(what))
