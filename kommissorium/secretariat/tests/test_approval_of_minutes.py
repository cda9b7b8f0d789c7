"""Minutes are sent out by the chair and approved by the committee's next meeting."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from kommissorium.conftest import Cast, in_days
from kommissorium.core.refusals import Refused
from kommissorium.core.tests.documents.pdfs import text_of
from kommissorium.meetings.actions.agenda import remove_item
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.open_and_close import reasons_against_ending
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.minutes_editions import write_minutes
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.models.agenda import OF_MINUTES
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.tests.test_cycle import approved, hold

pytestmark = pytest.mark.django_db
CHANGES = "Jens deltog ikke i punkt 3"


def word_text(docx: bytes) -> str:
    return "\n".join(line.text for line in Document(io.BytesIO(docx)).paragraphs)


@pytest.fixture
def later(cast: Cast, meeting: Meeting) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )


def minutes_item(meeting: Meeting) -> AgendaItem:
    return next(item for item in meeting.items.select_related("clause") if item.confirms_minutes)


def test_sent_out_then_approved_with_changes_on_the_page_and_in_every_file(
    cast: Cast, meeting: Meeting, later: Meeting, client_of: Any
) -> None:
    call(meeting, by=cast.coordinator)
    hold(cast, meeting, {})
    minutes = approved(cast, meeting)
    sent = bytes(minutes.approval.record.pdf or b"")
    assert write_minutes(minutes.meeting, "pdf", with_closed=True) == sent
    assert "Udsendt af" in text_of(sent)
    assert "skal godkende referatet på sit næste møde" in text_of(sent)
    call(later, by=cast.coordinator)
    item = minutes_item(later)
    save_field(item, "decision", f"<p>{CHANGES}</p>", by=cast.coordinator, version=0)
    hold(cast, later, {item.number or 0: "with_changes"})
    found = Meeting.objects.get(pk=meeting.pk)
    assert found.get_state_display() == "Referat godkendt"
    for text in (
        text_of(write_minutes(found, "pdf", with_closed=True)),
        word_text(write_minutes(found, "docx", with_closed=True)),
        client_of("member").get(f"/meetings/{meeting.pk}/minutes/").content.decode(),
    ):
        assert f"Godkendt med ændringer på møde {later.label}" in text
        assert CHANGES in text
        assert "på sit næste møde" not in text
    client = client_of("member")
    assert client.get(reverse("minutes_file", args=[meeting.pk, "pdf-sent"])).content == sent
    with pytest.raises(Refused, match="står fast"):
        save_field(item, "outcome", "deferred", by=cast.coordinator, version=1)


def test_forgetting_it_asks_whatever_type_the_item_has(
    cast: Cast, meeting: Meeting, later: Meeting
) -> None:
    call(meeting, by=cast.coordinator)
    hold(cast, meeting, {})
    approved(cast, meeting)
    later.items.update(type=AgendaItem.Type.INFORMATION)
    call(later, by=cast.coordinator)
    label = minutes_item(later).label
    assert any(label in reason for reason in reasons_against_ending(later))


def test_an_agenda_without_the_item_gets_one_even_after_it_was_removed(
    cast: Cast, meeting: Meeting, later: Meeting
) -> None:
    remove_item(minutes_item(later), by=cast.coordinator)
    call(meeting, by=cast.coordinator)
    hold(cast, meeting, {})
    minutes = approved(cast, meeting)
    item = minutes_item(later)
    assert (item.subject_kind, item.position, item.title) == (
        OF_MINUTES,
        1,
        "Godkendelse af referat",
    )
    remove_item(item, by=cast.coordinator)
    minutes.refresh_from_db()
    assert minutes.presented_at is None
    call(later, by=cast.coordinator)
    item = minutes_item(later)
    assert item.number == 1
    hold(cast, later, {1: "approved"})
    minutes.meeting.refresh_from_db()
    assert minutes.meeting.state == Meeting.State.CONFIRMED
    assert minutes.confirmation.item == item
