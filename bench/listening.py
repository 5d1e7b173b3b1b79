"""The mailbox process as `quartermaster mail listen` puts it together, on a full folder; prints what memory it takes.

Resident MB: when it has read its first mail, at its most while the folder was stored, and after an order's PDF, whose makers
are loaded with the first order that is sent.
Started by bench.mailbox, so that nothing else is measured with it.
"""

import argparse
from datetime import date
from pathlib import Path

import quartermaster.cli  # noqa: F401 - the process has come by it
from bench.quiet import quiet
from mail.mailbox import opened
from orders.wording import letter_wording
from quartermaster.house_wiring import house_of
from quartermaster.mail_wiring import imap_access, mail_delivery, mail_intake, mail_listener
from quartermaster.settings import ImapSettings, MailSettings, Settings
from quartermaster.system_clock import SystemClock
from store.sessions import SMALL_CACHE_MIB, open_store
from tests.makers.purchase import make_order


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int, help="IMAP port of a Dovecot on 127.0.0.1 with the tests' mailbox")
    parser.add_argument("url", help="database that the mails are stored in")
    options = parser.parse_args()
    quiet()
    imap = ImapSettings(
        host="127.0.0.1", port=options.port, security="none", username="orders", password="secret", poll_seconds=60
    )
    settings, clock = Settings(mail=MailSettings(imap=imap)), SystemClock()
    store = open_store(options.url, cache_mib=SMALL_CACHE_MIB)
    intake = mail_intake(store, clock, house_of(settings), settings)
    delivery = mail_delivery(store, clock, settings)
    listener = mail_listener(imap, store, clock, lambda: None, lambda _: None)
    with opened(imap_access(imap, clock), imap.folder) as session:
        first = session.uids_above(0)[:1]
        listener.keeper.keep(imap.folder, next(session.fetch(first)))
        intake.read_next()
        ready = memory("VmRSS")
        listener.take_new(session)
    most = memory("VmHWM")
    write_papers()
    print(ready, most, memory("VmRSS"))
    del delivery


def write_papers() -> None:
    """What the first order that is sent loads."""
    from mail.outgoing.document import order_document  # noqa: PLC0415 - as mail.delivering does

    order_document(
        make_order(),
        shop="Shop",
        place="Here",
        supplier="Baltic Foods",
        written_on=date(2026, 11, 23),
        words=letter_wording("pl"),
    )


def memory(field: str) -> float:
    """MB of this process, now (VmRSS) or at its most (VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(words[1]) for line in status.splitlines() if (words := line.split())[0] == f"{field}:") / 1024


if __name__ == "__main__":
    main()
