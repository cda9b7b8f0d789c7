"""The pages that answer whether the mandate is fulfilled, as each of the people sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Municipality
from kommissorium.committees.actions.committee import found_committee
from kommissorium.compliance.answer import Answer
from kommissorium.compliance.documents import answer_json
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.tests.story import WEIGHING, held_meeting
from kommissorium.conftest import MOST_OF_PARTS, Cast, in_days, queries_of, time_is
from kommissorium.measures.findings import State
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.decisions import decide_as_chair

Browser = Callable[[str], Client]
FOLLOWERS = ("coordinator", "chair", "member", "dpo", "executive", "auditor")


def url_of(cast: Cast, name: str = "mandate_compliance", **more: str) -> str:
    return reverse(name, kwargs={"pk": cast.committee.pk, **more})


def rows(response) -> dict:
    """Return the clauses shown, by number."""
    return {
        row.one.clause.number: row.one for part in response.context["parts"] for row in part.rows
    }


def test_the_answer_says_that_one_person_may_enter_and_approve_a_mandate(cast, client_of):
    alone = "én person både indtaste og godkende"
    assert alone not in client_of("auditor").get(url_of(cast)).text
    Municipality.objects.update(one_may_adopt_mandates=True)
    assert alone in client_of("auditor").get(url_of(cast)).text


@pytest.mark.parametrize("who", FOLLOWERS)
def test_whoever_follows_the_committee_sees_the_answer(cast, client_of, who):
    response = client_of(who).get(url_of(cast))
    assert response.status_code == 200
    assert len(rows(response)) == 37
    assert client_of(who).get(url_of(cast, "compliance_timeline")).status_code == 200


def test_the_overview_fetches_how_the_mandate_stands_today(cast, client_of):
    browser = client_of("member")
    url = url_of(cast, "compliance_today")
    assert f'hx-get="{url}"' in browser.get("/").text
    fulfilment = fulfilment_on(history_of(cast.committee), timezone.localdate())
    few = browser.get(url)
    assert few.context["fulfilled"] == fulfilment.counts[State.FULFILLED]
    assert len(few.context["rows"]) == 37
    unmet = [one.clause.number for one in fulfilment.in_state(State.NOT_FULFILLED)]
    assert unmet and f"#clause-{unmet[0]}" in few.text
    assert len(few.context["unmet"]) + few.context["more"] == len(unmet)
    assert "<html" not in few.text


@pytest.mark.parametrize("who", ["employee", "administrator"])
def test_nobody_else_learns_that_there_is_an_answer(cast, client_of, who):
    for url in (
        url_of(cast),
        url_of(cast, "compliance_timeline"),
        url_of(cast, "compliance_file", form="pdf"),
    ):
        assert client_of(who).get(url).status_code == 404
    assert client_of(who).get(reverse("compliance")).status_code == 200


def test_the_way_in_leads_to_the_only_committee_and_asks_where_there_are_two(cast, client_of):
    assert client_of("member").get(reverse("compliance")).url == url_of(cast)
    found_committee(name="Beredskabsgruppen", by=cast.coordinator)
    response = client_of("coordinator").get(reverse("compliance"))
    assert response.status_code == 200
    assert "Beredskabsgruppen" in response.content.decode()


def test_the_answer_says_the_numbers_in_words_and_the_tiles_say_them_too(cast, client_of):
    response = client_of("member").get(url_of(cast))
    numbers = {tile.state: tile.number for tile in response.context["tiles"]}
    assert sum(numbers.values()) == 37
    assert re.match(rf"{numbers[State.FULFILLED]}\D+37", response.context["answer"])
    assert response.context["answer"] in response.content.decode()


def test_the_clauses_of_one_state_can_be_shown_alone_and_the_address_says_so(cast, client_of):
    browser = client_of("member")
    whole = browser.get(url_of(cast))
    for tile in whole.context["tiles"]:
        shown = browser.get(url_of(cast) + tile.address)
        assert len(rows(shown)) == tile.number
        assert {one.state for one in rows(shown).values()} <= {tile.state}
    assert len(rows(browser.get(url_of(cast), {"state": "unknown"}))) == 37


def test_each_clause_is_one_line_once_and_what_is_to_be_done_comes_first(cast, client_of):
    shown = client_of("coordinator").get(url_of(cast))
    numbers = [row.one.clause.number for part in shown.context["parts"] for row in part.rows]
    assert len(numbers) == len(set(numbers)) == shown.text.count('class="clause-row"')
    first = shown.context["parts"][0].rows
    assert {row.one.state for row in first} <= {State.NOT_FULFILLED, State.DUE_SOON}
    others = [row.one.state for part in shown.context["parts"][1:] for row in part.rows]
    assert not {State.NOT_FULFILLED, State.DUE_SOON} & set(others)


def test_a_past_day_is_answered_as_it_was(cast, client_of):
    day = timezone.localdate() - timedelta(days=1)
    for days in (90, 230):
        plan_meeting(
            cast.committee,
            by=cast.coordinator,
            starts_at=in_days(days, 13),
            ends_at=in_days(days, 15),
            place="Rådhuset",
        )
    browser = client_of("coordinator")
    horizon = cast.mandate.clauses.get(measure="calendar_horizon").number
    today = rows(browser.get(url_of(cast)))[horizon]
    yesterday = rows(browser.get(url_of(cast), {"on": day.isoformat()}))[horizon]
    assert (today.state, yesterday.state) == (State.FULFILLED, State.NOT_FULFILLED)


def test_a_day_before_there_was_a_mandate_says_that_there_was_nothing_to_fulfil(cast, client_of):
    for day in ("1814-05-17", "0001-01-01"):
        response = client_of("member").get(url_of(cast), {"on": day})
        assert response.status_code == 200
        assert response.context["fulfilment"].mandate is None


@pytest.mark.parametrize("typed", ["31.02.2026", "i går", "2026-13-01"])
@pytest.mark.parametrize("form", ["", "pdf"])
def test_what_is_no_date_is_told_and_stays_as_it_was_typed(cast, client_of, typed, form):
    url = url_of(cast, "compliance_file", form=form) if form else url_of(cast)
    response = client_of("member").get(url, {"on": typed})
    assert response.status_code == 400
    assert typed in response.content.decode()
    assert response.context["form"].errors["on"]


def test_a_day_to_come_is_refused_in_words(cast, client_of):
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = client_of("member").get(url_of(cast), {"on": tomorrow.isoformat()})
    assert response.status_code == 400
    assert response.context["form"].errors["on"][0] in response.content.decode()


def test_a_form_nobody_knows_is_not_there(cast, client_of):
    for form in ("docx", "pdf.exe", "json"):
        url = url_of(cast, "compliance_file", form=form)
        assert client_of("member").get(url).status_code == 404


def test_the_next_step_is_a_button_only_for_those_who_can_take_it(cast, client_of):
    plan = reverse("meetings_plan", args=[cast.committee.pk])
    for who, may in [("coordinator", True), ("chair", True), ("executive", False), ("dpo", False)]:
        page = client_of(who).get(url_of(cast)).content.decode()
        assert (f'class="clause-step no-print" href="{plan}"' in page) is may, who
    yesterday = timezone.localdate() - timedelta(days=1)
    page = client_of("coordinator").get(url_of(cast), {"on": yesterday.isoformat()})
    assert plan not in page.content.decode()


def test_titles_of_closed_items_and_decisions_never_stand_there(cast, client_of):
    canary = "Kanariefugl"
    meeting = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(20, 9),
        ends_at=in_days(20, 10),
        place="Rådhuset",
    )
    add_item(
        meeting,
        by=cast.coordinator,
        title=f"{canary} et",
        type="information",
        is_closed=True,
        closed_ground="Sikkerhed",
    )
    decision = decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"{canary} to",
        text=f"<p>{canary} tre</p>",
        why_now="Haster",
        is_impartial=True,
        weighing=WEIGHING,
        is_closed=True,
        closed_ground="Sikkerhed",
    )
    held_meeting(cast, 40)
    with time_is(in_days(60, 12)):
        for who in ("executive", "coordinator"):
            page = client_of(who).get(url_of(cast)).content.decode()
            assert canary not in page
            assert decision.number in page
            link = f'href="{decision.get_absolute_url()}"'
            assert (link in page) is (who == "coordinator")
        fulfilment = fulfilment_on(history_of(cast.committee), timezone.localdate())
        answer = json.dumps(answer_json(Answer(cast.committee, fulfilment)))
    assert decision.number in answer
    assert canary not in answer


def test_the_timeline_says_in_words_what_the_table_shows(cast, client_of):
    response = client_of("member").get(url_of(cast, "compliance_timeline"))
    months = response.context["months"]
    # A year of the mandate, not the years before it.
    first = months[0].day
    assert (first.year, first.month) == (cast.since.year, cast.since.month)
    for line in response.context["lines"]:
        assert [cell.month for cell in line.cells] == list(months)
        shown = [cell.shown for cell in line.cells if cell.shown]
        assert {one.shown for one in line.stretches} == set(shown)
        assert line.stretches[0].last == line.cells[-1].month


@pytest.mark.parametrize("name", ["mandate_compliance", "compliance_timeline"])
def test_a_page_asks_as_much_whatever_there_is(cast, client_of, name):
    asked = []
    for days in ((20,), (90, 160, 230)):
        for one in days:
            held_meeting(cast, one)
        with time_is(in_days(days[-1] + 10, 12)):
            browser = client_of("coordinator")
            # The first visit prolongs the session, once a day.
            assert browser.get(url_of(cast, name)).status_code == 200
            asked.append(queries_of(partial(browser.get, url_of(cast, name))))
    assert asked[0] == asked[1] <= MOST_OF_PARTS


def test_the_overview_and_the_committee_lead_there(cast, client_of):
    for who, url in [("member", "/"), ("member", cast.committee.get_absolute_url())]:
        assert f'href="{url_of(cast)}"' in client_of(who).get(url).content.decode()
    assert url_of(cast) not in client_of("employee").get("/").content.decode()
