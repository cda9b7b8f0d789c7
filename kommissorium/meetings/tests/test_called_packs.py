"""The pack of a called meeting: numbers, lateness, the registers' facts and the last minutes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import leave_seat
from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence.actions import freeze
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.call import (
    add_late_item,
    attach_late,
    call_meeting,
    withdraw_item,
)
from kommissorium.meetings.models import Approval, Meeting, Minutes
from kommissorium.meetings.pack_builder import pack_of, write_pack

Browser = Callable[[str], Client]
FULL, OPEN = b"%PDF-1.7 full\n%%EOF\n", b"%PDF-1.7 open\n%%EOF\n"
FACTS = {
    "made_at": "2026-11-25T10:00:00+00:00",
    "tables": [
        {
            "key": "open",
            "heading": "Opgaver i gang",
            "lead": "1 opgave er åben.",
            "columns": ["Opgave", "Hvem"],
            "rows": [{"key": "tasks.task:1", "cells": ["Skift firewall", "Jens"], "link": ""}],
        }
    ],
}


@pytest.fixture
def cast(cast: Cast) -> Iterator[Cast]:
    Person.objects.update(language="en")
    with translation.override("en"):
        yield cast


def text_of(data: bytes) -> str:
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join("".join(page.extract_text() for page in pages).split())


def word_of(data: bytes) -> str:
    import docx

    body = docx.Document(io.BytesIO(data)).element.body
    return " ".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    """A called meeting with a late item and file, a withdrawn item, and facts of a register."""
    call_meeting(meeting, by=cast.coordinator, facts={meeting.items.all()[3].pk: FACTS})
    late = add_late_item(
        meeting, by=cast.chair, late_because="Brud i går", title="Bruddet", type="decision"
    )
    attach_late(late, by=cast.chair, name="log.txt", data=b"log", late_because="Kom i nat")
    withdraw_item(meeting.items.get(number=2), by=cast.chair, because="Bilag mangler")
    return meeting


def test_the_pack_says_number_lateness_withdrawal_and_facts(called: Meeting) -> None:
    for form, read in [("pdf", text_of), ("print", text_of), ("docx", word_of)]:
        text = read(write_pack(called, form, with_closed=True))
        for words in (
            called.label,
            "Added after the call: Brud i går",
            "Withdrawn: Bilag mangler",
            "Kom i nat",
            "From the registers",
            "Skift firewall",
        ):
            assert words in text, (form, words)


def test_numbers_are_those_of_the_call_and_none_is_skipped(called: Meeting) -> None:
    data = json.loads(write_pack(called, "json", with_closed=True))
    assert data["number"] == called.label
    assert [item["number"] for item in data["items"]] == list(range(1, 10))
    assert data["items"][8]["late_because"] == "Brud i går"
    assert data["items"][8]["attachments"][0]["late_because"] == "Kom i nat"
    assert data["items"][1]["withdrawn_because"] == "Bilag mangler"
    assert "Skift firewall" in data["items"][3]["facts"]


def test_the_frozen_agenda_is_the_one_that_was_called(called: Meeting) -> None:
    frozen = json.loads(called.call.record.content)
    assert frozen["number"] == called.label
    assert [item["number"] for item in frozen["items"]] == list(range(1, 9))
    assert "Bruddet" not in called.call.record.content
    assert "Skift firewall" in text_of(bytes(called.call.record.pdf))


def test_people_are_those_who_were_called(called: Meeting, cast: Cast) -> None:
    holding = cast.member.holdings.get()
    leave_seat(holding, by=cast.coordinator, to_date=timezone.localdate())
    names = [seat.name for seat in pack_of(called).seats]
    assert cast.member.name in names
    assert len(names) == called.attendances.count()


@pytest.fixture
def minutes(cast: Cast, meeting: Meeting) -> Minutes:
    """Approved minutes of an earlier meeting, presented under item 1 of the fixture's."""
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(60, 13),
        ends_at=in_days(60, 15),
        place="Rådhuset",
    )
    call_meeting(meeting, by=cast.coordinator)
    minutes = Minutes.objects.create(
        meeting=meeting,
        sent_at=timezone.now(),
        review_until=timezone.localdate() + timedelta(days=1),
        presented_at=later.items.first(),
    )
    record, open_record = (
        freeze(kind, minutes, by=cast.chair, content={}, pdf=pdf)
        for kind, pdf in (("meetings.minutes", FULL), ("meetings.minutes_open", OPEN))
    )
    Approval.objects.create(
        minutes=minutes,
        at=timezone.now(),
        by=cast.chair,
        capacity="chair",
        record=record,
        open_record=open_record,
    )
    return minutes


def test_the_last_minutes_lie_under_their_item_in_the_edition_the_reader_may_see(
    minutes: Minutes, client_of: Browser
) -> None:
    item = minutes.presented_at
    assert item is not None
    url = reverse("meeting_pack", args=[item.meeting_id, "pdf"])
    for who, expected, other in [("member", FULL, OPEN), ("auditor", OPEN, FULL)]:
        reader = PdfReader(io.BytesIO(client_of(who).get(url).getvalue()))
        inside = [file for files in reader.attachments.values() for file in files]
        assert expected in inside, who
        assert other not in inside, who


@pytest.mark.parametrize("form", ["pdf", "print", "docx", "json"])
def test_nothing_of_a_closed_item_is_in_the_open_edition(
    meeting: Meeting, cast: Cast, form: str
) -> None:
    canary = "Kanariefugl"
    closed: dict[str, Any] = {"type": "decision", "is_closed": True, "closed_ground": canary}
    item = add_item(meeting, by=cast.coordinator, title=canary, **closed)
    facts = json.loads(json.dumps(FACTS).replace("Skift firewall", canary))
    call_meeting(meeting, by=cast.coordinator, facts={item.pk: facts})
    late = add_late_item(meeting, by=cast.coordinator, late_because=canary, title=canary, **closed)
    attach_late(late, by=cast.chair, name=f"{canary}.txt", data=b"x", late_because=canary)
    withdraw_item(late, by=cast.coordinator, because=canary)
    data = write_pack(meeting, form, with_closed=False)
    reader = {"pdf": text_of, "print": text_of, "docx": word_of}.get(form, bytes.decode)
    assert canary not in reader(data)
    assert canary in reader(write_pack(meeting, form, with_closed=True))
