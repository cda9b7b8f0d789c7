"""A meeting is closed on a page that says what is lacking and what one may have forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from kommissorium.committees.models import Clause
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.ui.localised import moment
from kommissorium.meetings.actions.advice import give_advice
from kommissorium.meetings.actions.attendance import note_presence
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.conduct_page import (
    asks_for_weighing,
    away,
    people_at,
    unnoted,
    warnings_before_ending,
)
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.tests.samples.decisions import WEIGHING
from kommissorium.secretariat.actions.cycle import call


@pytest.fixture
def called(cast: Cast, meeting: Meeting) -> Meeting:
    """The meeting, called, with advice on its second item, and a meeting after it."""
    plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )
    second = meeting.items.select_related("meeting__committee").get(position=2)
    give_advice(second, by=cast.dpo, text="Vent")
    call(meeting, by=cast.coordinator)
    return meeting


def items_of(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.select_related("meeting__committee", "clause", "proceedings"))


def test_who_may_close_it_and_when(cast, called, client_of):
    url = reverse("meeting_end", args=[called.pk])
    for who, status in [("member", 403), ("dpo", 403), ("auditor", 403), ("employee", 404)]:
        assert client_of(who).get(url).status_code == status, who
        assert client_of(who).post(url).status_code == status, who
    assert client_of("coordinator").get(url).status_code == 200
    early = client_of("coordinator").post(url)
    assert early.status_code == 400 and moment(called.starts_at) in early.content.decode()
    moved = reverse("meeting_edit", args=[called.pk])
    assert client_of("coordinator").get(moved).status_code == 200
    called.refresh_from_db()
    assert called.state == Meeting.State.CALLED


def test_what_is_lacking_leads_to_its_item_and_then_it_closes(cast, called, client_of):
    url = reverse("meeting_end", args=[called.pk])
    browser = client_of("coordinator")
    asking = [one for one in items_of(called) if one.type == "decision"]
    deciding = [one for one in asking if not one.confirms_minutes]  # there are none to confirm
    with time_is(called.starts_at + timedelta(minutes=90)):
        browser.force_login(cast.coordinator)
        html = browser.get(url).content.decode()
        for item in deciding:
            assert reverse("conduct_item", args=[called.pk, item.number]) in html
        assert browser.post(url).status_code == 400
        row = called.attendances.select_related("meeting__committee").get(person=cast.chair)
        note_presence(row, by=cast.coordinator, presence="present")
        for item in deciding:
            save_field(item, "outcome", "approved", by=cast.coordinator, version=0)
        html = browser.get(url).content.decode()
        assert cast.member.name in html  # nobody noted whether they came
        assert reverse("conduct_item", args=[called.pk, 2]) in html  # advice without an answer
        assert browser.post(url).url == called.get_absolute_url()
        called.refresh_from_db()
        assert called.state == Meeting.State.HELD and called.led_by == cast.chair
        for method in (browser.get, browser.post):
            assert method(url).url == called.get_absolute_url()


def test_minutes_confirmed_with_changes_need_the_changes(cast, called, client_of):
    first = items_of(called)[0]
    save_field(first, "outcome", "with_changes", by=cast.coordinator, version=0)
    html = client_of("coordinator").get(reverse("meeting_end", args=[called.pk])).content.decode()
    assert first.label in html[: html.index('id="present"')]


def test_an_apology_and_a_deferred_item_are_not_forgotten(cast, called):
    called.attendances.filter(person=cast.member).update(answer="declined")
    item = next(one for one in items_of(called) if asks_for_weighing(one) and one.position != 2)
    save_field(item, "outcome", "deferred", by=cast.coordinator, version=0)
    people = people_at(called)
    assert cast.member not in [one.person for one in unnoted(people)]
    assert cast.member in [one.person for one in away(people)]
    assert all(item not in about for _text, about in warnings_before_ending(called))


def test_the_page_says_what_a_missing_weighing_means_for_the_mandate(cast, called):
    item = next(one for one in items_of(called) if one.type == "discussion")
    save_field(item, "outcome", "approved", by=cast.coordinator, version=0)
    clause = Clause.objects.get(measure="weighed_decisions")
    told = {text: about for text, about in warnings_before_ending(called) if clause.number in text}
    assert list(told.values()) == [[item]]
    for aspect, chip in WEIGHING.items():
        save_field(item, aspect, chip, by=cast.coordinator, version=0)
    assert not [text for text, _about in warnings_before_ending(called) if clause.number in text]
    save_field(item, "economy", "costs", by=cast.coordinator, version=1)  # and does not say why
    assert [text for text, _about in warnings_before_ending(called) if clause.number in text]


def test_items_of_which_nothing_is_said_are_named_and_do_not_stop_the_closing(cast, called):
    told, silent = [one for one in items_of(called) if one.type != "decision"][:2]
    save_field(told, "nothing_new", True, by=cast.coordinator, version=0)
    about = warnings_before_ending(called)[0][1]
    assert silent in about and told not in about
    assert all(one.type != "decision" or one.confirms_minutes for one in about)


def test_the_page_costs_few_queries(cast, called, client_of, django_assert_max_num_queries):
    browser = client_of("coordinator")
    url = reverse("meeting_end", args=[called.pk])
    browser.get(url)
    with django_assert_max_num_queries(12):
        browser.get(url)
