"""The meeting page: who is there, what is written down, and who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.attendance import (
    note_absence,
    note_apology,
    note_presence,
    undo_absence,
)
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.open_and_close import (
    leader_of,
    open_meeting,
    reasons_against_decisions,
)
from kommissorium.meetings.actions.proceedings import (
    note_dissent,
    save_field,
    undo_dissent,
)
from kommissorium.meetings.conduct_page import people_at
from kommissorium.meetings.entitled_people import has_quorum
from kommissorium.meetings.minutes_builder import protocol_of
from kommissorium.meetings.models import Absence, AgendaItem, Attendance, Dissent, Meeting
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import QuarterTask, Task
from kommissorium.tasks.quarters import next_quarter, quarter_of

HX = {"HX-Request": "true"}


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    """The meeting, called, with a closed item and one that recommends something."""
    add_item(
        meeting,
        by=cast.coordinator,
        title="Ny firewall",
        type="decision",
        recommendation="<p>At købe den.</p>",
    )
    add_item(
        meeting,
        by=cast.coordinator,
        title="Hemmelig svaghed",
        type="decision",
        is_closed=True,
        closed_ground="Sårbarhed",
    )
    call_meeting(meeting, by=cast.coordinator)
    return meeting


@pytest.fixture
def deputy_of_chair(cast: Cast, called: Meeting) -> Attendance:
    """An idle deputy of the chair's own seat, called like the others."""
    seat = cast.committee.seats.get(role="chair")
    return Attendance.objects.create(
        meeting=called, seat=seat, person=cast.system_owner, capacity="deputy"
    )


def place(meeting: Meeting, person: Any) -> Attendance:
    return meeting.attendances.select_related("person", "meeting__committee").get(person=person)


def item_named(meeting: Meeting, title: str) -> AgendaItem:
    rows = meeting.items.select_related("meeting__committee", "clause", "proceedings")
    return rows.get(title=title)


def come(cast: Cast, meeting: Meeting, *who: str) -> None:
    for name in who:
        note_presence(place(meeting, cast.who(name)), by=cast.coordinator, presence="present")


def conduct_item(item: AgendaItem) -> str:
    return reverse("conduct_item", args=[item.meeting_id, item.number])


# Pages


def test_who_prepares_writes_and_who_reads_is_sent_to_the_meeting(called, client_of):
    item = called.items.get(number=1)
    for url in (reverse("conduct", args=[called.pk]), conduct_item(item)):
        for who in ("coordinator", "chair", "deputy"):
            assert client_of(who).get(url).status_code == 200, who
        for who in ("member", "dpo", "auditor", "executive"):
            assert client_of(who).get(url).url == called.get_absolute_url(), who
        assert client_of("employee").get(url).status_code == 404


def test_a_meeting_that_is_not_called_cannot_be_held(meeting, client_of):
    url = reverse("conduct", args=[meeting.pk])
    assert client_of("coordinator").get(url).url == meeting.get_absolute_url()


def test_an_item_that_is_not_there_is_not_found(called, client_of):
    url = reverse("conduct_item", args=[called.pk, 99])
    assert client_of("coordinator").get(url).status_code == 404


def test_opening_notes_the_time_once_and_leads_to_the_first_item(cast, called, client_of):
    url = reverse("meeting_opening", args=[called.pk])
    for who, status in [("member", 403), ("dpo", 403), ("employee", 404)]:
        assert client_of(who).post(url).status_code == status, who
    with time_is(called.starts_at):
        browser = client_of("coordinator")
        browser.force_login(cast.coordinator)
        assert browser.post(url).url == conduct_item(called.items.get(number=1))
        assert browser.get(url).url == reverse("conduct", args=[called.pk])
    called.refresh_from_db()
    first = called.opened_at
    open_meeting(called, by=cast.coordinator)
    assert first and called.opened_at == first
    event = Event.objects.get(act="meetings.meeting_opened")
    assert '"capacity":"secretary"' in event.facts


def test_opening_before_the_day_asks_first(cast, called, client_of):
    url, browser = reverse("meeting_opening", args=[called.pk]), client_of("coordinator")
    asked = browser.post(url).url
    called.refresh_from_db()
    assert called.opened_at is None
    shown = browser.get(asked).text
    assert day(called.starts_at) in shown and "kl. kl." not in shown
    assert browser.post(asked).url == conduct_item(called.items.get(number=1))
    called.refresh_from_db()
    assert called.opened_at


