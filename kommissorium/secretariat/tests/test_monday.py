"""The coordinator's week: what stands in it and why, and what others owe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.accounts.actions.roles import give_role
from kommissorium.conftest import PEOPLE, Cast, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.ui.todo import Todo, in_order
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.actions.owed import ask_for_owed
from kommissorium.secretariat.owed import owed_to
from kommissorium.secretariat.week import HOURS, MATTERS, MOST_OF_ONE, week_of
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import Task

Browser = Callable[[str], Client]
URL = "/"
DAYS_AGO = 40  # the tasks are given


def late(cast: Cast, owner: str, *, days: int = 3, **more: Any) -> Task:
    """Give somebody a task of the committee that was due so many days ago."""
    with time_is(timezone.localtime() - timedelta(days=DAYS_AGO)):
        given_to = {"by": cast.coordinator, "owner": cast.who(owner), "committee": cast.committee}
        due = timezone.localdate() + timedelta(days=DAYS_AGO - days)
        return give_task(**{**given_to, "title": f"Ryd op, {owner} {days}", "due": due, **more})


def mails() -> list[tuple[str, str]]:
    rows = OutboxMail.objects.filter(kind="secretariat.owed").order_by("recipient", "pk")
    return list(rows.values_list("recipient", "body"))


def test_a_law_comes_first_then_what_is_longest_overdue_then_what_is_due() -> None:
    today = timezone.localdate()
    things = [
        Todo("soon", "x", "/soon/", due=today + timedelta(days=2)),
        Todo("late", "x", "/late/", due=today - timedelta(days=1)),
        Todo("law", "x", "/law/", due=today + timedelta(days=3), by_law=True),
        Todo("later by law", "x", "/some/", due=today + timedelta(days=30), by_law=True),
        Todo("longest", "x", "/longest/", due=today - timedelta(days=9)),
        Todo("the call", "x", "/call/", urgent=True, due=today + timedelta(days=2)),
        Todo("whenever", "x", "/whenever/"),
    ]
    week = week_of(in_order(things))
    assert [one.text for one in week.planned] == ["law", "longest", "late", "the call", "soon"]
    assert [one.text for one in week.later] == ["later by law", "whenever"]
    assert week.minutes == 5 * Todo("a", "b", "c").minutes


@given(st.lists(st.integers(1, 700), max_size=12))
def test_a_week_fits_its_hours(minutes: list[int]) -> None:
    things = [Todo(str(at), "x", f"/{at}/", minutes=one) for at, one in enumerate(minutes)]
    week = week_of(things)
    taken = [int(one.text) for one in week.planned]
    assert week.minutes == sum(min(minutes[at], MOST_OF_ONE) for at in taken) <= HOURS * 60
    assert len(taken) <= MATTERS and taken == sorted(taken)
    assert sorted([*taken, *(int(one.text) for one in week.later)]) == list(range(len(minutes)))
    assert not things or taken[:1] == [0], "the first always fits"


def test_the_page_shows_the_week_with_minutes_and_the_same_number_as_the_menu(
    cast: Cast, client_of: Browser
) -> None:
    for days in range(1, 9):
        late(cast, "coordinator", days=days)
    response = client_of("coordinator").get(URL)
    week, waiting = response.context["week"], response.context["waiting"]
    assert [one.url for one in week.planned] == [one.url for one in waiting[: len(week.planned)]]
    assert len(week.planned) + len(week.later) == len(waiting)
    assert week.planned[0].note.startswith("30 min.") and week.planned[0].press
    done = week.planned[0].press
    answer = client_of("coordinator").post(done.url, {**dict(done.fields), "back": URL})
    assert answer.url == URL
    assert len(client_of("coordinator").get(URL).context["waiting"]) == len(waiting) - 1


def test_the_next_meeting_says_when_it_is_called_and_what_lacks_text(
    meeting: Meeting, client_of: Browser
) -> None:
    for_decision = meeting.items.filter(type=AgendaItem.Type.DECISION)
    empty = [one for one in for_decision if not (one.told_presentation or one.recommendation)]
    response = client_of("coordinator").get(URL)
    assert len(response.context["unwritten"]) == len(empty) > 0
    assert response.context["call_left"] > 0
    assert "Indkaldes senest" in response.content.decode()
    with time_is(meeting.starts_at - timedelta(days=9)):
        later = client_of("coordinator").get(URL)
        assert reverse("meeting_call", args=[meeting.pk]) in later.content.decode()


def test_each_who_owes_gets_one_mail_a_day(cast: Cast, client_of: Browser) -> None:
    late(cast, "member", days=3)
    late(cast, "member", days=9)
    late(cast, "chair", days=5)
    late(cast, "coordinator")
    owed = client_of("coordinator").get(URL).context["owed"]
    assert [(one.person, one.when) for one in owed] == [
        (cast.member, "9 dage over"),
        (cast.chair, "5 dage over"),
        (cast.member, "3 dage over"),
    ]
    answer = client_of("coordinator").post(reverse("owed_asked"))
    assert answer.url == URL
    assert len(mails()) == 2
    assert {to for to, _body in mails()} == {cast.chair.email, cast.member.email}
    [body] = [body for to, body in mails() if to == cast.member.email]
    assert "Ryd op, member 3" in body and "Ryd op, member 9" in body and "chair" not in body
    events = Event.objects.filter(
        act="secretariat.owed_asked_for", actor=str(cast.coordinator.pseudonym)
    )
    assert events.count() == 2
    again = client_of("coordinator").get(URL)
    assert not again.context["may_ask"] and reverse("owed_asked") not in again.content.decode()
    assert ask_for_owed(by=cast.coordinator) == 0
    late(cast, "member", days=2)
    assert ask_for_owed(by=cast.coordinator) == 1, "of what is new alone"
    assert len(mails()) == 3
    with time_is(timezone.localtime() + timedelta(days=1)):
        assert ask_for_owed(by=cast.coordinator) == 2


def test_one_alone_is_asked_and_once_a_day(cast: Cast, client_of: Browser) -> None:
    for who, days in (("member", 3), ("member", 9), ("chair", 5)):
        late(cast, who, days=days)
    browser = client_of("coordinator")
    found = browser.get(URL).context["debtors"]
    assert [(one.person, len(one.things)) for one in found] == [(cast.member, 2), (cast.chair, 1)]
    address = reverse("owed_asked_of", args=[cast.member.pk])
    assert f'action="{address}"' in browser.get(URL).text
    answer = browser.post(address, follow=True)
    assert f"En mail til {cast.member.name} er på vej." in answer.text
    assert f'action="{address}"' not in answer.text and answer.context["may_ask"]
    assert [to for to, _body in mails()] == [cast.member.email]
    events = Event.objects.filter(act="secretariat.owed_asked_for")
    assert events.count() == 1
    again = browser.post(address, follow=True)
    assert f"{cast.member.name} er allerede rykket i dag." in again.text
    assert len(mails()) == events.count() == 1
    assert ask_for_owed(by=cast.coordinator) == 1, "all: the other alone"
    with time_is(timezone.localtime() + timedelta(days=1)):
        assert ask_for_owed(by=cast.coordinator, whom=cast.chair.pk) == 1


def test_who_owes_nothing_or_has_no_mail_is_not_asked(cast: Cast, client_of: Browser) -> None:
    browser, address = client_of("coordinator"), reverse("owed_asked_of", args=[cast.member.pk])
    assert browser.post(address).status_code == 404
    late(cast, "member")
    type(cast.member).objects.filter(pk=cast.member.pk).update(email=None)
    assert "når ikke frem" in browser.post(address, follow=True).text
    assert mails() == []


def test_a_mail_says_no_title_of_a_closed_item_and_none_goes_to_who_left(cast: Cast) -> None:
    late(cast, "member", is_closed=True)
    late(cast, "chair")
    type(cast.chair).objects.filter(pk=cast.chair.pk).update(email=None)
    assert ask_for_owed(by=cast.coordinator) == 1
    [(to, body)] = mails()
    assert to == cast.member.email and "Ryd op" not in body


@pytest.mark.parametrize("who", sorted(set(PEOPLE) - {"coordinator"}))
def test_others_see_no_debts_and_ask_for_none(cast: Cast, client_of: Browser, who: str) -> None:
    task = late(cast, "member" if who != "member" else "chair")
    response = client_of(who).get(URL)
    assert "owed" not in response.context and task.title not in response.content.decode()
    assert owed_to(cast.who(who)) == []
    assert client_of(who).post(reverse("owed_asked")).status_code == 404
    asked_of = reverse("owed_asked_of", args=[task.owner_id])
    assert client_of(who).post(asked_of).status_code == 404
    with pytest.raises(PermissionDenied):
        ask_for_owed(by=cast.who(who))
    assert mails() == []


@pytest.mark.parametrize("who", ["coordinator", "employee"])
@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("owner", ["member", "chair", "coordinator", "employee"])
def test_what_is_owed_is_what_the_coordinator_may_read(
    cast: Cast, who: str, is_closed: bool, owner: str
) -> None:
    """Of a closed item a coordinator without a seat learns nothing, not even that it is late."""
    person = cast.who(who)
    if who == "employee":
        give_role(person, "coordinator", by=None, from_date=timezone.localdate())
    late(cast, owner, is_closed=is_closed)
    readable = Task.objects.visible_to(person).exclude(owner=person)
    assert {one.url for one in owed_to(person)} == {one.get_absolute_url() for one in readable}
