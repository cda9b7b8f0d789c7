"""`kommissorium check`: each thing of the installation, right or what to do about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from kommissorium.config.set_up import set_up

set_up()

from django.conf import settings  # noqa: E402
from django.core.mail import mailers  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402

from kommissorium.accounts.models import Person  # noqa: E402
from kommissorium.accounts.openid import DirectoryAway, TokenRefused, sign_out_address  # noqa: E402
from kommissorium.config import variables  # noqa: E402
from kommissorium.config.database import UnusableDatabase, check_version, refuse_misshapen  # noqa: E402
from kommissorium.core import signing_key  # noqa: E402
from kommissorium.core.documents.press import DocumentError  # noqa: E402
from kommissorium.core.files.virus_scanner import NoScanner, virus_in  # noqa: E402
from kommissorium.core.mail.set_up import mail_is_set_up  # noqa: E402
from kommissorium.core.mailbox.connection import (  # noqa: E402
    Mailbox,
    Unreadable,
    mailbox_is_set_up,
)
from kommissorium.core.operations.findings import Finding, State, findings, parts  # noqa: E402
from kommissorium.core.operations.trial import trial_pdf  # noqa: E402

OTHERS = 0o077  # of a file's mode: what group and everybody may
OURS = ("KOMMISSORIUM_", "EMAIL_", "IMAP_")
HERE = ("127.0.0.1", "localhost", "[::1]")


def check() -> int:
    """Print a line for each thing; return 1 when something does not work."""
    is_wrong = False
    for look in LOOKS:
        for found in look():
            print(line_of(found), flush=True)
            is_wrong = is_wrong or found.state is State.WRONG
    print("Something does not work." if is_wrong else "All of it works.")
    return int(is_wrong)


def line_of(found: Finding) -> str:
    """Return the line: whether it is right, what it is, and what to do where it is not."""
    to_do = f". {found.to_do}" if found.to_do else ""
    return f"{found.state.value:<6} {found}{to_do}"


def _settings() -> Iterator[Finding]:
    unknown = sorted(
        name for name in os.environ if name.startswith(OURS) and name not in variables.ASKED
    )
    if not unknown:
        yield Finding("settings", "each has a value that can be used")
    for name in unknown:
        yield Finding("settings", f"nobody reads {name}", State.LOOK, "Look at how it is spelt.")


def _folder() -> Iterator[Finding]:
    folder = settings.DATA_DIR
    for path in (folder, folder / signing_key.FILE):
        if path.exists() and path.stat().st_mode & OTHERS:
            yield Finding("data folder", f"others may read {path}", State.LOOK, _closing(path))
            return
    yield Finding("data folder", f"{folder} is ours alone")


def _closing(path: Path) -> str:
    return f"chmod {'700' if path.is_dir() else '600'} {path}"


def _address() -> Iterator[Finding]:
    url = settings.SITE_URL
    is_here = settings.ALLOWED_HOSTS[0] in HERE
    if not settings.SECURE and not is_here:
        yield Finding(
            "address", f"{url} is not encrypted", State.LOOK, "Put a proxy with TLS before it."
        )
    elif settings.SECURE and not settings.BEHIND_PROXY:
        to_do = "Set KOMMISSORIUM_BEHIND_PROXY=1, where a proxy is in front."
        yield Finding("address", f"{url}, with no proxy named", State.LOOK, to_do)
    else:
        yield Finding("address", url)


def _program() -> Iterator[Finding]:
    """Look at what the program sees by itself; without its database at the parts alone."""
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    try:
        is_older = check_version()
        if not is_older:
            refuse_misshapen()
    except UnusableDatabase as error:
        yield Finding("database", str(error).rstrip("."), State.WRONG, "See DATABASE_URL.")
        yield from parts()
        return
    yield Finding("database", f"{name} answers")
    if is_older:
        yield Finding(
            "schema", "older than the program, or empty", State.WRONG, "Run 'kommissorium upgrade'."
        )
        yield from parts()
        return
    try:
        yield from findings()
    except (DatabaseError, OSError) as error:
        yield Finding("database", _words(error), State.WRONG, "Read the log.")


def _documents() -> Iterator[Finding]:
    try:
        size = len(trial_pdf())
    except (DocumentError, OSError) as error:
        yield Finding("documents", _words(error), State.WRONG, "Install the package again.")
    else:
        yield Finding("documents", f"a PDF of {size:,} bytes was set")


def _mail_server() -> Iterator[Finding]:
    if not mail_is_set_up():
        yield Finding("mail server", "none, all mails wait", State.LOOK, "Set EMAIL_HOST.")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if settings.DEMO:
        yield Finding("mail server", "none is needed, the demonstration prints mails")
        return
    server = mailers.default
    try:
        server.open()
    except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors, too
        to_do = "See EMAIL_HOST and the variables after it."
        yield Finding("mail server", f"{where}: {_words(error)}", State.WRONG, to_do)
    else:
        server.close()
        yield Finding("mail server", f"{where} answers")


def _mailbox() -> Iterator[Finding]:
    if not mailbox_is_set_up():
        yield Finding("mailbox", "none is read (IMAP_HOST)")
        return
    try:
        with Mailbox():
            yield Finding("mailbox", f"{settings.IMAP_HOST} lets us read {settings.IMAP_FOLDER}")
    except Unreadable as error:
        to_do = "See IMAP_HOST and the variables after it."
        yield Finding("mailbox", f"{settings.IMAP_HOST}: {_words(error)}", State.WRONG, to_do)


def _scanner() -> Iterator[Finding]:
    if not settings.CLAMD:
        yield Finding("virus scanner", "none (KOMMISSORIUM_CLAMD)")
        return
    try:
        virus_in(b"a trial")
    except NoScanner as error:
        says = f"{settings.CLAMD}: {_words(error)}; no file comes in"
        yield Finding("virus scanner", says, State.WRONG, "Start clamav-daemon.")
    else:
        yield Finding("virus scanner", f"{settings.CLAMD} answers")


def _directory() -> Iterator[Finding]:
    """Ask the municipality's own sign-in, and look for who gets in while it does not answer."""
    directory = settings.DIRECTORY
    if directory is None:
        yield Finding("own sign-in", "none (KOMMISSORIUM_OIDC_ISSUER)")
        return
    try:
        way_out = sign_out_address(directory, back_to=settings.SITE_URL)
    except (DirectoryAway, TokenRefused) as error:
        yield Finding("own sign-in", _words(error), State.WRONG, "See KOMMISSORIUM_OIDC_ISSUER.")
    else:
        more = "" if way_out else ", but cannot be asked to sign people out"
        yield Finding("own sign-in", f"{directory.issuer} answers{more}")
    if directory.is_only_way:
        name = "KOMMISSORIUM_OIDC_BREAK_GLASS"
        found = Person.objects.active().filter(email__iexact=directory.break_glass).first()
        if found and found.can_use_password and found.is_administrator:
            yield Finding("emergency login", "an administrator's, with a password")
        else:
            says = f"no administrator with a password has the e-mail of {name}"
            yield Finding("emergency login", says, State.WRONG, "Nobody gets in without the above.")


def _words(error: Exception) -> str:
    """Return what an error says in one line, its kind where it says nothing."""
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    *(_settings, _folder, _address, _program, _documents),
    *(_mail_server, _mailbox, _scanner, _directory),
)