@pytest.mark.parametrize("who", ["coordinator", "chair"])
def test_an_item_costs_few_queries_however_much_there_is(
    cast, called, client_of, django_assert_max_num_queries, who
):
    come(cast, called, "chair", "member", "dpo", "head_of_it")
    coming = called.items.get(clause__measure="agenda_coming_tasks")
    for number in range(15):
        give_task(
            by=cast.coordinator,
            title=f"Opgave {number}",
            owner=cast.member,
            due=timezone.localdate() + timedelta(days=number),
            committee=cast.committee,
            born=coming,
        )
    minutes = called.items.get(number=1)
    browser = client_of(who)
    browser.get(conduct_item(coming))
    for item in (coming, minutes, item_named(called, "Ny firewall")):
        with django_assert_max_num_queries(12):
            assert browser.get(conduct_item(item)).status_code == 200
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("conduct", args=[called.pk])).status_code == 200


def test_any_other_business_takes_no_decision_and_offers_a_late_item(cast, called, client_of):
    item = called.items.get(clause__measure="agenda_any_other_business")
    html = client_of("coordinator").get(conduct_item(item)).content.decode()
    assert reverse("late_item_add", args=[called.pk]) in html
    assert reverse("field_save", args=[item.pk, "discussion"]) in html
    assert reverse("field_save", args=[item.pk, "outcome"]) not in html
    for field, value in [
        ("outcome", "approved"),
        ("decision", "<p>Ja</p>"),
        ("security", "weaker"),
    ]:
        url = reverse("field_save", args=[item.pk, field])
        answer = client_of("coordinator").post(url, {"value": value, "version": 0}, headers=HX)
        assert answer.status_code == 400, field
    come(cast, called, "member")
    with pytest.raises(Refused):
        note_dissent(
            item, place(called, cast.member), by=cast.coordinator, kind="dissent", text="Nej"
        )


def test_the_item_of_the_minutes_is_confirmed_and_not_weighed(called, client_of):
    html = client_of("coordinator").get(conduct_item(called.items.get(number=1))).content.decode()
    assert "form-outcome" in html and "form-security" not in html
    assert 'value="rejected"' not in html
    other = item_named(called, "Ny firewall")
    assert "form-security" in client_of("coordinator").get(conduct_item(other)).content.decode()


# Attendance


def test_a_press_notes_who_is_there(cast, called, client_of):
    row = place(called, cast.member)
    url = reverse("attendance_presence", args=[row.pk])
    for who, status in [("member", 403), ("dpo", 403), ("employee", 404)]:
        assert client_of(who).post(url, {"presence": "present"}).status_code == status, who
    assert client_of("coordinator").post(url, {"presence": "present"}).status_code == 302
    row.refresh_from_db()
    assert row.is_present
    answer = client_of("coordinator").post(url, {"presence": "apology"}, headers=HX)
    assert answer.status_code == 200 and b"attendance-title" in answer.content
    row.refresh_from_db()
    assert (row.presence, row.answer, row.answered_by_way) == ("absent", "declined", "secretary")
    assert client_of("coordinator").post(url, {"presence": "absent"}).status_code == 302
    row.refresh_from_db()
    assert (row.presence, row.answer) == ("absent", "")
    assert client_of("coordinator").post(url, {"presence": "asleep"}).status_code == 400


def test_all_are_present_but_who_has_sent_apologies_or_is_noted(
    cast, called, client_of, deputy_of_chair
):
    called.attendances.filter(person=cast.member).update(answer="declined")
    note_presence(place(called, cast.dpo), by=cast.coordinator, presence="absent")
    url = reverse("all_present", args=[called.pk])
    for who, status in [("member", 403), ("dpo", 403), ("employee", 404)]:
        assert client_of(who).post(url).status_code == status, who
    browser = client_of("coordinator")
    assert url in browser.get(reverse("conduct", args=[called.pk])).content.decode()
    answer = browser.post(url, headers=HX)
    assert answer.status_code == 200 and url not in answer.content.decode()
    there = {one.person for one in called.attendances.present().select_related("person")}
    assert {cast.chair, cast.coordinator, cast.head_of_it} <= there
    assert there.isdisjoint({cast.member, cast.dpo, cast.system_owner})


def test_an_apology_of_ones_own_words_is_kept(cast, called):
    row = place(called, cast.member)
    Attendance.objects.filter(pk=row.pk).update(
        answer="declined", apology="Ferie", answered_by_way="page"
    )
    note_apology(row, by=cast.coordinator, reason="Andet")
    assert row.apology == "Ferie"
    note_presence(row, by=cast.coordinator, presence="absent")
    assert (row.answer, row.apology) == ("declined", "Ferie")


