"""Planning, moving and cancelling meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.reader import builtin, read_text
from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.site import keep_host
from kommissorium.meetings.actions.calendar import item_title, plan_meeting
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.calendar_entries import calendar_file, calendar_uid
from kommissorium.meetings.models import Meeting

Browser = Callable[[str], Client]


def fields(days: int = 40, start: str = "13:00", end: str = "15:00", **more: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=days)
    return {"date": day.isoformat(), "start": start, "end": end, "place": "Rådhuset", **more}


def plan_url(cast: Cast) -> str:
    return reverse("meetings_plan", args=[cast.committee.pk])


def planned_form(response: Any) -> dict[str, str]:
    """Return the proposal page's rows as a browser would send them."""
    rows = response.context["rows"]
    sent = {"form-TOTAL_FORMS": str(len(rows.forms)), "form-INITIAL_FORMS": str(len(rows.forms))}
    for row in rows:
        sent[f"{row.prefix}-chosen"] = "on"
        sent[f"{row.prefix}-date"] = row.initial["date"].isoformat()
        sent[f"{row.prefix}-start"] = f"{row.initial['start']:%H:%M}"
        sent[f"{row.prefix}-end"] = f"{row.initial['end']:%H:%M}"
        sent[f"{row.prefix}-place"] = "Rådhuset"
        sent[f"{row.prefix}-link"] = ""
    return sent


