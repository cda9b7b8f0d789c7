"""The register of decisions and the page of each."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kommissorium.conftest import Cast, in_days
from kommissorium.core.evidence.actions import freeze
from kommissorium.core.richtext import plain_text
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.decisions import decide_as_chair, words_of
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import Advice, Decision, Dissent, Meeting, Outcome
from kommissorium.meetings.models.decisions import folded
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.tests.test_cycle import approved, hold
from kommissorium.tasks.actions import give_task

pytestmark = pytest.mark.both("sorts, narrows and searches")

type Browser = Callable[[str], Client]

MOST_QUERIES = 12
WEIGHING = {
    "security": "stronger",
    "usability": "unchanged",
    "economy": "neutral",
    "proportion": "fitting",
}


def shown(browser: Client, **query: object) -> list[str]:
    return [one.title for one in browser.get(reverse("decisions"), query).context["decisions"]]


def by_chair(cast: Cast, title: str, text: str = "", **changes: Any) -> Decision:
    html = f"<p>{text or title}</p>"
    given: dict[str, Any] = {"text": html, "why_now": "Haster", "weighing": WEIGHING}
    given |= {"is_impartial": True, **changes}
    return decide_as_chair(cast.committee, by=cast.chair, title=title, **given)


@pytest.fixture
def later(cast: Cast, meeting: Meeting) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )


@pytest.fixture
def held(cast: Cast, meeting: Meeting) -> Meeting:
    """A meeting that decided two items, one of them closed; its minutes are not approved."""
    item = {"presentation": "", "recommendation": "", "type": "decision"}
    ground = {"is_closed": True, "closed_ground": "Offentlighedsloven § 31"}
    add_item(meeting, by=cast.coordinator, title="Åbent ærinde", **item)
    add_item(meeting, by=cast.coordinator, title="Lukket ærinde", **item, **ground)
    call(meeting, by=cast.coordinator)
    numbers = {one.title: one.number or 0 for one in meeting.items.all()}
    hold(cast, meeting, {numbers["Åbent ærinde"]: "rejected", numbers["Lukket ærinde"]: "noted"})
    return meeting


def test_decisions_wait_for_the_minutes_and_then_stand_in_the_register(cast, held, client_of):
    page = client_of("member").get(reverse("decisions"))
    (pending,) = page.context["pending"]
    assert (pending.number, pending.meeting) == (2, held.label)
    assert pending.url == reverse("meeting", args=[held.pk]), "may not read the minutes yet"
    assert pending.url in page.content.decode() and not page.context["decisions"].object_list
    (seen,) = client_of("auditor").get(reverse("decisions")).context["pending"]
    (kept,) = client_of("coordinator").get(reverse("decisions")).context["pending"]
    assert kept.url == reverse("minutes", args=[held.pk])
    assert seen.number == 1  # the closed item is none of theirs
    approved(cast, held)
    page = client_of("member").get(reverse("decisions"))
    assert page.context["pending"] == []
    assert {one.title for one in page.context["decisions"]} == {"Åbent ærinde", "Lukket ærinde"}


def test_closed_decisions_are_hidden_from_whom_the_committee_does_not_name(cast, held, client_of):
    approved(cast, held)
    closed = Decision.objects.get(is_closed=True)
    for who in ("executive", "auditor"):
        browser = client_of(who)
        page = browser.get(reverse("decisions"))
        assert [one.title for one in page.context["decisions"]] == ["Åbent ærinde"], who
        assert page.context["decisions"].paginator.count == 1
        assert "Lukket ærinde" not in page.content.decode()
        assert shown(browser, q="lukket") == []
        assert browser.get(closed.get_absolute_url()).status_code == 404
        sheet = load_workbook(io.BytesIO(browser.get(reverse("decisions_excel")).getvalue())).active
        assert sheet.max_row == 2
    for who in ("employee", "administrator"):
        assert shown(client_of(who)) == [], who
        assert client_of(who).get(closed.get_absolute_url()).status_code == 404
    assert client_of("dpo").get(closed.get_absolute_url()).status_code == 200


def test_the_register_is_narrowed_by_what_stands_in_the_address(cast, held, client_of):
    approved(cast, held)
    by_chair(cast, "Formandens ord", subject=("meetings.decision", "1", "/decisions/1/"))
    browser = client_of("member")
    everything = {"Åbent ærinde", "Lukket ærinde", "Formandens ord"}
    assert set(shown(browser)) == everything
    assert shown(browser, outcome="rejected") == ["Åbent ærinde"]
    assert shown(browser, outcome="noted") == ["Lukket ærinde"]
    assert shown(browser, capacity="between") == ["Formandens ord"]
    assert set(shown(browser, capacity="committee")) == everything - {"Formandens ord"}
    assert shown(browser, subject="meetings.decision") == ["Formandens ord"]
    assert shown(browser, q="ÆRINDE åbent") == ["Åbent ærinde"]
    assert shown(browser, q="ærinde findes-ikke") == []
    nonsense = {"outcome": "x", "year": "'", "committee": "9x", "subject": "y", "page": "z"}
    assert set(shown(browser, **nonsense, sort="w")) == everything
    assert set(shown(browser, q="\0")) == everything


def test_years_are_offered_when_there_are_several(cast, client_of):
    bulk(cast, 3)
    row = bulk(cast, 1, year=2019)[0]
    browser = client_of("member")
    assert shown(browser, year=2019) == [row.title]
    assert len(shown(browser, year=2020)) == 3
    offered = browser.get(reverse("decisions")).context["narrowed"].fields["year"].choices
    assert [value for value, _label in offered] == ["", "2020", "2019"]


def test_numbers_sort_as_numbers_and_outcomes_as_they_are_listed(cast, client_of):
    bulk(cast, 11)
    browser = client_of("member")
    ascending = shown(browser, sort="number")
    assert ascending == [f"Beslutning {serial}" for serial in range(1, 12)]
    assert shown(browser, sort="-number") == ascending[::-1]
    outcomes = [
        one.outcome
        for one in browser.get(reverse("decisions"), {"sort": "outcome"}).context["decisions"]
    ]
    assert outcomes == sorted(outcomes, key=Outcome.values.index)


def test_a_meetings_decisions_sort_before_the_chairs_of_the_year(cast, meeting, client_of):
    chairs = by_chair(cast, "Formandens")
    call(meeting, by=cast.coordinator)
    hold(cast, meeting, {5: "approved", 6: "approved"})
    approved(cast, meeting)
    browser = client_of("member")
    rows = browser.get(reverse("decisions"), {"sort": "number"}).context["decisions"]
    numbers = [one.number for one in rows if one.year == chairs.year]
    assert numbers[-1] == chairs.number
    assert len(rows.object_list) == 3


def test_words_are_looked_for_in_what_people_read_and_not_in_the_markup(cast, client_of):
    text = "Grøn &amp; <strong>kanarie</strong>fugl &lt;b&gt;"
    by_chair(cast, "Fuglen", text)
    browser = client_of("member")
    for words in ("kanariefugl", "GRØN", "& kanarie", "<b>", "FUGLEN grøn", "/F1"):
        assert shown(browser, q=words) == ["Fuglen"], words
    for words in ("strong", "amp;", "%", "_", "fuglen hest"):
        assert shown(browser, q=words) == [], words


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=60), words=st.text(max_size=40))
def test_every_word_of_a_title_finds_it_and_no_words_break_the_search(cast, title, words):
    clean = "".join(sign for sign in title if sign.isprintable()) or "x"
    words = words.encode(errors="ignore").decode().replace("\0", "")
    decision = Decision(number="2026/F1", title=clean, text="<p>Æ &amp; ø</p>")
    text = words_of(decision)
    assert all(folded(word) in text for word in clean.split())
    assert plain_text(decision.text) == "Æ & ø" and "æ & ø" in text
    assert list(Decision.objects.found_by(words)) == []


def test_the_workbook_holds_what_the_page_shows(cast, held, client_of):
    approved(cast, held)
    by_chair(cast, "=1+1", "Kanariefugl", why_now="Straks")
    answer = client_of("member").get(reverse("decisions_excel"), {"sort": "title", "q": "kanarie"})
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert len(rows) == 2 and len(rows[0]) == 21
    assert rows[1][2] == "=1+1" and rows[1][4] == "Kanariefugl"
    assert rows[1][1].date() == timezone.localdate()
    assert "Straks" in rows[1] and cast.chair.name in rows[1][5]
    everything = client_of("member").get(reverse("decisions_excel"))
    assert load_workbook(io.BytesIO(everything.getvalue())).active.max_row == 4


def test_the_page_tells_of_the_weighing_the_advice_the_dissent_and_the_tasks(
    cast, meeting, client_of
):
    call(meeting, by=cast.coordinator)
    item = meeting.items.get(number=5)
    save_field(item, "security", "weaker", by=cast.coordinator, version=0)
    save_field(item, "security_text", "Kanarievægt", by=cast.coordinator, version=0)
    Advice.objects.create(
        item=item,
        person=cast.dpo,
        text="Kanarieråd",
        given_at=timezone.now(),
        followed=False,
        because="Kanariegrund",
    )
    attendance = meeting.attendances.get(person=cast.member)
    Dissent.objects.create(
        item=item,
        attendance=attendance,
        kind="dissent",
        text="Kanarieuenighed",
        noted_at=timezone.now(),
    )
    task = give_task(
        by=cast.coordinator,
        title="Kanarieopgave",
        owner=cast.member,
        due=timezone.localdate() + timedelta(days=60),
        committee=cast.committee,
        born=item,
    )
    hold(cast, meeting, {5: "with_changes"})
    approved(cast, meeting)
    decision = Decision.objects.get(item=item)
    text = client_of("member").get(decision.get_absolute_url()).content.decode()
    for canary in ("Kanarievægt", "Kanarieråd", "Kanariegrund", "Kanarieuenighed", task.title):
        assert canary in text, canary
    for url in (item.get_absolute_url(), meeting.get_absolute_url(), task.get_absolute_url()):
        assert url in text, url
    assert reverse("minutes", args=[meeting.pk]) in text
    record = reverse("record", args=[decision.record_id])
    assert record not in text
    assert record in client_of("coordinator").get(decision.get_absolute_url()).content.decode()


def test_a_page_leads_to_the_decisions_before_and_after(cast, meeting, later, client_of):
    chairs = by_chair(cast, "Formandens ord")
    told = chairs.told_at().get()
    call(meeting, by=cast.coordinator)
    told.refresh_from_db()
    hold(cast, meeting, {6: "deferred", told.number: "noted"})
    approved(cast, meeting)
    deferred = Decision.objects.get(item__meeting=meeting, item__number=6)
    call(later, by=cast.coordinator)
    item = later.items.get(carried_from=deferred.item)
    hold(cast, later, {item.number: "approved"})
    approved(cast, later)
    taken = Decision.objects.get(item=item)
    noted = Decision.objects.get(item=told)

    def related(decision: Decision) -> list[Decision]:
        return client_of("member").get(decision.get_absolute_url()).context["related"]

    assert related(deferred) == [taken] and related(taken) == [deferred]
    assert related(chairs) == [noted] and related(noted) == [chairs]
    lines = client_of("member").get(deferred.get_absolute_url()).context["effects"]
    assert [line.link for line in lines] == [item.get_absolute_url()]


def test_the_history_of_a_decision_is_that_of_its_minutes_or_its_own(cast, held, client_of):
    approved(cast, held)
    browser = client_of("member")
    decision = Decision.objects.filter(meeting=held).first()
    acts = [one.act for one in browser.get(decision.get_absolute_url()).context["entries"]]
    assert acts[0] == "meetings.minutes_approved" and acts[-1] == "meetings.meeting_called"
    chairs = by_chair(cast, "Formandens")
    acts = [one.act for one in browser.get(chairs.get_absolute_url()).context["entries"]]
    assert acts == ["meetings.chair_decided"]


@pytest.mark.parametrize("query", [{}, {"q": "beslutning 1", "sort": "-number", "page": "2"}])
def test_the_register_asks_no_more_where_there_is_more(cast, client_of, query):
    browser = client_of("member")
    browser.get(reverse("decisions"))  # the first visit writes to the session

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse("decisions"), query).status_code == 200
        return len(asked)

    bulk(cast, 10)
    few = queries()
    bulk(cast, 490, first=11)
    assert queries() == few <= MOST_QUERIES


def test_a_decisions_page_asks_no_more_where_there_is_more(cast, meeting, later, client_of):
    by_chair(cast, "Formandens ord")
    call(meeting, by=cast.coordinator)
    hold(cast, meeting, {5: "approved", 6: "deferred"})
    approved(cast, meeting)
    call(later, by=cast.coordinator)
    hold(cast, later, {1: "approved"})  # confirms the minutes
    approved(cast, later)
    for who in ("coordinator", "member", "chair", "auditor"):
        browser = client_of(who)
        browser.get(reverse("decisions"))  # the first visit writes to the session
        for decision in Decision.objects.all():
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(decision.get_absolute_url()).status_code == 200
            assert len(asked) <= MOST_QUERIES, (who, decision.number)


def test_an_empty_register_says_where_decisions_come_from(cast, client_of):
    page = client_of("employee").get(reverse("decisions"))
    assert "empty-title" in page.content.decode() and page.context["pending"] == []
    fits = client_of("member").get(reverse("decisions"), {"q": "intet"})
    assert "empty-title" in fits.content.decode()


def bulk(cast: Cast, count: int, *, year: int = 2020, first: int = 1) -> list[Decision]:
    """Write many decisions of the chair at once, for counting."""
    record = freeze("test", cast.committee, by=None, content={})
    made = timezone.now().replace(year=year, month=1, day=1)
    rows = [
        Decision(
            committee=cast.committee,
            year=year,
            number=f"{year}/F{serial}",
            capacity=Decision.Capacity.CHAIR,
            is_impartial=True,
            title=f"Beslutning {serial}",
            words=f"beslutning {serial}",
            outcome=Outcome.values[serial % 3],
            decided_at=made,
            written_at=made,
            by=cast.chair,
            record=record,
        )
        for serial in range(first, first + count)
    ]
    return Decision.objects.bulk_create(rows)


def test_the_item_shows_what_was_decided_on_it(cast, held, client_of):
    approved(cast, held)
    decision = Decision.objects.filter(meeting=held, is_closed=False).first()
    for who in ("member", "executive"):
        text = client_of(who).get(decision.item.get_absolute_url()).content.decode()
        assert decision.get_absolute_url() in text
