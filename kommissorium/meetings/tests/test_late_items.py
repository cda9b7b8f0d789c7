"""Items added to an agenda after the call, and items taken off it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kommissorium.accounts.models import Person
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.agenda import add_item, change_item
from kommissorium.meetings.actions.call import add_late_item, call_meeting, withdraw_item
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import AgendaItem, Decision, Meeting

Browser = Callable[[str], Client]
PDF = b"%PDF-1.7\n%%EOF\n"
LATE = {
    "late_because": "Bruddet skete i går",
    "title": "Brud på sikkerheden",
    "type": "decision",
    "presentation": "<p>Sagen</p>",
}


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    call_meeting(meeting, by=cast.coordinator)
    return meeting


def addresses(meeting: Meeting) -> dict[str, str]:
    item = meeting.items.get(number=2)
    return {
        "late_item_add": reverse("late_item_add", args=[meeting.pk]),
        "late_file_add": reverse("late_file_add", args=[item.pk]),
        "item_withdrawal": reverse("item_withdrawal", args=[item.pk]),
    }


def test_only_who_keeps_the_meeting_gets_in(called: Meeting, client_of: Browser) -> None:
    for name, url in addresses(called).items():
        for who, status in [("employee", 404), ("member", 403), ("dpo", 403), ("auditor", 403)]:
            assert client_of(who).get(url).status_code == status, (name, who)
            assert client_of(who).post(url, LATE).status_code == status, (name, who)
        for who in ("coordinator", "chair", "deputy"):
            assert client_of(who).get(url).status_code == 200, (name, who)
            assert client_of(who).post(url).status_code == 400, (name, who)


def test_a_late_item_is_numbered_on_and_stands_last(called: Meeting, client_of: Browser) -> None:
    url = reverse("late_item_add", args=[called.pk])
    form = client_of("coordinator").get(url).text
    assert "Why does it come after the call?" in form
    assert 'name="edit_version"' not in form
    assert ">None<" not in "".join(form.split())
    file = SimpleUploadedFile("logbog.pdf", PDF)
    answer = client_of("coordinator").post(url, {**LATE, "attachments": file})
    assert answer.status_code == 302
    item = called.items.last()
    assert (item.number, item.position, item.label) == (9, 9, f"{called.label}-9")
    assert item.late_because == "Bruddet skete i går"
    assert item.attachments.get().late_because == "Bruddet skete i går"
    assert client_of("chair").post(url, LATE).status_code == 302
    assert list(called.items.values_list("number", flat=True)) == list(range(1, 11))
    acts = Event.objects.about(called).values_list("act", flat=True)
    assert "meetings.late_item_added" in acts


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_comes_late_without_a_reason(
    called: Meeting, client_of: Browser, reason: str
) -> None:
    browser, urls = client_of("coordinator"), addresses(called)
    answer = browser.post(urls["late_item_add"], {**LATE, "late_because": reason})
    assert answer.status_code == 400
    assert "Write why" in str(answer.context["form"].errors["late_because"])
    assert "Sagen" in answer.text
    file = SimpleUploadedFile("logbog.pdf", PDF)
    sent = {"attachments": file, "late_because": reason}
    answer = browser.post(urls["late_file_add"], sent)
    assert answer.status_code == 400
    assert answer.context["form"].errors["late_because"]
    answer = browser.post(urls["item_withdrawal"], {"because": reason})
    assert answer.status_code == 400
    assert answer.context["form"].errors["because"]
    assert called.items.count() == 8
    assert not called.items.exclude(withdrawn_because="").exists()


def test_a_late_closed_item_needs_its_ground_too(called: Meeting, client_of: Browser) -> None:
    url = reverse("late_item_add", args=[called.pk])
    answer = client_of("coordinator").post(url, {**LATE, "is_closed": "on"})
    assert answer.status_code == 400
    assert answer.context["form"].errors["closed_ground"]


def test_a_late_file_is_marked_and_a_dangerous_one_refused(
    called: Meeting, client_of: Browser
) -> None:
    url = addresses(called)["late_file_add"]
    browser = client_of("coordinator")
    evil = {"attachments": SimpleUploadedFile("virus.exe", b"MZ"), "late_because": "Ny"}
    answer = browser.post(url, evil)
    assert answer.status_code == 400
    assert answer.context["form"].errors["attachments"]
    good = {"attachments": SimpleUploadedFile("logbog.pdf", PDF), "late_because": "Ny rapport"}
    assert browser.post(url, good).status_code == 302
    item = called.items.get(number=2)
    assert item.attachments.get().late_because == "Ny rapport"
    page = client_of("member").get(item.get_absolute_url()).text
    assert "Ny rapport" in page


def test_a_withdrawn_item_keeps_number_text_and_reason(called: Meeting, client_of: Browser) -> None:
    url = addresses(called)["item_withdrawal"]
    browser = client_of("coordinator")
    assert browser.post(url, {"because": "Bilaget mangler"}).status_code == 302
    item = called.items.get(number=2)
    assert item.withdrawn_because == "Bilaget mangler"
    assert called.items.count() == 8
    assert "Bilaget mangler" in client_of("member").get(item.get_absolute_url()).text
    again = browser.post(url, {"because": "Igen"})
    assert again.status_code == 400
    assert "done already" in again.text
    item.refresh_from_db()
    assert item.withdrawn_because == "Bilaget mangler"


def test_before_the_call_and_after_the_meeting_it_is_refused_in_words(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    url = reverse("late_item_add", args=[meeting.pk])
    answer = browser.post(url, LATE)
    assert (answer.status_code, "has not been called yet" in answer.text) == (400, True)
    call_meeting(meeting, by=cast.coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    for address in addresses(meeting).values():
        answer = browser.post(address, LATE)
        assert (answer.status_code, "meeting is over" in answer.text) == (400, True)
    assert meeting.items.count() == 8


def test_somebody_who_is_a_step_behind_is_refused(meeting: Meeting, cast: Cast) -> None:
    behind = Meeting.objects.select_related("committee").get(pk=meeting.pk)
    item = AgendaItem.objects.select_related("meeting__committee").get(pk=meeting.items.first().pk)
    call_meeting(meeting, by=cast.coordinator)
    with pytest.raises(Refused, match="moved on"):
        add_item(behind, by=cast.coordinator, title="Nyt", type="decision")
    texts: dict[str, Any] = {"recommendation": "", "presentation": "", "closed_ground": ""}
    with pytest.raises(Refused, match="moved on"):
        change_item(
            item,
            by=cast.coordinator,
            title="Andet",
            type="decision",
            is_closed=False,
            edit_version=item.edit_version,
            **texts,
        )
    late = {"late_because": "Nu", "title": "Nyt", "type": "decision"}
    called = Meeting.objects.select_related("committee").get(pk=meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.HELD)
    with pytest.raises(Refused, match="moved on"):
        add_late_item(called, by=cast.coordinator, **late)
    with pytest.raises(PermissionDenied):
        withdraw_item(called.items.first(), by=cast.member, because="Fordi")
    assert meeting.items.count() == 8


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Andet"},
        {"number": 99},
        {"position": 99},
        {"presentation": "<p>Andet</p>"},
        {"late_because": "Andet"},
        {"facts": {"made_at": "2026-01-01T00:00:00+00:00", "tables": []}},
    ],
)
def test_the_database_keeps_a_called_agenda_as_it_was(
    called: Meeting, change: dict[str, Any]
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        called.items.filter(number=2).update(**change)


def test_the_page_of_an_item_offers_what_can_still_be_done(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    item = meeting.items.all()[1]
    url = item.get_absolute_url()
    late = [reverse(name, args=[item.pk]) for name in ("late_file_add", "item_withdrawal")]
    change = [reverse(name, args=[item.pk]) for name in ("item_edit", "item_removal")]

    def offered(who: str) -> list[bool]:
        page = client_of(who).get(url).text
        return [f'href="{address}"' in page for address in (*change, *late)]

    assert offered("coordinator") == [True, True, False, False]
    assert offered("member") == [False] * 4
    call_meeting(meeting, by=cast.coordinator)
    assert offered("coordinator") == [False, False, True, True]
    assert offered("member") == [False] * 4
    for address in change:
        assert client_of("coordinator").post(address).status_code == 403


def test_nothing_is_decided_under_any_other_business(
    meeting: Meeting, cast: Cast, client_of: Browser
) -> None:
    item = meeting.items.last()
    browser, url = client_of("coordinator"), item.get_absolute_url()
    assert item.measure == "agenda_any_other_business"
    assert reverse("item_add", args=[meeting.pk]) in browser.get(url).text
    edit = reverse("item_edit", args=[item.pk])
    assert "Nothing can be decided here" in browser.get(edit).text
    sent = {"title": "Eventuelt", "type": "decision", "edit_version": str(item.edit_version)}
    answer = browser.post(edit, sent)
    assert answer.status_code == 400
    assert "any other business" in str(answer.context["form"].errors["type"])
    call_meeting(meeting, by=cast.coordinator)
    page = browser.get(url).text
    assert "Nothing can be decided here" in page
    assert reverse("late_item_add", args=[meeting.pk]) in page
    member = client_of("member").get(url).text
    assert "Nothing can be decided here" in member
    assert reverse("late_item_add", args=[meeting.pk]) not in member


def test_an_item_can_come_again_every_time(meeting: Meeting, client_of: Browser) -> None:
    browser = client_of("coordinator")
    sent = {"title": "Fast punkt", "type": "discussion", "is_recurring": "on"}
    assert browser.post(reverse("item_add", args=[meeting.pk]), sent).status_code == 302
    item = meeting.items.get(title="Fast punkt")
    assert item.is_recurring
    assert "Comes again every time" in browser.get(item.get_absolute_url()).text
    edit = reverse("item_edit", args=[item.pk])
    assert browser.get(edit).context["form"]["is_recurring"].value() is True
    sent = {"title": "Fast punkt", "type": "discussion", "edit_version": str(item.edit_version)}
    assert browser.post(edit, sent).status_code == 302
    item.refresh_from_db()
    assert not item.is_recurring


def told(item: AgendaItem) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(kind="meetings.late_item", key=str(item.pk)))


def test_who_was_called_is_told_at_once_with_the_matter(cast: Cast, called: Meeting) -> None:
    item = add_late_item(called, by=cast.coordinator, **LATE)
    mails = told(item)
    assert {mail.recipient for mail in mails} >= {cast.chair.email, cast.member.email}
    assert cast.coordinator.email not in {mail.recipient for mail in mails}
    for mail in mails:
        assert "Brud på sikkerheden" in mail.body and "Bruddet skete i går" in mail.body
        assert "Sagen" in mail.body and item.get_absolute_url() in mail.body


def test_what_the_chair_decides_after_the_call_is_told_to_that_meeting(
    cast: Cast, called: Meeting
) -> None:
    plan = {
        "title": "Køb af firewall",
        "text": "<p>Den købes.</p>",
        "why_now": "Tilbuddet udløber.",
    }
    decision = decide_as_chair(
        cast.committee, by=cast.chair, weighing={}, is_impartial=True, **plan
    )
    item = called.items.get(subject_kind="meetings.decision")
    assert (item.subject_id, item.type) == (str(decision.pk), AgendaItem.Type.INFORMATION)
    assert item.late_because == "It was decided after the call."
    assert item == called.items.order_by("number").last()
    assert decision.number in item.title and "Den købes" in item.presentation
    assert {mail.recipient for mail in told(item)} >= {cast.member.email}
    assert not Decision.objects.unreported().exists()


def test_of_a_closed_item_is_told_only_that_there_is_one(cast: Cast, called: Meeting) -> None:
    closed = {"is_closed": True, "closed_ground": "Sikkerhed"}
    for mail in told(add_late_item(called, by=cast.coordinator, **LATE, **closed)):
        said = f"{mail.subject} {mail.body}"
        assert "Closed item" in said
        for secret in ("Brud på sikkerheden", "Bruddet skete", "Sagen"):
            assert secret not in said
