from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium import committees
from kommissorium.committees.actions.committee import change_habits
from kommissorium.committees.actions.mandates import discard_draft
from kommissorium.committees.actions.seats import (
    add_seat,
    end_seat,
    leave_seat,
    rename_seat,
    take_seat,
    undo_holding,
)
from kommissorium.conftest import LATE
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import PER_PAGE

ROOM = Path(committees.__file__).parent


@pytest.fixture
def url(cast):
    return reverse("committee_history", args=[cast.committee.pk])


def test_every_event_has_its_words():
    code = "\n".join(path.read_text() for path in (ROOM / "actions").glob("*.py"))
    acts = set(re.findall(r'record\(\s*"committees\.(\w+)"', code))
    words = {path.stem for path in (ROOM / "templates/committees/events").glob("*.txt")}
    assert acts
    assert acts == words


def test_everything_that_happens_is_told_in_a_line(client_of, cast, url, draft):
    by, today = cast.coordinator, timezone.localdate()
    seat = add_seat(
        cast.committee, by=by, role="member", function="A & B <office>", from_date=cast.since
    )
    holding = take_seat(seat, by=by, person=cast.executive, from_date=cast.since, because=LATE)
    deputy = take_seat(
        seat, by=by, person=cast.system_owner, from_date=cast.since, capacity="deputy", because=LATE
    )
    leave_seat(holding, by=by, to_date=today)
    leave_seat(deputy, by=by, to_date=today)
    undo_holding(deputy, by=by)
    rename_seat(seat, by=by, function="Legal office")
    end_seat(seat, by=by, to_date=today + timedelta(days=9))
    habits = {"place": "", "link": "", "avoided_weeks": "", "auditors_see_closed": False}
    change_habits(
        cast.committee,
        by=by,
        name=cast.committee.name,
        weekday=1,
        start_time=cast.committee.start_time,
        minutes=60,
        edit_version=1,
        **habits,
    )
    discard_draft(draft, by=by)
    page = client_of("member").get(url)
    earlier = client_of("member").get(url, {"page": "2"})
    lines = [entry.text for one in (page, earlier) for entry in one.context["entries"]]
    assert all("\n" not in line and line.endswith(".") for line in lines)
    told = "\n".join(lines)
    for words in (
        f"{cast.executive.name} took the seat “Member, A & B <office>” from",
        f"{cast.executive.name} left the seat",
        f"{cast.system_owner.name} became deputy",
        f"{cast.system_owner.name} ceased to be deputy",
        "taken back as a mistake",
        "corrected to “Member, Legal office”",
        "was ended with",
        "habits of the meetings",
        "draft of version 2",
        "Version 1 of the terms of reference was approved",
        "was set up",
    ):
        assert words in told, words
    assert "A &amp; B &lt;office&gt;" in page.text
    assert {entry.who for entry in page.context["entries"]} >= {by.name}


def test_it_is_cut_into_pages(client_of, cast, url):
    for count in range(30):
        seat = add_seat(
            cast.committee,
            by=cast.coordinator,
            role="member",
            function=f"Office {count}",
            from_date=cast.since,
        )
        rename_seat(seat, by=cast.coordinator, function=f"Bureau {count}")
    page = client_of("member").get(url)
    assert len(page.context["entries"]) == PER_PAGE
    last = client_of("member").get(url, {"page": "999"})
    assert last.status_code == 200
    assert 0 < len(last.context["entries"]) < 50


def test_drafts_are_no_news_to_those_who_may_not_see_them(client_of, cast, url, draft):
    acts = [entry.act for entry in client_of("member").get(url).context["entries"]]
    assert acts.count("committees.mandate_drafted") == 1
    acts = [entry.act for entry in client_of("chair").get(url).context["entries"]]
    assert acts.count("committees.mandate_drafted") == 2


def test_other_committees_stay_out_of_it(client_of, cast, other, url):
    numbers = {event.seq for event in Event.objects.about(other)}
    shown = {entry.seq for entry in client_of("coordinator").get(url).context["entries"]}
    assert not numbers & shown


def test_outsiders_do_not_find_it(client_of, url):
    assert client_of("employee").get(url).status_code == 404
