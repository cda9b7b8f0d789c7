"""Exim, a real mail server: TLS, sign-in, refusals and greylisting, as Debian has it, for root."""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from kommissorium.core.tests.free_port import free_port
from kommissorium.core.tests.mail.certificate import write_certificate

PROGRAM = shutil.which("exim4", path=f"{os.environ['PATH']}:/usr/sbin")
OWNER = "Debian-exim"  # who the server becomes
USER, PASSWORD = "kommissorium", "proev-en-gang-til"
START_SECONDS = 20

# "borte" has left, "fuld" has no room, "graa" must come again; who is not signed in gets nowhere.
CONFIGURATION = """
primary_hostname = localhost
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port} : {tls_port}
tls_on_connect_ports = {tls_port}
tls_advertise_hosts = *
tls_certificate = {folder}/certificate.pem
tls_privatekey = {folder}/key.pem
auth_advertise_hosts = *
spool_directory = {folder}/spool
log_file_path = {folder}/log-%s
pid_file_path = {folder}/pid
log_selector = +smtp_connection
acl_smtp_rcpt = recipient
acl_smtp_data = accept
message_size_limit = 1M
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 0
queue_only = false
never_users =
exim_user = {user}
exim_group = {group}

begin acl
recipient:
  deny  !authenticated = *
        message = 5.7.1 sign in first
  deny  local_parts = borte
        message = 5.1.1 nobody has that address
  defer local_parts = graa
        condition = ${{if exists{{{folder}/known}}{{no}}{{yes}}}}
        message = 4.7.1 come again later
  accept

begin routers
all:
  driver = accept
  transport = kept

begin transports
kept:
  driver = appendfile
  directory = {folder}/mail
  maildir_format
  create_directory
  user = {user}
  group = {group}

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${{if and{{{{eq{{$auth2}}{{{name}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


@dataclass(frozen=True)
class MailServer:
    """A running server: `port` begins plain and offers TLS, `tls_port` begins with TLS."""

    folder: Path
    port: int
    tls_port: int

    @property
    def certificate(self) -> Path:
        """The certificate it shows, of its own making."""
        return self.folder / "certificate.pem"

    def know(self) -> None:
        """End the greylisting."""
        (self.folder / "known").touch()

    def connections(self) -> int:
        """Return the number of connections it has taken."""
        return (
            (self.folder / "log-main").read_text(errors="replace").count("TCP/IP connection count")
        )

    def mails(self, number: int) -> list[EmailMessage]:
        """Wait until this many mails have arrived; return them in the order they came."""
        end = time.monotonic() + START_SECONDS
        while len(found := sorted((self.folder / "mail" / "new").glob("*"))) < number:
            if time.monotonic() > end:
                break
            time.sleep(0.05)
        return [_parsed(file.read_bytes()) for file in found]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run the server until the block ends, in a folder that it can reach: pytest's are root's."""
    with TemporaryDirectory(prefix="exim-", ignore_cleanup_errors=True) as folder:
        yield from _run(Path(folder))


def _run(folder: Path) -> Iterator[MailServer]:
    server = MailServer(folder, free_port(), free_port())
    write_certificate(folder)
    values = {"folder": folder, "port": server.port, "tls_port": server.tls_port}
    values |= {"user": OWNER, "group": OWNER, "name": USER, "password": PASSWORD}
    configuration = folder / "exim.conf"
    configuration.write_text(CONFIGURATION.format(**values), encoding="utf-8")
    _give(folder, OWNER)
    shutil.chown(configuration, "root", "root")
    assert PROGRAM
    process = subprocess.Popen(
        [PROGRAM, "-C", configuration, "-bdf", "-d-all+acl"],
        stdout=subprocess.DEVNULL,
        stderr=(folder / "said").open("wb"),
    )
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _give(folder: Path, name: str) -> None:
    """Let the server, which runs as another user, reach its folder and its contents."""
    for one in (folder, *folder.rglob("*")):
        shutil.chown(one, name, name)


def _wait(server: MailServer, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with smtplib.SMTP("127.0.0.1", server.port, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError((server.folder / "said").read_text(errors="replace"))


def _parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
