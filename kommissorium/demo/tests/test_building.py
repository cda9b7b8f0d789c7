"""The demonstration as it stands once it is built."""

from __future__ import annotations

import io
import re
import time
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.db.models import Model
from django.utils import timezone
from pypdf import PdfReader

from kommissorium.accounts.demo_cast import CAST
from kommissorium.accounts.models import Municipality, OrganisationRole, Person, SignInState
from kommissorium.assets import models as own
from kommissorium.committees.models import Clause, Committee, Holding, Mandate, Seat
from kommissorium.config.tests.demonstration import Demonstration
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Event, Record
from kommissorium.core.files.models import StoredFile
from kommissorium.core.mail.models import OutboxMail
from kommissorium.demo.almanac import SOONEST
from kommissorium.demo.tests.stories import of_three_years
from kommissorium.measures.days import add_months
from kommissorium.meetings.models import (
    Absence,
    Advice,
    AgendaItem,
    Approval,
    Attachment,
    Attendance,
    Comment,
    Confirmation,
    Decision,
    Dissent,
    Meeting,
    Proceedings,
)
from kommissorium.meetings.models.decisions import DECISION
from kommissorium.tasks.models import Delegation, Task
from kommissorium.yearwheel.models import Delegation as Handover
from kommissorium.yearwheel.models import Duty, Evidence, Move, Occurrence, Tag

pytestmark = pytest.mark.usefixtures("havneby")

EIGHT = [
    "agenda_minutes",
    "agenda_ongoing",
    "agenda_incidents",
    "agenda_year_wheel",
    "agenda_coming_tasks",
    "agenda_policies",
    "executive_reporting",
    "agenda_any_other_business",
]
CANCELLED = Meeting.State.CANCELLED


def security() -> Committee:
    return Committee.objects.get(name="Informationssikkerhedsudvalget")


def next_meeting() -> Meeting:
    found = Meeting.objects.coming().first()
    assert found is not None
    return found


def last_day(committee: Committee) -> date:
    return timezone.localdate(committee.meetings.latest("starts_at").starts_at)


def written() -> list[str]:
    """Return every text the database holds, of every model of ours, but hashes and keys."""
    models: list[type[Model]] = [
        *(Person, Committee, Mandate, Clause, Seat, Meeting, AgendaItem, Attachment),
        *(Attendance, Absence, Advice, Proceedings, Dissent, Comment, Confirmation, Decision),
        *(Task, Delegation, OutboxMail, Event, Record),
        *(Duty, Tag, Occurrence, Move, Evidence, Handover),
        *(own.Asset, own.Agreement, own.Oversight, own.AssetDocument, own.Statement),
    ]
    return [
        value
        for model in models
        for row in model._default_manager.values()
        for name, value in row.items()
        if isinstance(value, str) and name not in {"password", "message_id", "thread"}
    ]


def test_the_chain_holds_and_never_steps_back_in_time(havneby, settings):
    # The chain knows the key it was made with, which is not that of the tests.
    settings.SECRET_KEY = (havneby.data / "secret.key").read_text().strip()
    moments = list(Event.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1].timestamp() <= time.time()  # commands of other tests took answers out of it
    report = check_database()
    assert report.faults == []
    assert report.events == len(moments) > 300


def test_the_history_spans_its_years_and_reaches_to_this_week(havneby: Demonstration):
    months, meetings = {3: (36, 12), 1: (15, 5)}[havneby.years]
    first, last = Event.objects.order_by("seq").first(), Event.objects.order_by("seq").last()
    assert first is not None
    assert last is not None
    today = timezone.localdate()
    assert timezone.localdate(first.at) <= add_months(today, -months)
    assert (today - timezone.localdate(last.at)).days <= 7
    past = security().meetings.filter(ends_at__lt=timezone.now())
    assert past.of_the_calendar().count() == meetings


