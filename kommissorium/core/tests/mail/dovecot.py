"""Dovecot, a real IMAP server with one mailbox: TLS and sign-in, as Debian has it, for root."""

from __future__ import annotations

import imaplib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kommissorium.core.tests.free_port import free_port
from kommissorium.core.tests.mail.certificate import write_certificate

PROGRAM = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
OWNER = "dovecot"  # whose the mailbox is
USER, PASSWORD = "udvalg", "proev-en-gang-til"
START_SECONDS = 20

CONFIGURATION = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
protocols {{
  imap = yes
}}
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = required
ssl_server_cert_file = {folder}/certificate.pem
ssl_server_key_file = {folder}/key.pem
auth_failure_delay = 0
auth_internal_failure_delay = 0
first_valid_uid = 1
mail_driver = maildir
mail_path = {folder}/mail
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {user}
    home = {folder}/home
  }}
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True)
class ImapServer:
    """A running server: `port` begins plain and offers TLS, `tls_port` begins with TLS."""

    folder: Path
    port: int
    tls_port: int

    @property
    def certificate(self) -> Path:
        """The certificate it shows, of its own making."""
        return self.folder / "certificate.pem"

    def deliver(self, *mails: bytes) -> None:
        """Put mails into the mailbox, in this order."""
        for number, mail in enumerate(mails):
            name = f"{time.time_ns()}.{number:04}.test"
            unready = self.folder / "mail" / "tmp" / name
            unready.write_bytes(mail)
            shutil.chown(unready, OWNER, OWNER)
            unready.rename(self.folder / "mail" / "new" / name)

    def unread(self) -> int:
        """Return the number of mails nobody has marked as read."""
        files = [
            file.name for part in ("new", "cur") for file in (self.folder / "mail" / part).iterdir()
        ]
        return sum("S" not in name.partition(":2,")[2] for name in files)

    def empty(self) -> None:
        """Throw all mails away."""
        for part in ("new", "cur"):
            for file in (self.folder / "mail" / part).iterdir():
                file.unlink()


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Run the server until the block ends, in a folder that it can reach: pytest's are root's."""
    with TemporaryDirectory(prefix="dovecot-") as folder:
        yield from _run(Path(folder))


def _run(folder: Path) -> Iterator[ImapServer]:
    server = ImapServer(folder, free_port(), free_port())
    write_certificate(folder)
    folder.chmod(0o755)
    for part in ("new", "cur", "tmp"):
        (folder / "mail" / part).mkdir(parents=True)
    (folder / "home").mkdir()
    for one in (folder / "home", folder / "mail", *(folder / "mail").iterdir()):
        shutil.chown(one, OWNER, OWNER)
    values = {"folder": folder, "port": server.port, "tls_port": server.tls_port}
    values |= {"user": OWNER, "password": PASSWORD}
    configuration = folder / "dovecot.conf"
    configuration.write_text(CONFIGURATION.format(**values), encoding="utf-8")
    assert PROGRAM
    process = subprocess.Popen(
        [PROGRAM, "-F", "-c", configuration],
        stdout=subprocess.DEVNULL,
        stderr=(folder / "said").open("wb"),
    )
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: ImapServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with imaplib.IMAP4("127.0.0.1", server.port, timeout=5):
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.05)
    said = [server.folder / name for name in ("said", "log")]
    raise RuntimeError("".join(file.read_text() for file in said if file.exists()))
