"""A person's waiting items are the same on overview, page of tasks, menu and mail; presses work."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommissorium.accounts.models import Person
from kommissorium.compliance.months import months_of, shown_months
from kommissorium.compliance.views.fulfilment import found_on, shown_on
from kommissorium.config.tests.searching import holds
from kommissorium.conftest import PEOPLE, find_cast, in_days, queries_of, time_is
from kommissorium.core.evidence.kept import forget_kept
from kommissorium.core.mail.digest import Reminder, send_digests
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.tests.deep import examples, in_turn
from kommissorium.core.tests.samples import CANARY
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat import owed, waiting
from kommissorium.secretariat.call_preview import _live_facts, live_facts
from kommissorium.secretariat.daily_reminders import lines_of
from kommissorium.secretariat.owed import kept_owed_to, owed_to
from kommissorium.secretariat.todo import waits_for
from kommissorium.secretariat.waiting import waiting_of
from kommissorium.tasks.actions import finish_task, give_task
from kommissorium.tasks.models import Task
from kommissorium.yearwheel.actions.occurrences import move
from kommissorium.yearwheel.models import Occurrence

# Whoever is led where is reckoned by the program; the questions are those of the pages.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

BADGE = re.compile(r'class="nav-count">(\d+)<')
TITLE = re.compile(r'class="row-list-title"[^>]*>(.*?)</')
PRESS = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')
END_OF_LIST = 'id="next-meeting"|class="page-aside"|aria-labelledby="owed"'
MOST_QUERIES = 12  # of a list
# Days from today: tasks fall due, meetings come near, rounds run out.
DAYS = in_turn((0, 6, 40))


def browser_of(who: str) -> Client:
    browser = Client()
    browser.force_login(find_cast().who(who))
    return browser


def mailed(who: str) -> list[tuple[str, str]]:
    """Return text and address of each line of the mail a person gets today."""
    person, today = find_cast().who(who), timezone.localdate()
    news = Reminder(person, "news", "Nyt", "/", "Nyt")
    if not send_digests([news], today, lines_of):
        return []
    body = OutboxMail.objects.get(kind="digest", recipient__iexact=person.email).body
    lines = re.findall(
        rf"^– (.*)\n  {re.escape(django_settings.SITE_URL)}(.*)$", body, re.MULTILINE
    )
    return [(text, url) for text, url in lines if text != "Nyt"]


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_four_places_tell_the_same(who, days, samples, counting_menu):
    with time_is(timezone.localtime().replace(hour=12) + timedelta(days=days)):
        browser = browser_of(who)
        answer = browser.get("/")
        waiting, page = answer.context["waiting"], unescape(answer.content.decode())
        urls = [one.url for one in waiting]
        assert len(set(urls)) == len(urls), "each thing stands once"
        assert [one.is_pressing for one in waiting] == sorted(
            (one.is_pressing for one in waiting), reverse=True
        )
        list_of_them = re.split(END_OF_LIST, page)[0]
        assert TITLE.findall(list_of_them) == [one.text for one in waiting], "first on the page"

        tasks = browser.get(reverse("tasks"))
        text = unescape(tasks.content.decode())
        assert [one.url for one in tasks.context["todos"]()] == urls
        assert TITLE.findall(text) == [one.text for one in waiting]

        for forget in (False, True):
            if forget:
                forget_kept()
            other = browser.get(reverse("committees")).content.decode()
            assert [int(one) for one in BADGE.findall(other)] == ([len(urls)] if urls else [])

        lines = mailed(who)
        assert sorted(url for _text, url in lines) == sorted(urls)
        assert not any(holds(text.encode(), CANARY) for text, _url in lines)


def test_everything_leads_somewhere_and_somebody_has_something(samples):
    number = 0
    for who in PEOPLE:
        browser = browser_of(who)
        for one in browser.get("/").context["waiting"]:
            number += 1
            answer = browser.get(one.url)
            # What is sensitive asks for the password again first.
            asks = answer.status_code == HTTPStatus.FOUND and "/account/" in answer["Location"]
            assert asks or answer.status_code == HTTPStatus.OK, (who, one)
    assert number > len(PEOPLE)


def test_a_press_does_it_and_comes_back_to_the_list(samples):
    pressed = 0
    with time_is(timezone.localtime().replace(hour=12) + timedelta(days=6)):
        for who in PEOPLE:
            browser = browser_of(who)
            for back in ("/", reverse("tasks")):
                page = browser.get(back).content.decode()
                found = next((one for one in PRESS.findall(page) if 'name="back"' in one[1]), None)
                if found is None:
                    continue
                url, fields = found
                given = {name: unescape(value) for name, value in FIELD.findall(fields)}
                answer = browser.post(url, given)
                assert (answer.status_code, answer.get("Location")) == (HTTPStatus.FOUND, back), (
                    who,
                    given,
                    answer.content.decode()[-3000:],
                )
                assert f'action="{url}"' not in browser.get(back).content.decode(), "it is gone"
                pressed += 1
    assert pressed >= 3


def _give(cast, who):
    give_task(by=cast.coordinator, title="Ring", owner=who, due=timezone.localdate())


def _finish(_cast, who):
    for task in Task.objects.open().filter(owner=who)[:1]:
        finish_task(task, by=who, word="Det er gjort")


def _move(cast, _who):
    row = next(one for one in Occurrence.objects.open() if one.can_be_moved_by(cast.coordinator))
    move(row, by=cast.coordinator, to=row.due + timedelta(days=3), because="Der er ferie")


def _plan(cast, _who):
    # Each an hour after the last, that no two stand at the same time.
    starts = in_days(200, 1) + timedelta(hours=Meeting.objects.count())
    plan_meeting(
        cast.committee, by=cast.coordinator, starts_at=starts, ends_at=starts + timedelta(hours=1)
    )


def _cancel(cast, _who):
    meeting = next(one for one in Meeting.objects.coming() if one.is_to_come)
    cancel_meeting(meeting, by=cast.coordinator, because="Der er ikke noget at tale om")


def _said(told):
    """Return what was said, without the moment at which."""
    return [(item.pk, facts.tables) for item, facts in told]


ACTS = {act.__name__: act for act in (_give, _finish, _move, _plan, _cancel)}


@given(
    acts=st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(sorted(PEOPLE))), max_size=3
    )
)
@settings(max_examples=examples(4, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_is_what_would_be_told_anew(acts, samples):
    cast, meeting = find_cast(), Meeting.objects.filter(state=Meeting.State.PLANNED)[0]
    with transaction.atomic():
        for act, who in [("", ""), *acts]:
            if act:
                ACTS[act](cast, cast.who(who))
            for name in {who or "chair", "coordinator"}:
                person = Person.objects.get(pk=cast.who(name).pk)
                kept = waiting_of(HttpRequest(), person)
                assert list(kept) == waits_for(person), (act, name)
                assert list(kept_owed_to(person)) == owed_to(person), (act, name)
                assert _said(live_facts(meeting, person)) == _said(_live_facts(meeting, person))
            asked = (cast.committee, *[timezone.localdate()] * 2)
            assert shown_on(*asked) == found_on(*asked), act
            assert shown_months(cast.committee, 3) == months_of(*asked[:2], 3), act
        transaction.set_rollback(True)


def test_who_looks_again_is_told_what_is_kept(samples, monkeypatch):
    with time_is(timezone.localtime().replace(hour=12)):
        browser = browser_of("coordinator")
        shown = TITLE.findall(browser.get("/").content.decode())
        for room, name in ((waiting, "waits_for"), (owed, "owed_to")):
            monkeypatch.setattr(room, name, lambda *_: pytest.fail("asked anew"))
        assert TITLE.findall(browser.get("/").content.decode()) == shown != []


def test_what_others_do_is_counted_within_a_minute(samples, counting_menu):
    address, noon = reverse("committees"), timezone.localtime().replace(hour=12)
    with time_is(noon):  # else it is hours since they signed in, or has yet to be
        browser, cast = browser_of("chair"), find_cast()

    def shown():
        return sum(int(one) for one in BADGE.findall(browser.get(address).content.decode()))

    with time_is(noon):
        before = shown()
        kept = queries_of(lambda: browser.get(address), again=True)
        give_task(by=cast.coordinator, title="Ring", owner=cast.chair, due=timezone.localdate())
        assert queries_of(lambda: browser.get(address), again=True) == kept
    with time_is(noon + timedelta(seconds=100)):  # a busy machine is slow to begin
        assert shown() == before + 1
    with time_is(noon + timedelta(minutes=3)):  # nothing more was done; the session is told of it
        assert queries_of(lambda: browser.get(address), again=True) <= kept + 1


def test_the_menu_asks_one_question_until_the_person_does_something(samples, counting_menu):
    browser, person = browser_of("coordinator"), find_cast().coordinator
    address = reverse("tasks") + "?view=mine"
    browser.get(address)
    kept = queries_of(lambda: browser.get(address), again=True)
    give_task(by=person, title="Ring", owner=person, due=timezone.localdate())
    assert queries_of(lambda: browser.get(address), again=True) > kept
    assert queries_of(lambda: browser.get(address), again=True) == kept <= MOST_QUERIES + 1
