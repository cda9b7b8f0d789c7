"""A person's duties in their own calendar: what is in it, for whom, and until when."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.models import Committee
from kommissorium.conftest import Cast
from kommissorium.meetings.actions.calendar_programs import open_feed, revoke_feed
from kommissorium.yearwheel.actions import finish, move
from kommissorium.yearwheel.tests.conftest import Add, day

Browser = Callable[[str], Client]


def fetched(person: Person, committee: Committee | None = None, secret: str = "") -> str:
    if not secret:
        _feed, secret = open_feed(person, committee, by=person)
    answer = Client().get(reverse("wheel_calendar", args=[secret]))
    assert answer.status_code == 200
    # Long lines are folded.
    return answer.content.decode().replace("\r\n ", "")


def summaries(text: str) -> set[str]:
    return set(re.findall(r"SUMMARY:(.*)\r", text))


def test_it_holds_what_is_mine_and_all_where_i_prepare(cast: Cast, add: Add) -> None:
    add(title="it-chefens")
    add(title="medlemmets", responsible_person=cast.member)
    assert summaries(fetched(cast.head_of_it)) == {"it-chefens"}
    assert summaries(fetched(cast.member)) == {"medlemmets"}
    assert summaries(fetched(cast.dpo)) == set()
    assert summaries(fetched(cast.auditor)) == set()
    assert summaries(fetched(cast.coordinator)) == {"it-chefens", "medlemmets"}
    assert summaries(fetched(cast.chair)) == {"it-chefens", "medlemmets"}


def test_an_address_of_one_committee_has_that_one_alone(cast: Cast, add: Add) -> None:
    other = found_committee(name="Beredskabsudvalget", by=cast.coordinator)
    add(title="den andens", committee=other)
    add(title="den enes")
    assert summaries(fetched(cast.coordinator, other)) == {"den andens"}
    assert summaries(fetched(cast.coordinator)) == {"den andens", "den enes"}


def test_what_is_done_is_gone_and_what_comes_is_there(cast: Cast, add: Add) -> None:
    duty = add(title="hver måned", months=1, due=day(2))
    _feed, secret = open_feed(cast.head_of_it, None, by=cast.head_of_it)
    before = fetched(cast.head_of_it, secret=secret)
    done = duty.occurrences.get()
    finish(done, by=cast.head_of_it, result="critical", conclusion="Hemmeligt")
    after = fetched(cast.head_of_it, secret=secret)
    assert f"DATE:{day(2):%Y%m%d}" in before
    assert f"DTSTART;VALUE=DATE:{day(2):%Y%m%d}" not in after
    assert after.count("BEGIN:VEVENT") == before.count("BEGIN:VEVENT") - 1 > 12
    assert "Hemmeligt" not in after
    # What was reckoned and is a row now is the same entry to all calendars.
    assert set(re.findall(r"UID:(\S+)", after)) < set(re.findall(r"UID:(\S+)", before))


def test_a_moved_one_is_the_same_entry_on_another_day(cast: Cast, add: Add) -> None:
    occurrence = add(due=day(20)).occurrences.get()
    before = fetched(cast.head_of_it)
    move(occurrence, by=cast.head_of_it, to=day(25), because="Ferie")
    after = fetched(cast.head_of_it)
    assert re.findall(r"UID:(\S+)", before) == re.findall(r"UID:(\S+)", after)
    assert f"DTSTART;VALUE=DATE:{day(25):%Y%m%d}" in after
    assert f"DTEND;VALUE=DATE:{day(25) + timedelta(days=1):%Y%m%d}" in after


def test_the_address_closes_with_that_of_the_meetings(cast: Cast, add: Add) -> None:
    add()
    feed, secret = open_feed(cast.member, None, by=cast.member)
    url = reverse("wheel_calendar", args=[secret])
    first = Client().get(url)
    assert Client().get(url, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert first["Cache-Control"] == "private, no-cache"
    assert Client().post(url).status_code == 405
    revoke_feed(feed, by=cast.member)
    assert Client().get(url).status_code == 404
    assert Client().get(reverse("wheel_calendar", args=["x" * 43])).status_code == 404


def test_the_address_is_shown_once_beside_that_of_the_meetings(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("member")
    shown = browser.post(reverse("calendar_feed_add"), {"meetings": "all"})
    assert "/wheel-calendar/" in shown.content.decode()
    assert "/wheel-calendar/" not in browser.get(reverse("calendar_feeds")).content.decode()


def test_a_change_of_the_programs_address_makes_no_other_entries(
    cast: Cast, add: Add, settings: Any
) -> None:
    add(title="hver måned", months=1)
    before = re.findall(r"UID:(\S+)", fetched(cast.head_of_it))
    settings.SITE_URL = "https://udvalg.nyt-navn.example"
    settings.ALLOWED_HOSTS = ["*"]
    assert re.findall(r"UID:(\S+)", fetched(cast.head_of_it)) == before != []
    assert {name.partition("@")[2] for name in before} == {"127.0.0.1"}
    assert add(title="ny").calendar_host == "udvalg.nyt-navn.example"
