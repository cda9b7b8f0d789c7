"""The sub-commands that need the database."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from kommissorium.config.set_up import set_up

set_up()

from django.core.exceptions import ValidationError  # noqa: E402
from django.core.validators import validate_email  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from kommissorium.accounts.actions import (  # noqa: E402
    add_person,
    found_municipality,
    give_role,
    invitation_link,
    invite_from_server,
)
from kommissorium.accounts.models import Municipality, OrganisationRole, Person  # noqa: E402
from kommissorium.cli import environment_file  # noqa: E402
from kommissorium.cli.errors import Trouble  # noqa: E402
from kommissorium.cli.told import (  # noqa: E402
    print_answers,
    report_edition,
    status_edition,
)
from kommissorium.committees.models import Committee  # noqa: E402
from kommissorium.compliance.export import write_answers  # noqa: E402
from kommissorium.config import variables  # noqa: E402
from kommissorium.config.database import (  # noqa: E402
    UnusableDatabase,
    check_version,
    migrate,
    refuse_misshapen,
    refuse_moved,
)
from kommissorium.core.documents.subprocess_runner import Busy  # noqa: E402
from kommissorium.core.evidence.chain_check import check_database  # noqa: E402
from kommissorium.core.evidence.export import write_export  # noqa: E402
from kommissorium.core.evidence.sealed_tables import unsealed  # noqa: E402
from kommissorium.core.evidence.sealing import seal_database  # noqa: E402
from kommissorium.core.evidence.verifier import (  # noqa: E402
    Anchor,
    NoAnchor,
    anchors_in,
    in_words,
    to_terminal,
)
from kommissorium.core.refusals import Refused  # noqa: E402
from kommissorium.meetings.models import Meeting  # noqa: E402
from kommissorium.meetings.pack_builder import write_pack  # noqa: E402
from kommissorium.secretariat.searching import index_again  # noqa: E402

PROGRAM = "kommissorium.cli"


def init(municipality: str | None, name: str | None, email: str | None) -> int:
    """Make a database with a municipality and somebody who can set it up."""
    _refuse_second()
    municipality = _answer("Municipality", municipality)
    name = _answer("Your name", name)
    email = _answer("Your e-mail", email)
    try:
        validate_email(email)
    except ValidationError:
        raise Trouble(f"{email} is no e-mail address.") from None
    _make_tables()
    print(f"Adding {municipality} and {name} …", flush=True)
    with transaction.atomic(), translation.override("da"):
        seal_database(new_key=True)  # tables made elsewhere begin with this folder's key
        found_municipality(name=municipality, by=None)
        person = add_person(by=None, name=name, email=email)
        for kind in (OrganisationRole.Kind.ADMINISTRATOR, OrganisationRole.Kind.COORDINATOR):
            give_role(person, kind, by=None, from_date=timezone.localdate())
    if kept := environment_file.write(Path(os.environ["KOMMISSORIUM_DATA"]), variables.ASKED):
        print(f"What it was told stands in {kept}; each command on this folder reads it.")
    print(f"{municipality} is ready. Start it with:\n\n  {_serve_command()}\n")
    print("Then open this address within seven days to choose your password:\n")
    print(f"  {invitation_link(person)}")
    return 0


def _refuse_second() -> None:
    try:
        if not check_version() and Municipality.objects.exists():
            raise Trouble("The database has its municipality already. Run 'kommissorium serve'.")
    except UnusableDatabase as error:
        raise Trouble(str(error)) from None


def _make_tables() -> None:
    started = time.monotonic()
    print("Making the database; it takes some seconds …", flush=True)
    try:
        migrate()
    except UnusableDatabase as error:
        raise Trouble(str(error)) from None
    _refuse_second()
    print(f"The database is made ({time.monotonic() - started:.0f} s).", flush=True)


def _serve_command() -> str:
    """Return the command that serves this folder at the address of the link, to be pasted."""
    program = Path(sys.argv[0])
    command = [str(program)] if program.name == "kommissorium" else [sys.executable, "-m", PROGRAM]
    command += ["serve", "--data", os.environ["KOMMISSORIUM_DATA"]]
    url = os.environ.get("KOMMISSORIUM_URL")
    given = f"KOMMISSORIUM_URL={shlex.quote(url)} " if url else ""
    return given + shlex.join(command)


def invite(email: str) -> int:
    """Print the address where somebody without a password chooses one."""
    require_database(writes=True)
    person = person_of(email)
    with transaction.atomic(), translation.override("en"):
        try:
            link = invite_from_server(person)
        except Refused as refused:
            raise Trouble(str(refused)) from None
    print(f"Within seven days {person.name} chooses a password here:")
    print(link)
    return 0


def person_of(email: str) -> Person:
    """Return who has the e-mail. Raises Trouble where nobody has."""
    person: Person | None = Person.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise Trouble(f"Nobody has the e-mail {email}.")
    return person


def pack(meeting: str, form: str, output: Path, *, without_closed: bool) -> int:
    """Write a meeting's pack to a file."""
    require_database()
    found = _meeting(meeting)
    try:
        with translation.override("da"):
            data = write_pack(found, form, with_closed=not without_closed)
    except Busy:
        raise Trouble("Other documents are being made. Try again in a moment.") from None
    _write(output, data)
    print(f"{output}: {found}, {found.items.count()} items, {len(data):,} bytes")
    return 0


