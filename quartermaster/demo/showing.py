"""Plays the tour: step by step in the page for spectators, or here with a line a step."""

import time
from contextlib import ExitStack
from queue import Empty
from subprocess import CalledProcessError

from rich.console import Console

from quartermaster.demo.stage import Stage
from quartermaster.demo.steps import STEPS, NotSeen, Played, Step
from sandbox.slack.client import DeedRefused, NothingHappened, Player
from sandbox.slack.ids import named_id
from sandbox.slack.workspace import Workspace

_FAILURES = (NotSeen, NothingHappened, DeedRefused, CalledProcessError, KeyError)
READING_SECONDS = 4.0  # how long a spectator looks at a step while the tour plays by itself


def play_headless(stage: Stage, console: Console) -> int:
    """Play every step and print what was seen; 0 when all were, else 1."""
    began = time.monotonic()
    with ExitStack() as seats:
        played = _seated(stage, seats)
        for number, step in enumerate(STEPS, 1):
            try:
                seen = step.play(played)
            except _FAILURES as failure:
                console.print(f"[red]✗[/red] {number:2}. {step.title}: {_told(failure)}")
                return 1
            console.print(f"[green]✓[/green] {number:2}. {step.title}: {seen}")
    console.print(f"Every step was seen where it must arrive, in {time.monotonic() - began:.1f} s.")
    return 0


def play_in_page(stage: Stage, console: Console) -> None:
    """Play the steps as the spectators wish: Next plays one, Play plays on by itself."""
    status: dict[str, tuple[str, str]] = {step.id: ("todo", step.detail) for step in STEPS}
    with ExitStack() as seats:
        played = _seated(stage, seats)
        is_playing = False
        for step in STEPS:
            _show(stage, status, playing=is_playing)
            wish = "play" if is_playing else _wish(stage, None)
            if is_playing:
                wish = _wish(stage, READING_SECONDS) or "play"
            if wish == "end":
                break
            is_playing = wish == "play"
            status[step.id] = ("now", step.detail)
            _show(stage, status, playing=is_playing)
            try:
                status[step.id] = ("done", step.play(played))
            except _FAILURES as failure:
                status[step.id] = ("failed", _told(failure))
                console.print(f"The tour stopped at “{step.title}”: {_told(failure)}", style="red")
                break
        _show(stage, status, playing=False)


def _seated(stage: Stage, seats: ExitStack) -> Played:
    maya, tom, ola = (
        seats.enter_context(Player(stage.workspace.page, named_id("U", name))) for name in ("maya", "tom", "ola")
    )
    maya.wait_for_app(timeout=60.0)
    return Played(stage, maya, tom, ola)


def _wish(stage: Stage, seconds: float | None) -> str | None:
    """What a spectator pressed; None when nobody did within so many seconds."""
    board = stage.workspace.workspace.tour
    try:
        return board.wishes.get(timeout=seconds)
    except Empty:
        return None


def _show(stage: Stage, status: dict[str, tuple[str, str]], *, playing: bool) -> None:
    tour = {
        "title": "From sale to shelf",
        "playing": playing,
        "steps": [_shown(step, *status[step.id]) for step in STEPS],
    }

    def tell(workspace: Workspace) -> None:
        workspace.tour.show(tour)

    stage.workspace.do(tell)


def _shown(step: Step, status: str, detail: str) -> dict[str, str]:
    return {"id": step.id, "title": step.title, "detail": detail, "status": status}


def _told(failure: Exception) -> str:
    if isinstance(failure, CalledProcessError):
        return (failure.stderr or failure.stdout or str(failure)).strip().splitlines()[-1]
    return str(failure)
