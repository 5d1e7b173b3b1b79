"""`quartermaster demo`: the whole loop on a demo shop, without accounts; with a tour that plays it step by step."""

import shutil
import signal
import threading
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

console = Console(highlight=False, soft_wrap=True)
DEFAULT_PORT = 8099


def demo(
    port: Annotated[int, typer.Option(help="Port of the page on 127.0.0.1; 0 takes a free one.")] = DEFAULT_PORT,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data and logs.")] = Path("var/demo"),
    database: Annotated[str | None, typer.Option(help="Database URL; an SQLite file in the folder by default.")] = None,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what an earlier demo left.")] = False,
    tour: Annotated[
        bool, typer.Option("--tour", help="Play the whole loop visibly in the page, step by step.")
    ] = False,
    headless: Annotated[
        bool, typer.Option("--headless", help="With --tour: play it here, print a line a step, and end.")
    ] = False,
) -> None:
    """Start the whole loop on a demo shop and show its page."""
    from quartermaster.demo.showing import play_headless, play_in_page
    from quartermaster.demo.stage import open_the_day, stage
    from quartermaster.system_clock import SystemClock

    began = time.monotonic()
    if fresh or headless:
        shutil.rmtree(folder, ignore_errors=True)
    is_new = not folder.exists()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the shop's processes end with the demo
    try:
        with stage(
            folder, SystemClock(), port=0 if headless else port, database_url=database, say=console.print
        ) as set_up:
            console.print(f"Ready after {time.monotonic() - began:.1f} s.")
            if headless:
                raise typer.Exit(play_headless(set_up, console))
            if not tour and is_new:
                open_the_day(set_up)
            console.print(f"\nOpen  [bold]{set_up.workspace.page}[/bold]\nStop with Ctrl-C. Logs are in {folder}.")
            if tour:
                play_in_page(set_up, console)
            # polars takes Ctrl-C for itself when it is imported; without this nothing would end the wait
            signal.signal(signal.SIGINT, signal.default_int_handler)
            threading.Event().wait()
    except KeyboardInterrupt:
        console.print("Stopped. Start again to go on where you were, or with --fresh to begin anew.")
    except OSError as error:
        console.print(f"The demo could not start: {error}. Is another one running? Try --port 0.", style="red")
        raise typer.Exit(2) from error
