"""The projector's page shows the item at hand, and closed items only to whoever may see them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kommissorium.conftest import Cast
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem, Meeting


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    """The meeting, called, with a closed item."""
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


def write(cast: Cast, meeting: Meeting, number: int, version: int = 0) -> None:
    rows = AgendaItem.objects.select_related("meeting__committee", "clause")
    item = rows.get(meeting=meeting, number=number)
    text = f"<p>Besluttet {number}</p>"
    save_field(item, "decision", text, by=cast.coordinator, version=version)


def test_it_follows_what_was_written_last(cast, called, client_of):
    url = reverse("meeting_screen", args=[called.pk])
    browser = client_of("member")
    assert called.items.get(number=1).title in browser.get(url).content.decode()
    for number in (3, 2):
        write(cast, called, number)
        assert f"Besluttet {number}" in browser.get(url).content.decode()
    named = browser.get(url, {"item": 3}).content.decode()
    assert "Besluttet 3" in named and "Besluttet 2" not in named
    for number in ("99", "0"):
        assert browser.get(url, {"item": number}).status_code == 404
    assert client_of("employee").get(url).status_code == 404


def test_it_has_nothing_to_press(called, client_of):
    html = client_of("coordinator").get(reverse("meeting_screen", args=[called.pk])).content
    assert not re.search(rb"<(button|input|form|select|textarea)\b", html)


def test_it_is_sent_again_only_when_something_has_changed(cast, called, client_of):
    browser = client_of("member")
    page = browser.get(reverse("meeting_screen", args=[called.pk])).content.decode()
    part = re.search(r'hx-get="([^"]+)"', page)[1]
    assert browser.get(part).status_code == 204
    write(cast, called, 1)
    answer = browser.get(part)
    assert answer.status_code == 200 and "Besluttet 1" in answer.content.decode()
    part = re.search(r'hx-get="([^"]+)"', answer.content.decode())[1]
    assert browser.get(part).status_code == 204


def test_a_closed_item_stays_closed(cast, called, client_of):
    closed = called.items.get(is_closed=True)
    write(cast, called, closed.number)
    for name in ("meeting_screen", "meeting_screen_part"):
        url = reverse(name, args=[called.pk])
        for who, sees in [
            ("member", True),
            ("dpo", True),
            ("auditor", False),
            ("executive", False),
        ]:
            html = client_of(who).get(url).content.decode()
            assert ("Hemmelig" in html) is sees and ("Besluttet" in html) is sees, who
            named = client_of(who).get(url, {"item": closed.number})
            assert named.status_code == (200 if sees else 404), who


def test_it_costs_few_queries(cast, called, client_of, django_assert_max_num_queries):
    browser = client_of("member")
    url = reverse("meeting_screen_part", args=[called.pk])
    browser.get(url)
    with django_assert_max_num_queries(12):
        browser.get(url)