def test_a_deputy_nobody_named_stands_in_when_the_holder_is_away(cast, called, deputy_of_chair):
    note_presence(deputy_of_chair, by=cast.coordinator, presence="present")
    assert deputy_of_chair.has_vote
    assert leader_of(called) == deputy_of_chair
    with pytest.raises(Refused):
        note_presence(place(called, cast.chair), by=cast.coordinator, presence="present")
    note_presence(deputy_of_chair, by=cast.coordinator, presence="absent")
    assert not deputy_of_chair.stands_in
    come(cast, called, "chair")
    note_presence(deputy_of_chair, by=cast.coordinator, presence="present")
    assert deputy_of_chair.is_present and not deputy_of_chair.has_vote
    assert called.attendances.voting().present().count() == 1
    note_presence(place(called, cast.chair), by=cast.coordinator, presence="absent")
    deputy_of_chair.refresh_from_db()
    assert deputy_of_chair.has_vote


def test_a_deputy_the_holder_named_stays_named_although_they_did_not_come(
    cast, called, deputy_of_chair
):
    note_apology(place(called, cast.chair), by=cast.coordinator)
    Attendance.objects.filter(pk=deputy_of_chair.pk).update(stands_in_since=timezone.now())
    note_presence(deputy_of_chair, by=cast.coordinator, presence="absent")
    assert deputy_of_chair.stands_in
    come(cast, called, "chair")
    deputy_of_chair.refresh_from_db()
    assert not deputy_of_chair.stands_in


def test_presence_is_written_down_in_the_chain_without_names(cast, called):
    come(cast, called, "member")
    event = Event.objects.get(act="meetings.presence_noted")
    assert cast.member.name not in event.facts
    assert str(cast.member.pseudonym) in event.facts


# Away during an item


def test_conflict_of_interest_leaves_the_room_and_is_logged(cast, called, client_of):
    item = item_named(called, "Ny firewall")
    row = place(called, cast.head_of_it)
    url = reverse("absence_add", args=[item.pk])
    wish = {"attendance": row.pk, "ground": "conflict", "note": "Ejer aktier"}
    for who, status in [("member", 403), ("employee", 404)]:
        assert client_of(who).post(url, wish).status_code == status, who
    assert client_of("coordinator").post(url, wish).status_code == 400  # not present yet
    come(cast, called, "head_of_it", "chair")
    assert client_of("coordinator").post(url, wish).url.endswith("#people")
    assert item.absences.get().ground == "conflict"
    assert "Ejer aktier" not in Event.objects.get(act="meetings.absence_noted").facts
    kept = {"attendance": row.pk, "kind": "dissent", "text": "Nej"}
    answer = client_of("coordinator").post(reverse("dissent_add", args=[item.pk]), kept, headers=HX)
    assert answer.status_code == 400 and "Nej" in answer.content.decode()
    removal = reverse("absence_removal", args=[item.absences.get().pk])
    assert client_of("member").post(removal).status_code == 403
    assert client_of("coordinator").post(removal, headers=HX).status_code == 200
    assert not Absence.objects.exists()


@pytest.mark.parametrize(("ground", "count"), [("arrived_late", 5), ("left", 6), ("conflict", 1)])
def test_who_came_late_or_left_is_away_before_or_after(cast, called, ground, count):
    come(cast, called, "member")
    item = called.items.get(number=5)
    row = place(called, cast.member)
    note_absence(item, row, by=cast.coordinator, ground=ground, throughout=True)
    note_absence(item, row, by=cast.coordinator, ground=ground, note="igen")
    assert row.absences.count() == count
    undo_absence(row.absences.get(item=item), by=cast.coordinator)
    assert row.absences.count() == count - 1


def test_the_quorum_is_counted_for_each_item_and_only_where_one_is_laid_down(cast, called):
    come(cast, called, "chair", "member", "dpo")
    item = item_named(called, "Ny firewall")
    save_field(item, "outcome", "approved", by=cast.coordinator, version=0)
    assert not any("quorum" in reason for reason in reasons_against_decisions(called))
    cast.committee.__class__.objects.update(quorum=2)
    called.committee.refresh_from_db()
    assert has_quorum(called, people_at(called, item))
    note_absence(item, place(called, cast.member), by=cast.coordinator, ground="conflict")
    assert not has_quorum(called, people_at(called, item))
    assert has_quorum(called, people_at(called, called.items.get(number=2)))
    assert item.label in reasons_against_decisions(called)[-1]


@pytest.mark.parametrize("outcome", ["approved", "with_changes", "rejected"])
def test_what_only_says_that_something_is_decided_stops_the_meeting_from_ending(
    cast, called, outcome
):
    come(cast, called, "chair", "member")
    item = item_named(called, "Ny firewall")
    empty = "<p>Udvalget besluttede, om den gamle skal lukkes.</p>"
    save_field(item, "outcome", outcome, by=cast.coordinator, version=0)
    save_field(item, "decision", empty, by=cast.coordinator, version=0)
    refused = [one for one in reasons_against_decisions(called) if "hvad der gælder" in one]
    assert [item.label in one for one in refused] == ([] if outcome == "rejected" else [True])
    told = "<p>Udvalget besluttede, at den gamle lukkes den 1. maj.</p>"
    save_field(item, "decision", told, by=cast.coordinator, version=1)
    assert not any("hvad der gælder" in one for one in reasons_against_decisions(called))


