"""Killed by -9 in the middle of an act, nothing is half done, and repeated nothing is doubled."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kommissorium.config.tests.faults import killed_at
from kommissorium.config.tests.registers.area_sheet import AREAS, AreaSheet
from kommissorium.conftest import Cast, plan
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event, Record
from kommissorium.core.files.models import StoredFile
from kommissorium.core.mail.actions import send_due
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.tests.deep import rounds
from kommissorium.meetings import pack
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.models import Attendance, Call, Meeting
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.installed import register_of
from kommissorium.registers.models import ImportRun

MOST_STATEMENTS = 2000


def at_every(
    act: Callable[[], object],
    *,
    step: int,
    nothing: Callable[[], bool],
    whole: Callable[[], bool] = lambda: False,
) -> int:
    """Kill the act at every nth statement, in a soak at each; return how often. Each time it must leave nothing.

    Or it is `whole`: what is killed after its commit has done everything.
    """
    for times, statement in enumerate(range(1, MOST_STATEMENTS, rounds(step, 1))):
        if not killed_at(statement, act):
            assert not nothing()
            return times
        if whole():
            return times
        assert nothing(), f"something was left of it at statement {statement}"
    raise AssertionError("it never came to its end")


def test_a_call(committing: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "pack_pdf", lambda _pack: b"%PDF-")  # the time is spent on rows
    meeting = plan(committing)
    rows = (Call, Attendance, Record, OutboxMail, Event)
    before = [model.objects.count() for model in rows]

    def call() -> None:
        call_meeting(Meeting.objects.get(pk=meeting.pk), by=committing.coordinator)

    def nothing() -> bool:
        same = [model.objects.count() for model in rows] == before
        return same and Meeting.objects.get(pk=meeting.pk).state == Meeting.State.PLANNED

    assert at_every(call, step=3, nothing=nothing) > 10
    assert Call.objects.count() == 1
    mails = OutboxMail.objects.values_list("recipient", flat=True)
    assert len(mails) == len(set(mails)) == Attendance.objects.count()
    assert check_database({}).holds


def test_an_import(committing: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    register = register_of("assets")
    monkeypatch.setattr(type(register), "imports", (*register.imports, AreaSheet))
    run = hand_in(AREAS.kind, AREAS.sheet(8), "Ark.csv", by=committing.coordinator)
    made = AreaSheet.model.objects
    before, events = made.count(), Event.objects.count()

    def take() -> None:
        found = ImportRun.objects.get(pk=run.pk)
        take_in(found, by=committing.coordinator, mark=plan_of(found).mark)

    def nothing() -> bool:
        found = ImportRun.objects.get(pk=run.pk)
        return found.is_open and (made.count(), Event.objects.count()) == (before, events)

    def whole() -> bool:
        return not ImportRun.objects.get(pk=run.pk).is_open and made.count() == before + 8

    assert at_every(take, step=5, nothing=nothing, whole=whole) > 5
    assert made.count() == before + 8
    assert check_database({}).holds


def test_handing_a_sheet_in(committing: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    register = register_of("assets")
    monkeypatch.setattr(type(register), "imports", (*register.imports, AreaSheet))

    def hand() -> None:
        hand_in(AREAS.kind, AREAS.sheet(8), "Ark.csv", by=committing.coordinator)

    def nothing() -> bool:
        whole = all(file.read() for file in StoredFile.objects.all())
        return whole and not ImportRun.objects.exists()

    assert at_every(hand, step=1, nothing=nothing) > 2
    assert ImportRun.objects.count() == 1


def test_a_mail_being_sent(committing: Cast, settings, tmp_path) -> None:
    """The one case that cannot be both: a mail sent but not noted is sent again, as the same."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mails"
    meeting = plan(committing)
    call_meeting(meeting, by=committing.coordinator)
    assert killed_at(7, send_due)
    OutboxMail.objects.update(claimed_until=None)  # five minutes later
    send_due()
    assert not OutboxMail.objects.waiting().exists()
    text = "".join(file.read_text() for file in settings.EMAIL_FILE_PATH.iterdir())
    left = re.findall(r"^Message-ID: (\S+)$", text, re.MULTILINE)
    assert set(left) == set(OutboxMail.objects.values_list("message_id", flat=True))
    assert len(left) <= len(set(left)) + 1