def test_the_years_four_meetings_are_planned_with_an_agenda_of_eight(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    sent = planned_form(browser.get(plan_url(cast)))
    assert sent["form-TOTAL_FORMS"] == "4"
    assert browser.post(plan_url(cast), sent).status_code == 302
    meetings = Meeting.objects.all()
    assert [meeting.items.count() for meeting in meetings] == [8, 8, 8, 8]
    assert meetings[0].items.first().title
    assert Event.objects.filter(act="meetings.meeting_planned").count() == 4


def test_a_row_that_is_wrong_stops_all_and_says_why_beside_it(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    sent = planned_form(browser.get(plan_url(cast)))
    sent["form-1-date"] = "2020-01-02"
    sent["form-2-end"] = "12:00"
    sent["form-3-date"] = sent["form-0-date"]
    response = browser.post(plan_url(cast), sent)
    assert response.status_code == 400
    rows = response.context["rows"].forms
    assert "fortiden" in rows[1].errors["date"][0] or "past" in rows[1].errors["date"][0]
    assert rows[2].errors["end"]
    assert rows[3].errors["date"]
    assert not Meeting.objects.exists()
    assert b"2020-01-02" in response.content


def test_an_unchosen_row_is_not_looked_at(cast: Cast, client_of: Browser) -> None:
    browser = client_of("coordinator")
    sent = planned_form(browser.get(plan_url(cast)))
    del sent["form-1-chosen"]
    sent["form-1-date"] = "2020-01-02"
    assert browser.post(plan_url(cast), sent).status_code == 302
    assert Meeting.objects.count() == 3
    for row in range(4):
        sent.pop(f"form-{row}-chosen", None)
    assert browser.post(plan_url(cast), sent).status_code == 400


def test_only_who_prepares_may_plan(cast: Cast, client_of: Browser) -> None:
    url = reverse("meeting_add", args=[cast.committee.pk])
    expected = [("dpo", 403), ("member", 403), ("employee", 404), ("administrator", 404)]
    for who, status in [*expected, ("auditor", 403), ("chair", 302), ("coordinator", 302)]:
        days = 40 if who != "coordinator" else 60
        assert client_of(who).post(url, fields(days)).status_code == status, who
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (fields(-3), "date"),
        (fields(end="12:00"), "end"),
        (fields(end="13:00"), "end"),
        (fields(start="25:00"), "start"),
        ({**fields(), "date": "i morgen"}, "date"),
        ({**fields(), "link": "javascript:alert(1)"}, "link"),
        ({**fields(), "place": "x" * 300}, "place"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(
    cast: Cast, client_of: Browser, sent: dict[str, Any], field: str
) -> None:
    url = reverse("meeting_add", args=[cast.committee.pk])
    response = client_of("coordinator").post(url, sent)
    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert not Meeting.objects.exists()


def test_two_meetings_at_one_time_are_refused(cast: Cast, client_of: Browser) -> None:
    url = reverse("meeting_add", args=[cast.committee.pk])
    browser = client_of("coordinator")
    assert browser.post(url, fields()).status_code == 302
    response = browser.post(url, fields(start="14:30", end="16:00"))
    assert response.status_code == 400
    assert response.context["form"].errors["date"]
    assert browser.post(url, fields(start="15:00", end="16:00")).status_code == 302


def test_moving_keeps_the_identity_and_raises_the_sequence(
    meeting: Meeting, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    url = reverse("meeting_edit", args=[meeting.pk])
    assert browser.post(url, fields(50, edit_version=1)).status_code == 302
    moved = Meeting.objects.get()
    assert (moved.uid, moved.sequence, moved.edit_version) == (meeting.uid, 1, 2)
    late = browser.post(url, fields(55, edit_version=1))
    assert late.status_code == 409
    assert Meeting.objects.get().starts_at == moved.starts_at
    assert "Rådhuset" in late.content.decode()


def test_saved_as_it_was_nothing_is_changed_and_nobody_told(
    cast: Cast, meeting: Meeting, client_of: Browser
) -> None:
    call_meeting(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    before = (meeting.sequence, meeting.edit_version)
    mails, events = OutboxMail.objects.count(), Event.objects.count()
    browser, url = client_of("coordinator"), reverse("meeting_edit", args=[meeting.pk])
    form = browser.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    told = browser.post(url, typed, follow=True)
    assert "Intet blev ændret" in told.content.decode()
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.edit_version) == before
    assert (OutboxMail.objects.count(), Event.objects.count()) == (mails, events)


def test_a_cancelled_meeting_needs_a_reason_and_stays_to_be_read(
    meeting: Meeting, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    url = reverse("meeting_cancellation", args=[meeting.pk])
    assert browser.post(url, {"because": " "}).status_code == 400
    assert browser.post(url, {"because": "Budgetseminar"}).status_code == 302
    page = client_of("member").get(meeting.get_absolute_url())
    assert "Budgetseminar" in page.content.decode()
    assert browser.post(url, {"because": "igen"}).status_code == 403


def test_the_calendar_file_holds_time_place_and_no_agenda(
    meeting: Meeting, client_of: Browser
) -> None:
    response = client_of("member").get(reverse("meeting_calendar", args=[meeting.pk]))
    calendar = icalendar.Calendar.from_ical(response.content)
    event = calendar.walk("VEVENT")[0]
    assert event["UID"].startswith(str(meeting.uid))
    assert event.decoded("DTSTART") == meeting.starts_at
    assert event["LOCATION"] == meeting.place
    assert meeting.items.first().title not in response.content.decode()
    assert "METHOD:PUBLISH" in response.content.decode()


def test_a_change_of_the_programs_address_leaves_the_meeting_its_name_in_calendars(
    meeting: Meeting, settings: Any
) -> None:
    before = calendar_uid(meeting)
    settings.SITE_URL = "https://udvalg.nyt-navn.example"
    again = Meeting.objects.get(pk=meeting.pk)
    assert calendar_uid(again) == before == f"{meeting.uid}@127.0.0.1"
    assert f"UID:{before}" in calendar_file([again], "Udvalget").decode()


def test_meetings_of_before_keep_the_name_they_had_in_calendars(meeting: Meeting) -> None:
    before = calendar_uid(meeting)
    Meeting.objects.update(calendar_host=None)
    _column, fill, _state = keep_host("meeting", "meetings_meeting")
    editor = Mock()
    fill.code(None, editor)
    with connection.cursor() as cursor:
        cursor.execute(*editor.execute.call_args.args)
    assert calendar_uid(Meeting.objects.get(pk=meeting.pk)) == before


def test_the_list_warns_until_the_calendar_reaches_half_a_year(
    cast: Cast, client_of: Browser
) -> None:
    browser, url = client_of("coordinator"), reverse("meetings")
    assert browser.get(url).context["reaches"][0].warning
    add = reverse("meeting_add", args=[cast.committee.pk])
    browser.post(add, {**fields(200), "place": ""})
    assert browser.get(url).context["reaches"][0].warning
    browser.post(add, fields(201))
    assert not browser.get(url).context["reaches"][0].warning


def test_past_and_coming_meetings_cost_the_same_queries(
    cast: Cast, client_of: Browser, django_assert_max_num_queries: Any
) -> None:
    for days in range(30, 330, 10):
        plan_meeting(
            cast.committee,
            by=cast.coordinator,
            starts_at=in_days(days, 9),
            ends_at=in_days(days, 10),
        )
    browser = client_of("coordinator")
    browser.get(reverse("meetings"))
    with django_assert_max_num_queries(12):
        browser.get(reverse("meetings"))


def test_a_new_version_of_the_mandate_demands_no_item_twice(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    text = builtin("da")
    draft = draft_mandate(cast.committee, read_text(text), by=cast.coordinator, source_text=text)
    today = timezone.localdate()
    approve_mandate(draft, by=cast.chair, adopted_by="Direktionen", effective_from=today)
    page = client_of("coordinator").get(meeting.get_absolute_url())
    assert page.context["missing"] == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rapport til direktionen (1-4 gange årligt)", "Rapport til direktionen"),
        ("Rapport til direktionen (en til fire gange om året).", "Rapport til direktionen"),
        ("Report (twice a year)", "Report"),
        ("Godkendelse af referat (udkast)", "Godkendelse af referat (udkast)"),
    ],
)
def test_a_heading_leaves_out_how_often(text: str, title: str) -> None:
    assert item_title(text) == title


def test_whoever_follows_no_committee_is_not_told_to_plan(cast, meeting, client_of):
    text = client_of("employee").get(reverse("meetings")).content.decode()
    assert "Du har ingen kommende møder." in text and "Der er ikke planlagt møder" not in text
