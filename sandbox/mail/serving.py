"""Running the mail servers: in the loop of the local workspace, or in a thread of their own beside a test."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from sandbox.mail.answering import Answer
from sandbox.mail.faults import Faults
from sandbox.mail.imap.server import ImapServer
from sandbox.mail.page_api.routes import MailPage
from sandbox.mail.playing import answer_newest
from sandbox.mail.post_office import PostOffice
from sandbox.mail.postboxes import Postboxes
from sandbox.mail.settings import MailSettings
from sandbox.mail.smtp import SmtpServer
from sandbox.slack.serving import bound_socket, server_of

START_SECONDS = 20.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunningMail:
    """Servers that are up. From another thread use `do`, `run` and `answer_newest`."""

    office: PostOffice
    smtp: SmtpServer
    imap: ImapServer
    loop: asyncio.AbstractEventLoop
    page: str = ""  # the page's address when it is served by this mail alone

    @property
    def faults(self) -> Faults:
        """Switch faults on and off here."""
        return self.office.faults

    @property
    def smtp_port(self) -> int:
        """In the clear, with STARTTLS when the settings have a certificate."""
        return self.smtp.port

    @property
    def imap_port(self) -> int:
        """In the clear, with STARTTLS when the settings have a certificate."""
        return self.imap.port

    @property
    def routes(self) -> list[BaseRoute]:
        """The page, its API and its news, at /mail; any loop may serve them."""
        return MailPage(self.office, self.smtp, self.loop).routes()

    async def stop(self) -> None:
        """Break all connections and close the file."""
        await self.smtp.stop()
        await self.imap.stop()
        self.office.boxes.close()

    def do(self, deed: Callable[[PostOffice], T]) -> T:
        """From another thread: run this where the postboxes may be touched, and wait for the result."""

        async def run() -> T:
            return deed(self.office)

        return self.run(run())

    def run(self, deed: Coroutine[Any, Any, T]) -> T:
        """From another thread: run a coroutine in the servers' loop and wait for the result."""
        running: Future[T] = asyncio.run_coroutine_threadsafe(deed, self.loop)
        return running.result(START_SECONDS)

    def answer_newest(self, answer: Answer, containing: str = "") -> list[str]:
        """From another thread: play somebody who answers his newest message; returns refused recipients."""
        return self.run(answer_newest(self.office, self.smtp, answer, containing))


async def start_mail(settings: MailSettings) -> RunningMail:
    """Start both servers in the running loop; raises OSError when a port is taken."""
    boxes = Postboxes(settings.accounts, settings.now(), settings.state)
    office = PostOffice(settings, boxes, Faults())
    smtp, imap = SmtpServer(office), ImapServer(office)
    await smtp.start()
    await imap.start()
    return RunningMail(office, smtp, imap, asyncio.get_running_loop())


@contextmanager
def running_mail(settings: MailSettings, *, with_page: bool = False) -> Iterator[RunningMail]:
    """Servers in a thread of their own till the block ends; `with_page` serves the page too."""
    started: Future[tuple[RunningMail, asyncio.Event]] = Future()
    thread = threading.Thread(
        target=asyncio.run, args=(_serve(settings, started, with_page),), name="mail", daemon=True
    )
    thread.start()
    mail, stop = started.result(START_SECONDS)
    try:
        yield mail
    finally:
        mail.loop.call_soon_threadsafe(stop.set)
        thread.join(START_SECONDS)


async def _serve(settings: MailSettings, started: "Future[tuple[RunningMail, asyncio.Event]]", with_page: bool) -> None:
    try:
        mail = await start_mail(settings)
    except OSError as error:
        started.set_exception(error)
        return
    stop = asyncio.Event()
    if not with_page:
        started.set_result((mail, stop))
        await stop.wait()
        await mail.stop()
        return
    with closing(bound_socket(0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/mail/?key={settings.key}"
        server = server_of(Starlette(routes=mail.routes))
        serving = asyncio.create_task(server.serve([listening]))
        started.set_result((replace(mail, page=address), stop))
        await stop.wait()
        server.should_exit = True
        await serving
    await mail.stop()
