"""Mail servers of both kinds that a listener must get along with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import pytest_socket

from mail.access import Security, ServerAccess
from sandbox.mail.serving import RunningMail, running_mail
from tests.conftest import missing
from tests.makers import dovecot
from tests.makers.dovecot import Dovecot, running_dovecot
from tests.makers.mail_servers import OURS, PASSWORD, make_mail_settings


@dataclass(frozen=True, slots=True)
class Inbox:
    """A mailbox on a real server: how to reach it, to fill it, and to have its UIDs forgotten."""

    access: ServerAccess
    deliver: Callable[..., None]
    forget_uids: Callable[[], None]


@pytest.fixture
def servers() -> Iterator[RunningMail]:
    """The sandbox's SMTP and IMAP servers."""
    with running_mail(make_mail_settings()) as running:
        yield running


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    pytest_socket.enable_socket()
    if not dovecot.is_installed():
        missing("Dovecot")
    with running_dovecot() as running:
        yield running


def imap_access(port: int, user: str = OURS, **more: object) -> ServerAccess:
    values = {"security": Security.NONE, "username": user, "password": PASSWORD, "timeout": 5.0}
    return ServerAccess(host="127.0.0.1", port=port, **(values | more))  # type: ignore[arg-type]  # a test knows the fields


def sandbox_inbox(mail: RunningMail) -> Inbox:
    boxes = mail.office.boxes

    def deliver(*mails: bytes) -> None:
        mail.do(lambda office: [boxes.deliver(boxes.folder(OURS), raw, office.settings.now()) for raw in mails])

    def forget_uids() -> None:
        mail.do(lambda _: boxes.renumber(boxes.folder(OURS)))

    return Inbox(imap_access(mail.imap_port), deliver, forget_uids)


@pytest.fixture(params=["sandbox", "dovecot"])
def inbox(request: pytest.FixtureRequest) -> Iterator[Inbox]:
    """An empty mailbox: each test that takes it runs on the sandbox's server and on Dovecot."""
    if request.param == "sandbox":
        with running_mail(make_mail_settings()) as mail:
            yield sandbox_inbox(mail)
        return
    server: Dovecot = request.getfixturevalue("dovecot_server")
    server.empty()
    yield Inbox(imap_access(server.imap_port, dovecot.USER), server.deliver, server.forget_uids)
