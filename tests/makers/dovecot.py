"""Debian's Dovecot 2.3, started by a test in a folder of its own and without any right of the system's."""

import contextlib
import imaplib
import os
import pwd
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.makers.certificates import make_certificate

USER, PASSWORD = "orders", "secret"
NOBODY = 65534
START_SECONDS = 15.0

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/passwd
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@localhost
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


class DovecotDidNotStart(RuntimeError):
    """The server was not up in time; the message is its log."""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server with one mailbox."""

    folder: Path
    imap_port: int
    imaps_port: int
    lmtp_port: int

    def deliver(self, *mails: bytes) -> None:
        """Put mails into the mailbox as a mail server does."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as client:
            for raw in mails:
                client.sendmail("supplier@example.com", [USER], raw)

    def empty(self) -> None:
        """Delete everything that was delivered; UIDs go on rising."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=START_SECONDS) as client:
            client.login(USER, PASSWORD)
            client.select("INBOX")
            client.uid("STORE", "1:*", "+FLAGS", "(\\Deleted)")
            client.expunge()

    def forget_uids(self) -> None:
        """Lose the index, as when a backup is played back: UIDVALIDITY changes."""
        maildir = self.folder / "home" / USER / "Maildir"
        uids = maildir / "dovecot-uidlist"
        old = re.search(r"\bV(\d+)", uids.read_text(encoding="utf-8")) if uids.exists() else None
        for path in maildir.glob("dovecot*"):
            path.unlink()
        if old is not None:  # a server makes UIDVALIDITY of the second in which it is asked, which may be the same
            uids.write_text(f"3 V{int(old[1]) + 1} N1 G{uuid.uuid4().hex}\n", encoding="utf-8")
            os.chown(uids, maildir.stat().st_uid, maildir.stat().st_gid)


def is_installed() -> bool:
    """Whether the machine has it."""
    return shutil.which("dovecot") is not None


@contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """A server till the block ends. As root it is started as nobody; its sockets want a short path."""
    folder = Path(tempfile.mkdtemp(prefix="dc", dir="/tmp"))
    try:
        server = _written(folder)
        command = ["dovecot", "-F", "-c", str(folder / "dovecot.conf")]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(server)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _written(folder: Path) -> Dovecot:
    is_root = os.geteuid() == 0
    me = pwd.getpwuid(NOBODY if is_root else os.geteuid())
    group = subprocess.run(["id", "-gn", me.pw_name], capture_output=True, text=True, check=True).stdout.strip()
    imap, imaps, lmtp = _free_ports(3)
    make_certificate(folder)
    facts = {"folder": folder, "user": me.pw_name, "group": group, "uid": me.pw_uid, "gid": me.pw_gid}
    config = CONFIG.format(**facts, imap=imap, imaps=imaps, lmtp=lmtp)
    (folder / "dovecot.conf").write_text(config, encoding="utf-8")
    (folder / "passwd").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
    for name in ("home", "run", "state"):
        (folder / name).mkdir()
    if is_root:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, me.pw_uid, me.pw_gid)
    return Dovecot(folder, imap, imaps, lmtp)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _wait_for(server: Dovecot) -> None:
    waiting, pause = threading.Event(), 0.05
    for _ in range(int(START_SECONDS / pause)):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.imap_port), timeout=1) as line:
            if line.recv(64).startswith(b"* OK"):
                return
        waiting.wait(pause)
    log = server.folder / "log"
    raise DovecotDidNotStart(log.read_text(encoding="utf-8") if log.exists() else "it wrote no log")