def report(committee: str | None, output: Path, *, without_closed: bool) -> int:
    """Write the newest report to the executive board to a file."""
    require_database()
    data, told = report_edition(committee, output, without_closed=without_closed)
    _write(output, data)
    print(f"{output}: {told}, {len(data):,} bytes")
    return 0


def status(quarter: str, committee: str | None, output: Path, *, without_closed: bool) -> int:
    """Write the status of a quarter to a file."""
    require_database()
    data, told = status_edition(quarter, committee, output, without_closed=without_closed)
    _write(output, data)
    print(f"{output}: {told}, {len(data):,} bytes")
    return 0


def verify(anchors: list[str]) -> int:
    """Check the evidence of this database; return 1 when something does not hold."""
    require_database(misshapen_too=True)
    try:
        noted = [anchor for given in anchors for anchor in anchors_in(given)]
    except NoAnchor as error:
        raise Trouble(f"{error}.") from None
    with translation.override("en"):
        uncovered = [f"  {name}: {reason}" for name, reason in unsealed().items()]
    return verified(noted, "Not covered by seals:", *uncovered)


def verified(noted: Iterable[Anchor] = (), *besides: str) -> int:
    """Check the evidence and print what was found; return 1 when something does not hold."""
    report = check_database(noted, progress=to_terminal())
    print("\n".join([*in_words(report), *besides]))
    print("Everything holds." if report.holds else f"{report.number_of_faults:,} faults.")
    return 0 if report.holds else 1


def export(output: Path, *, with_files: bool) -> int:
    """Write the evidence as a zip that carries its own verifier, with attached files if asked."""
    require_database()
    with tempfile.TemporaryFile() as file:
        answers = partial(write_answers, committees=Committee.objects.all())
        write_export(file, parts=[answers], with_files=with_files)
        file.seek(0)
        with _writing(output), output.open("wb") as target:
            shutil.copyfileobj(file, target)
    print(f"{output} is written. Check it with: kommissorium verify {output}")
    return 0


def assess(on: str | None, committee: str | None, *, as_json: bool, as_known_today: bool) -> int:
    """Print how the clauses of the committees' mandates stood on a date."""
    require_database(writes=as_json)
    print_answers(on, committee, as_json=as_json, as_known_today=as_known_today)
    return 0


def index() -> int:
    """Rebuild the search index."""
    require_database()
    print(f"{index_again():,} things can be found.")
    return 0


def _meeting(text: str) -> Meeting:
    if text == "next":
        # A meeting that is going on is the one whose pack is wanted.
        found = Meeting.objects.coming(timezone.now() - timedelta(hours=1)).first()
        if found is None:
            raise Trouble("No meeting is planned.")
        return found
    if not re.fullmatch(r"\d{1,9}", text):
        raise Trouble(f"{text} is no meeting: give its number or 'next'.")
    found = Meeting.objects.filter(pk=int(text)).first()
    if found is None:
        raise Trouble(f"There is no meeting {text}.")
    return found


def require_database(*, misshapen_too: bool = False, writes: bool = False) -> None:
    """Raise Trouble unless the database is there and of this version, and may be written in."""
    try:
        if check_version():
            raise Trouble("The database is older than the program. Run 'kommissorium upgrade'.")
        if not misshapen_too:
            refuse_misshapen()
        if writes:
            refuse_moved()
    except UnusableDatabase as error:
        raise Trouble(str(error)) from None


def _write(output: Path, data: bytes) -> None:
    with _writing(output):
        output.write_bytes(data)


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Trouble(f"{output} cannot be written: {error.strerror}.") from None


def _answer(question: str, given: str | None) -> str:
    if given is None and sys.stdin.isatty():
        given = input(f"{question}: ")
    if not given or not given.strip():
        option = {"Municipality": "--municipality", "Your name": "--name"}.get(question, "--email")
        raise Trouble(f"Give {option}.")
    return given.strip()
