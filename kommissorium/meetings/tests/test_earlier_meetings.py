"""Meetings held without the program: registered afterwards, marked so, and settled at once."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.models import Clause
from kommissorium.core.evidence.models import Event
from kommissorium.core.files.actions import store_file
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.automatic_items import unfinished
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.earlier_meetings import (
    EarlierItem,
    EarlierMeeting,
    EarlierTask,
    register_earlier_meeting,
    withdraw_earlier_meeting,
)
from kommissorium.meetings.models import AgendaItem, Attendance, Decision, Meeting, Registration
from kommissorium.meetings.tests.samples import planned
from kommissorium.tasks.actions import drop_task
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 referat"
DAY = date(2024, 3, 12)
WEIGHED = {
    "security": "stronger",
    "usability": "unchanged",
    "economy": "costs",
    "proportion": "fitting",
}


def clause_of(cast, measure):
    return Clause.objects.get(mandate=cast.mandate, measure=measure, kind="agenda")


def held(cast, **more):
    file = store_file(PDF, "referat.pdf")
    reporting = clause_of(cast, "executive_reporting")
    items = (
        EarlierItem(clause=clause_of(cast, "agenda_incidents")),
        EarlierItem(reporting, outcome="approved", text="Sendes <b>nu</b>", weighing=WEIGHED),
    )
    values = {"day": DAY, "file": file, "file_name": "referat.pdf", "items": items, **more}
    return EarlierMeeting(**values)


def register(cast, **more):
    return register_earlier_meeting(cast.committee, held(cast, **more), by=cast.coordinator)


def facts_of(act):
    return json.loads(Event.objects.filter(act=act)[0].facts)


# What is kept


def test_rows_record_and_chain_tell_the_same(cast):
    meeting = register(cast, start=time(9, 30), place="Rådhuset", own_number="2/24")
    registration = Registration.objects.select_related("record").get(meeting=meeting)
    assert (meeting.state, meeting.label) == ("registered", "2024/T1")
    assert timezone.localtime(meeting.starts_at).time() == time(9, 30)
    assert timezone.localdate(meeting.registered_at) == timezone.localdate()
    assert (registration.by, registration.own_number) == (cast.coordinator, "2/24")
    content = json.loads(registration.record.content)
    told = facts_of("meetings.earlier_meeting_registered")
    for kept in (content, told):
        assert (kept["number"], kept["day"], kept["start"]) == ("2024/T1", "2024-03-12", "09:30:00")
        assert [(one["number"], one["measure"], one["outcome"]) for one in kept["items"]] == [
            ("2024/T1-1", "agenda_incidents", ""),
            ("2024/T1-2", "executive_reporting", "approved"),
        ]
        assert kept["items"][1]["clause"] == clause_of(cast, "executive_reporting").pk
    assert content["minutes"]["sha256"] == told["minutes_sha256"] == registration.file_id
    assert told["content_hash"] == registration.record.content_hash
    assert told["record"] == registration.record_id
    assert registration.record.kind == "meetings.earlier_meeting"


def test_a_decision_is_of_the_day_then_and_written_now(cast):
    meeting = register(cast)
    (decision,) = Decision.objects.filter(meeting=meeting)
    assert (decision.number, decision.capacity) == ("2024/T1-2", "committee")
    assert timezone.localdate(decision.decided_at) == DAY
    assert timezone.localdate(decision.written_at) == timezone.localdate()
    assert decision.record == meeting.registration.record
    assert decision.is_registered_afterwards
    assert decision.is_weighed
    assert "<b>" not in decision.text


def test_nobody_is_called_invited_or_told(cast):
    OutboxMail.objects.all().delete()
    task = EarlierTask("Ring", cast.member, timezone.localdate() + timedelta(days=9))
    register(cast, present=[cast.member, cast.chair], tasks=[task])
    assert not OutboxMail.objects.exists()
    assert not hasattr(Meeting.objects.get(state="registered"), "call")


def test_who_was_there_has_the_seat_of_the_committee(cast):
    meeting = register(cast, present=[cast.chair, cast.employee], others_present="Bo Jensen")
    rows = {row.person: row for row in meeting.attendances.select_related("seat")}
    assert rows[cast.chair].seat.role == "chair"
    assert (rows[cast.employee].seat, rows[cast.employee].capacity) == (None, "guest")
    told = facts_of("meetings.earlier_meeting_registered")
    assert (told["present"], told["present_is_known"]) == (2, True)
    assert "Bo Jensen" not in Event.objects.filter(act__endswith="registered")[0].facts


def test_nothing_says_that_nobody_came_where_nobody_knows(cast):
    register(cast)
    assert facts_of("meetings.earlier_meeting_registered")["present_is_known"] is False


def test_numbers_given_already_are_not_disturbed(cast, meeting):
    call_meeting(meeting, by=cast.coordinator)
    before = Meeting.objects.get(pk=meeting.pk).label
    day = timezone.localdate() - timedelta(days=40)
    labels = [register(cast, day=day - timedelta(days=one)).label for one in range(2)]
    year = day.year
    assert labels[0] == f"{year}/T1"
    year = timezone.localdate(meeting.starts_at).year
    assert Meeting.objects.get(pk=meeting.pk).label == before == f"{year}/1"


def test_it_is_nobodys_last_meeting(cast, meeting):
    register(cast, day=timezone.localdate() - timedelta(days=3))
    assert not Meeting.objects.before(meeting).exists()
    assert not Meeting.objects.of_the_calendar().exclude(pk=meeting.pk).exists()


def test_a_deferred_item_of_the_past_does_not_come_to_the_next_agenda(cast):
    coming = planned(cast, 30)
    day = timezone.localdate() - timedelta(days=30)
    item = EarlierItem(title="Nødplan", outcome="deferred")
    register(cast, day=day, items=[item])
    assert unfinished(coming) == []


# What is refused


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (timezone.localdate(), "der er holdt"),
        (timezone.localdate() + timedelta(days=3), "der er holdt"),
        (date(1989, 12, 31), "efter 1989"),
    ],
)
def test_only_a_day_that_is_over_and_not_of_another_age(cast, day, word):
    with pytest.raises(Refused) as refused:
        register(cast, day=day)
    assert word in refused.value.errors["day"]


def test_a_day_is_registered_once(cast):
    register(cast)
    with pytest.raises(Refused) as refused:
        register(cast, start=time(15))
    assert [*refused.value.errors] == ["day"]
    assert Meeting.objects.filter(state="registered").count() == 1


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (EarlierItem(), "title"),
        (EarlierItem(title="A", text="Vedtaget"), "outcome"),
        (EarlierItem(title="A", outcome="maybe"), "outcome"),
        (EarlierItem(title="A", outcome="noted", is_closed=True), "closed_ground"),
        (EarlierItem(title="A", outcome="noted", weighing={"economy": "much"}), "economy"),
    ],
)
def test_an_item_that_says_too_little_is_refused(cast, item, field):
    with pytest.raises(Refused) as refused:
        register(cast, items=[item])
    assert [*refused.value.errors] == [field]
    assert not Meeting.objects.filter(starts_at__date=DAY).exists()


def test_nothing_was_decided_under_any_other_business_or_by_another_mandate(cast):
    other = clause_of(cast, "agenda_any_other_business")
    with pytest.raises(Refused) as refused:
        register(cast, items=[EarlierItem(other, outcome="noted")])
    assert [*refused.value.errors] == ["outcome"]
    task = Clause.objects.filter(mandate=cast.mandate, kind="task").first()
    with pytest.raises(Refused) as refused:
        register(cast, items=[EarlierItem(task)])
    assert [*refused.value.errors] == ["clause"]


def test_minutes_are_known_by_their_bytes(cast):
    picture = store_file(b"\x89PNG\r\n\x1a\n", "billede.png")
    with pytest.raises(Refused) as refused:
        register(cast, file=picture, file_name="referat.pdf")
    assert [*refused.value.errors] == ["file"]


@pytest.mark.parametrize("who", ["employee", "member", "dpo", "auditor", "executive"])
def test_who_does_not_prepare_the_committee_registers_nothing(cast, who):
    with pytest.raises(PermissionDenied):
        register_earlier_meeting(cast.committee, held(cast), by=cast.who(who))


# Settled at once


def test_what_is_registered_never_changes(cast):
    meeting = register(cast, present=[cast.chair])
    item, row = meeting.items.first(), meeting.attendances.get()
    changes = [
        lambda: Meeting.objects.filter(pk=meeting.pk).update(place="Et andet"),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(number=9),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(registered_at=None),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(state="planned"),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(state="held"),
        lambda: Registration.objects.filter(meeting=meeting).update(own_number="7"),
        lambda: Registration.objects.filter(meeting=meeting).delete(),
        lambda: AgendaItem.objects.filter(pk=item.pk).update(title="Andet"),
        lambda: AgendaItem.objects.create(meeting=meeting, position=9, title="Mere"),
        lambda: Attendance.objects.filter(pk=row.pk).update(presence="absent"),
        lambda: Attendance.objects.create(meeting=meeting, person=cast.dpo, capacity="holder"),
        lambda: Decision.objects.filter(meeting=meeting).update(title="Andet"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nobody_calls_moves_records_or_hands_over(cast):
    meeting, by = register(cast), cast.coordinator
    assert not meeting.can_be_prepared_by(by)
    assert not meeting.can_be_called_by(by)
    assert not meeting.can_be_moved_by(by)
    assert not meeting.can_be_cancelled_by(by)
    assert not meeting.can_be_recorded_by(by)
    assert not meeting.can_be_handed_over_by(by)
    assert not meeting.minutes_are_readable_by(by)


# Taken back


def test_a_mistake_is_taken_back_with_a_reason_and_registered_anew(cast):
    registration = register(cast).registration
    with pytest.raises(Refused):
        withdraw_earlier_meeting(registration, by=cast.coordinator, because=" ")
    withdraw_earlier_meeting(registration, by=cast.coordinator, because="Forkert år")
    meeting = Meeting.objects.get(pk=registration.meeting_id)
    assert (meeting.state, meeting.label) == ("cancelled", "2024/T1")
    told = facts_of("meetings.earlier_meeting_withdrawn")
    assert told == {"number": "2024/T1", "because": "Forkert år"}
    assert not Decision.objects.visible_to(cast.coordinator).exists()
    assert register(cast).label == "2024/T2"


def test_nobody_else_takes_it_back_and_nobody_twice(cast):
    registration = register(cast).registration
    with pytest.raises(PermissionDenied):
        withdraw_earlier_meeting(registration, by=cast.chair, because="Nej")
    withdraw_earlier_meeting(registration, by=cast.coordinator, because="Ja")
    with pytest.raises(PermissionDenied):
        withdraw_earlier_meeting(registration, by=cast.coordinator, because="Ja")


def test_an_open_task_holds_the_registration(cast):
    due = timezone.localdate() + timedelta(days=9)
    meeting = register(cast, tasks=[EarlierTask("Ring", cast.member, due)])
    registration, task = meeting.registration, Task.objects.get(title="Ring")
    with pytest.raises(Refused) as refused:
        withdraw_earlier_meeting(registration, by=cast.coordinator, because="Forkert")
    assert "opgave" in refused.value.errors["because"]
    drop_task(task, by=cast.coordinator, because="Forkert")
    withdraw_earlier_meeting(registration, by=cast.coordinator, because="Forkert")


# The pages


def address(cast):
    return reverse("earlier_meeting_add", args=[cast.committee.pk])


def typed(cast, **more):
    reporting = clause_of(cast, "executive_reporting")
    values = {
        "day": "2024-03-12",
        "place": "Rådhuset",
        "own_number": "2/24",
        "present": [str(cast.chair.holdings.get().pk)],
        "standing": [str(clause_of(cast, "agenda_incidents").pk)],
        "items-TOTAL_FORMS": "2",
        "items-INITIAL_FORMS": "0",
        "items-0-clause": str(reporting.pk),
        "items-0-outcome": "approved",
        "items-0-text": "Rapporten sendes.",
        "tasks-TOTAL_FORMS": "1",
        "tasks-INITIAL_FORMS": "0",
    }
    return {**values, **more}


def minutes(data=PDF, name="referat.pdf"):
    return SimpleUploadedFile(name, data)


def test_a_meeting_is_registered_on_one_page_and_shown(cast, client_of):
    client = client_of("coordinator")
    answer = client.post(address(cast), typed(cast, file=minutes()))
    meeting = Meeting.objects.get(state="registered")
    assert answer.url == meeting.get_absolute_url()
    assert [item.measure for item in meeting.items.select_related("clause")] == [
        *("agenda_incidents", "executive_reporting")
    ]
    page = client_of("member").get(answer.url).text
    for words in [
        "Registreret efterfølgende den",
        cast.coordinator.name,
        "Rapporten sendes",
        "2/24",
    ]:
        assert words in page
    assert cast.chair.name in page
    assert "00.00" not in page
    got = client_of("member").get(reverse("earlier_minutes", args=[meeting.pk]))
    assert (b"".join(got), got.headers["Content-Type"]) == (PDF, "application/pdf")
    assert client_of("employee").get(answer.url).status_code == 404


def test_it_is_marked_wherever_it_is_shown(cast, client_of):
    meeting = register(cast)
    decision = meeting.decisions.get()
    client = client_of("coordinator")
    pages = ["meetings", "decisions"]
    urls = [reverse(name) for name in pages]
    urls += [decision.get_absolute_url(), meeting.get_absolute_url()]
    urls += [decision.item.get_absolute_url()]
    for url in urls:
        page = client.get(url).text
        assert "egistreret efterfølgende" in page, url
        assert "00.00" not in page, url
    assert client.get(reverse("meetings"), {"state": "registered"}).context["past"].object_list


def test_an_added_row_checks_nothing_and_loses_nothing(cast, client_of):
    client = client_of("coordinator")
    values = typed(cast, file=minutes(), add="items", day="i går")
    page = client.post(address(cast), values)
    assert page.status_code == 200
    form = page.context["form"]
    assert len(form.items.forms) == 3
    assert form.items.forms[0]["text"].value() == "Rapporten sendes."
    assert form.known["day"].value() == "i går"
    assert form.known["present"].value() == values["present"]
    assert "referat.pdf" in page.text
    # The minutes that came in are still there when the rest is put right.
    values = typed(cast, kept_file=form.kept_file)
    assert client.post(address(cast), values).status_code == 302
    assert Registration.objects.get().file.read() == PDF


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(cast, client_of):
    wrong = {
        "day": str(timezone.localdate()),
        "items-1-title": "Nødplan",
        "tasks-0-title": "Ring",
        "tasks-0-due": "2024-01-01",
    }
    page = client_of("coordinator").post(address(cast), typed(cast, file=minutes(), **wrong))
    assert page.status_code == 400
    form = page.context["form"]
    assert [*form.known.errors] == ["day"]
    assert [*form.items.forms[0].errors] == []
    assert [*form.items.forms[1].errors] == ["outcome"]
    assert {*form.tasks.forms[0].errors} == {"owner", "due"}
    assert form.kept_file
    assert form.items.forms[1]["title"].value() == "Nødplan"
    assert not Meeting.objects.filter(state="registered").exists()


@pytest.mark.parametrize(
    ("file", "word"),
    [
        (None, "Vælg en fil"),
        (minutes(b"\x89PNG\r\n\x1a\n", "referat.png"), "PDF- eller Word-fil"),
        (minutes(b"ikke en pdf"), "passer ikke til endelsen"),
        (minutes(b""), "tom"),
    ],
)
def test_minutes_must_come_as_pdf_or_word(cast, client_of, file, word):
    more = {"file": file} if file else {}
    page = client_of("coordinator").post(address(cast), typed(cast, **more))
    assert page.status_code == 400
    assert word in page.context["form"].known.errors["file"][0]


def test_minutes_that_somebody_else_sent_cannot_be_taken(cast, client_of):
    page = client_of("coordinator").post(address(cast), typed(cast, file=minutes(), add="items"))
    kept = page.context["form"].kept_file
    answer = client_of("chair").post(address(cast), typed(cast, kept_file=kept))
    assert "file" in answer.context["form"].known.errors


def test_a_closed_decision_closes_the_minutes_too(cast, client_of):
    item = EarlierItem(title="Hemmelig", outcome="noted", is_closed=True, closed_ground="Drift")
    due = timezone.localdate() + timedelta(days=9)
    task = EarlierTask("Hemmelig opgave", cast.head_of_it, due)
    meeting = register(cast, items=[item], tasks=[task])
    url = reverse("earlier_minutes", args=[meeting.pk])
    for who, status in [
        ("member", 200),
        ("coordinator", 200),
        ("executive", 404),
        ("auditor", 404),
    ]:
        assert client_of(who).get(url).status_code == status, who
        shown = "Hemmelig" in client_of(who).get(meeting.get_absolute_url()).text
        assert shown is (status == 200), who


def test_the_way_there_is_for_those_who_prepare(cast, client_of):
    for who, shown in [("coordinator", True), ("chair", True), ("member", False)]:
        page = client_of(who).get(reverse("meetings")).text
        assert (address(cast) in page) is shown, who


def test_other_pages_of_a_meeting_are_not_there(cast, client_of):
    meeting = register(cast)
    client = client_of("coordinator")
    for name in ["minutes", "meeting_handover"]:
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 404
    assert client.get(reverse("meeting_pack", args=[meeting.pk, "pdf"])).status_code == 404
    for name in ["meeting_edit", "meeting_cancellation", "item_add"]:
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 403
    for name in ["meeting_answers", "conduct", "meeting_end", "meeting_changes", "meeting_call"]:
        assert client.get(reverse(name, args=[meeting.pk])).status_code in (302, 400, 403, 404), (
            name
        )
    assert client.get(reverse("meeting_history", args=[meeting.pk])).status_code == 200


def test_it_is_taken_back_on_a_page(cast, client_of):
    meeting = register(cast)
    url = reverse("earlier_withdrawal", args=[meeting.pk])
    assert client_of("chair").get(url).status_code == 403
    client = client_of("coordinator")
    assert client.post(url, {"because": ""}).status_code == 400
    assert client.post(url, {"because": "Forkert dag"}).status_code == 302
    assert "Forkert dag" in client.get(meeting.get_absolute_url()).text
    assert client.get(meeting.items.last().get_absolute_url()).status_code == 200