def test_the_command_line_agrees(havneby: Demonstration):
    verified = havneby.run("verify")
    assert verified.returncode == 0, verified.stdout
    assert "Everything holds." in verified.stdout
    head = Event.objects.count()
    again = havneby.run("demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    before = timezone.localdate() - timedelta(days=40)
    earlier = havneby.run("demo", "--no-serve", "--today", before.isoformat())
    assert earlier.returncode == 2
    assert f"this demo lives on {timezone.localdate()}" in earlier.stderr
    assert Event.objects.count() == head


def test_the_pack_of_the_next_meeting_has_the_eight_items(havneby: Demonstration, tmp_path: Path):
    output = tmp_path / "pack.json"
    packed = havneby.run("pack", "--format", "json", "-o", str(output))
    assert packed.returncode == 0, packed.stderr
    titles = re.findall(r'"title": "(.*?)"', output.read_text(encoding="utf-8"))
    mandate = security().mandate_on(timezone.localdate())
    assert mandate is not None
    demanded = mandate.clauses.filter(kind=Clause.Kind.AGENDA)
    assert len(demanded) == 8
    assert [c.text for c in demanded if not any(c.text.startswith(t) for t in titles if t)] == []
    pdf = tmp_path / "pack.pdf"
    assert havneby.run("pack", "-o", str(pdf)).returncode == 0
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages).replace("\u200b", "")
    assert [f"{number}. " for number in range(1, 11) if f"{number}. " not in text] == []


def test_the_next_agenda_is_written_in_full():
    meeting = next_meeting()
    items = list(meeting.items.select_related("clause"))
    assert meeting.committee == security()
    assert [item.clause.measure for item in items if item.clause] == EIGHT
    # On some days the chair decided something since the last call, which is told, too, or the new
    # deadline of a missed objective has passed.
    now_and_then = {DECISION, "objectives.missed"}
    assert len([item for item in items if item.subject_kind not in now_and_then]) in {15, 16}
    assert [item.title for item in items if item.carried_from and not item.clause] == [
        "Ønsker til næste års budget"
    ]
    # A missed objective's item is its table of rows.
    told = [item for item in items if item.subject_kind != "objectives.missed"]
    assert [item.title for item in told if not item.presentation] == []
    decisions = [item for item in items if item.type == AgendaItem.Type.DECISION]
    assert [item.title for item in decisions if not item.recommendation] == []
    assert [item.closed_ground != "" for item in items if item.is_closed] == [True]
    assert (timezone.localdate(meeting.starts_at) - timezone.localdate()).days >= SOONEST


def test_the_papers_of_the_next_meeting_are_there_and_many():
    files = Attachment.objects.filter(item__meeting=next_meeting()).select_related("file")
    pages = 0
    for attachment in files:
        if attachment.file.media_type == "application/pdf":
            pages += len(PdfReader(io.BytesIO(attachment.file.read())).pages)
    assert pages >= 30
    assert {attachment.file.media_type for attachment in files} == {
        "application/pdf",
        "text/csv",
        "text/plain",
    }


def test_every_agenda_of_the_past_has_its_texts(havneby: Demonstration):
    kept = Meeting.objects.of_the_calendar().filter(ends_at__lt=timezone.now())
    past = AgendaItem.objects.filter(meeting__in=kept)
    # What the board sent back, and what was not reached, is told by its table alone.
    security_items = past.filter(meeting__committee=security()).exclude(
        subject_kind__in=("reports.sent_back", "objectives.missed")
    )
    assert list(security_items.filter(presentation="").values_list("title", flat=True)) == []
    assert past.filter(is_closed=True).count() >= {3: 2, 1: 1}[havneby.years]
    assert [item.title for item in past if "---" in item.recommendation + item.presentation] == []


def test_one_meeting_was_cancelled_and_one_moved():
    cancelled = Meeting.objects.get(state=CANCELLED)
    assert cancelled.cancelled_because
    assert Event.objects.filter(act="meetings.meeting_moved").count() == 1


def test_one_calendar_is_long_enough_and_the_other_is_not():
    today = timezone.localdate()
    group = Committee.objects.get(name="Beredskabsgruppen")
    assert last_day(security()) >= add_months(today, 7)
    assert today < last_day(group) < add_months(today, 6)


def test_all_of_the_cast_can_be_played():
    people = Person.objects.filter(email__in=[part.email for part in CAST])
    assert people.count() == len(CAST)
    assert [person.email for person in people if not person.has_login] == []
    by_part = {person.email.partition("@")[0]: person for person in people}
    for part in ("administrator", "coordinator", "executive", "auditor"):
        assert part in by_part[part].current_roles
    assert by_part["chair"].is_executive
    assert not by_part["employee"].current_roles
    assert not by_part["system_owner"].holdings.exists()