# Dissent


def test_only_who_was_there_with_a_vote_can_dissent(cast, called, client_of):
    item = item_named(called, "Ny firewall")
    come(cast, called, "member", "dpo")
    for who in ("dpo", "chair"):
        with pytest.raises(Refused):
            note_dissent(
                item, place(called, cast.who(who)), by=cast.coordinator, kind="dissent", text="x"
            )
    url = reverse("dissent_add", args=[item.pk])
    row = place(called, cast.member)
    wish = {"attendance": row.pk, "kind": "reservation", "text": "For dyrt"}
    assert client_of("dpo").post(url, wish).status_code == 403
    assert client_of("coordinator").post(url, {**wish, "text": " "}).status_code == 400
    assert client_of("coordinator").post(url, wish).status_code == 302
    assert client_of("coordinator").post(url, wish).status_code == 400
    with pytest.raises(Refused):
        note_absence(item, row, by=cast.coordinator, ground="left")
    with pytest.raises(Refused):
        note_presence(row, by=cast.coordinator, presence="absent")
    dissent = Dissent.objects.get()
    with pytest.raises(PermissionDenied):
        undo_dissent(dissent, by=cast.dpo)
    removal = reverse("dissent_removal", args=[dissent.pk])
    assert client_of("coordinator").post(removal).status_code == 302
    assert not Dissent.objects.exists()


# Tasks


def test_a_task_is_born_in_place(cast, called, client_of):
    item = item_named(called, "Hemmelig svaghed")
    url = reverse("item_task_add", args=[item.pk])
    due = timezone.localdate() + timedelta(days=20)
    wish = {"title": "Luk porten", "owner": cast.head_of_it.pk, "due": due}
    assert client_of("member").post(url, wish).status_code == 403
    assert client_of("auditor").post(url, wish).status_code == 404
    answer = client_of("coordinator").post(url, {**wish, "due": ""}, headers=HX)
    assert answer.status_code == 400 and "Luk porten" in answer.content.decode()
    assert "Luk porten" in client_of("coordinator").post(url, wish, headers=HX).content.decode()
    task = Task.objects.get()
    assert task.is_closed and task.committee == cast.committee and task.born_id == str(item.pk)
    assert task.born_link == item.get_absolute_url()


def test_the_coming_quarters_tasks_are_chosen_at_their_item(cast, called, client_of):
    item = called.items.get(clause__measure="agenda_coming_tasks")
    quarter = next_quarter(quarter_of(timezone.localdate(called.starts_at)))
    soon, late = (
        give_task(
            by=cast.coordinator, title=title, owner=cast.member, due=due, committee=cast.committee
        )
        for title, due in [("Nu", quarter), ("Sent", next_quarter(quarter))]
    )
    html = client_of("coordinator").get(conduct_item(item)).content.decode()
    assert "Nu (" in html and "Sent (" not in html
    url = reverse("choice_add", args=[item.pk])
    assert client_of("coordinator").post(url, {}).status_code == 400
    assert client_of("coordinator").post(url, {"tasks": [late.pk]}).status_code == 400
    assert client_of("coordinator").post(url, {"tasks": [soon.pk]}).status_code == 302
    row = QuarterTask.objects.get()
    assert (row.task, row.quarter, row.born_id) == (soon, quarter, str(item.pk))
    [told] = [one for each in protocol_of(called).items for one in each.tasks]
    assert told.title == f"Nu (givet {day(timezone.localdate())})", (
        "it was there before the meeting"
    )
    removal = reverse("choice_removal", args=[item.pk, row.pk])
    assert client_of("dpo").post(removal).status_code == 403
    assert client_of("coordinator").post(removal, headers=HX).status_code == 200
    assert not QuarterTask.objects.exists()


def test_what_is_approved_is_written_no_more(cast, called, client_of):
    item = item_named(called, "Ny firewall")
    come(cast, called, "member")
    row = place(called, cast.member)
    Meeting.objects.filter(pk=called.pk).update(state="approved")
    item.meeting.refresh_from_db()
    with pytest.raises(PermissionDenied):
        note_absence(item, row, by=cast.coordinator, ground="left")
    url = reverse("item_task_add", args=[item.pk])
    assert client_of("coordinator").post(url, {}).status_code == 403
    assert client_of("coordinator").get(conduct_item(item)).status_code == 302


def test_the_time_before_the_meeting_stops_only_the_closing(cast, called, client_of):
    with time_is(in_days(29, 9)):
        come(cast, called, "member")
        assert client_of("coordinator").get(reverse("conduct", args=[called.pk])).status_code == 200
