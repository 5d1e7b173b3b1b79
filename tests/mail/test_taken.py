"""What becomes of a message in the mailbox once it is stored, on the sandbox's server and on Dovecot."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from mail.listener import Listener
from mail.mailbox import Session, opened
from mail.taken import Aftermath, Mark
from sandbox.mail.serving import RunningMail
from tests.mail.conftest import Inbox, sandbox_inbox
from tests.mail.test_listener import make_listener, raw
from tests.makers.keepers import MemoryKeeper
from tests.makers.mail_servers import PASSWORD

pytestmark = pytest.mark.servers


def taking(inbox: Inbox, keeper: MemoryKeeper, aftermath: Aftermath) -> Listener:
    return replace(make_listener(inbox.access, keeper), aftermath=aftermath)


@contextmanager
def looking(inbox: Inbox) -> Iterator[imaplib.IMAP4]:
    """The mailbox as another mail program sees it."""
    client = imaplib.IMAP4(inbox.access.host, inbox.access.port, timeout=5)
    client.login(inbox.access.username, PASSWORD)
    yield client
    client.logout()


def found(client: imaplib.IMAP4, folder: str, criterion: str = "ALL") -> int:
    client.select(folder, readonly=True)
    return len(client.search(None, criterion)[1][0].split())


@pytest.mark.parametrize(("mark", "criterion"), [(Mark.SEEN, "SEEN"), (Mark.FLAG, "FLAGGED")])
def test_a_stored_message_is_marked_as_the_settings_say(inbox: Inbox, mark: Mark, criterion: str) -> None:
    inbox.deliver(raw("one"), raw("two"))
    with opened(inbox.access, "INBOX") as session:
        assert taking(inbox, MemoryKeeper(), Aftermath(mark)).take_new(session) == 2
    with looking(inbox) as client:
        assert found(client, "INBOX", criterion) == 2


def test_a_stored_message_is_moved_and_those_behind_it_are_still_taken(inbox: Inbox) -> None:
    inbox.deliver(raw("one"))
    keeper = MemoryKeeper()
    listener = taking(inbox, keeper, Aftermath(Mark.SEEN, "Done"))
    with opened(inbox.access, "INBOX") as session:
        listener.take_new(session)
        inbox.deliver(raw("two"))
        listener.take_new(session)
    assert keeper.subjects() == ["one", "two"]
    with looking(inbox) as client:
        assert (found(client, "INBOX"), found(client, "Done")) == (0, 2)


def test_a_message_that_could_not_be_stored_stays_as_it_was(inbox: Inbox) -> None:
    inbox.deliver(raw("one"))
    keeper = MemoryKeeper(fail_at={1})
    listener = taking(inbox, keeper, Aftermath(Mark.SEEN, "Done"))
    with opened(inbox.access, "INBOX") as session, pytest.raises(Exception, match="locked"):
        listener.take_new(session)
    with looking(inbox) as client:
        assert (found(client, "INBOX"), found(client, "INBOX", "SEEN")) == (1, 0)


def test_where_the_server_cannot_move_the_message_is_stored_all_the_same(
    servers: RunningMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = sandbox_inbox(servers)
    inbox.deliver(raw("one"))
    monkeypatch.setattr(Session, "can_move", False)
    keeper = MemoryKeeper()
    with opened(inbox.access, "INBOX") as session:
        taking(inbox, keeper, Aftermath(move_to="Done")).take_new(session)
    assert keeper.subjects() == ["one"]
    with looking(inbox) as client:
        assert found(client, "INBOX") == 1