def test_the_cast_sits_where_it_should():
    seats = security().seats.on(timezone.localdate()).with_holders(timezone.localdate())
    held = {
        str(seat.role): str(seat.holder.email).partition("@")[0] for seat in seats if seat.holder
    }
    assert held["chair"] == "chair"
    assert held["deputy_chair"] == "deputy"
    assert held["secretary"] == "coordinator"
    assert held["adviser"] == "dpo"
    members = {str(seat.holder.email).partition("@")[0] for seat in seats if seat.holder}
    assert {"head_of_it", "member"} <= members
    assert any(seat.deputy for seat in seats)


def test_people_stand_in_every_state_of_signing_in():
    states = set(
        Person.objects.with_sign_in(timezone.now()).values_list("sign_in_state", flat=True)
    )
    assert states == set(SignInState)
    assert Person.objects.count() >= 31
    assert Person.objects.filter(email=None).exists()


@of_three_years
def test_the_chair_before_left_and_the_seat_was_vacant_for_a_while():
    chair = security().seats.get(role=Seat.Role.CHAIR)
    before, now = chair.holdings.filter(capacity=Holding.Capacity.HOLDER).order_by("from_date")
    assert before.to_date is not None
    assert (now.from_date - before.to_date).days > 30
    assert OrganisationRole.objects.filter(kind="coordinator").exclude(to_date=None).exists()


def test_the_mandate_was_revised_and_no_draft_is_open():
    versions = list(security().mandates.order_by("version"))
    assert [mandate.version for mandate in versions] == [1, 2]
    assert Mandate.objects.filter(approved_at=None).count() == 0
    first, second = (set(m.clauses.values_list("text", flat=True)) for m in versions)
    assert 1 <= len(second - first) <= 5
    open_seats = [c for c in Clause.objects.filter(kind="member") if not c.function]
    assert [str(c.mandate.committee) for c in open_seats] == ["Beredskabsgruppen"]


def test_the_coming_agendas_follow_the_mandate_in_force():
    mandate = security().mandate_on(timezone.localdate())
    coming = AgendaItem.objects.filter(
        meeting__committee=security(), meeting__starts_at__gt=timezone.now()
    ).exclude(clause=None)
    assert set(coming.values_list("clause__mandate", flat=True)) == {getattr(mandate, "pk", None)}


def test_the_setup_assistant_is_done_and_the_demonstration_known_as_one():
    municipality = Municipality.current()
    assert municipality.is_demo
    assert not municipality.mfa_required
    assert municipality.setup_finished_at is not None


def test_nobody_outside_the_story_is_named_by_an_address():
    texts = written()
    addresses = {found for text in texts for found in re.findall(r"@([\w.-]+\w)", text)}
    assert addresses == {"havneby.example"}
    hosts = {h for text in texts for h in re.findall(r"https?://([\w.-]+)", text)}
    assert hosts <= {"havneby.example", "video.havneby.example", "127.0.0.1"}


@cache
def words_of(sha256: str) -> str:
    """Return the words of an attached file, the typesetter's invisible spaces taken out."""
    file = StoredFile.objects.get(pk=sha256)
    data = file.read()
    if file.media_type != "application/pdf":
        return data.decode("utf-8")
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(page.extract_text() for page in pages).replace("\u200b", "")


def test_no_text_is_filler_or_has_an_unfilled_place():
    filler = re.compile(r"lorem|ipsum|\bxxx|\bTODO\b|\$\{?[a-z_]{3,}|\{[a-z_]*\}")
    files = Attachment.objects.values_list("file", flat=True)
    texts = [*written(), *(words_of(file) for file in files)]
    told = [text.replace(":{}", "") for text in texts if text != "{}"]  # facts that are empty
    assert [text[:80] for text in told if filler.search(text)] == []


def test_what_is_closed_stands_in_no_open_paper_no_mail_and_no_log(havneby: Demonstration):
    logged = "".join(Event.objects.values_list("facts", flat=True))
    open_ones = Attachment.objects.filter(item__is_closed=False).values_list("file", flat=True)
    told = [" ".join(words_of(file).split()) for file in open_ones]
    told += OutboxMail.objects.values_list("body", flat=True)
    told += Approval.objects.values_list("open_record__content", flat=True)
    closed = set(AgendaItem.objects.filter(is_closed=True).values_list("title", flat=True))
    closed |= set(Task.objects.filter(is_closed=True).values_list("title", flat=True))
    closed |= set(Decision.objects.filter(is_closed=True).values_list("title", flat=True))
    assert len(closed) == {3: 6, 1: 2}[havneby.years]
    for title in closed:
        assert title not in logged
        assert [text[:60] for text in told if title in text] == []
