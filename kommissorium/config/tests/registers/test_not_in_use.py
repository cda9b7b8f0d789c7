"""Registers that come later or are kept elsewhere: in no menu, and their clauses never green."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Municipality
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.tests.story import found, number_of
from kommissorium.config.tests.registers.cycle_cases import (
    approve_minutes_of,
    decide_at,
    later_meeting,
    through_a_meeting,
)
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.refusals import Refused
from kommissorium.measures.beginnings import ELSEWHERE
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Finding, State
from kommissorium.meetings.facts import from_json
from kommissorium.meetings.models import Decision, Meeting
from kommissorium.registers.actions.beginnings import put_off, take_into_use
from kommissorium.registers.installed import registers
from kommissorium.secretariat.actions.agendas import bring_back
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.actions.effects import effects_of
from kommissorium.secretariat.todo import waits_for
from kommissorium.yearwheel.duty_proposals import propose_duties

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("no_paper")]

type Browser = Callable[[str], Client]
KIND = "registers.put_off"
MENU = "/in-use/"
DAY = timedelta(days=1)


def on(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def of_risks(cast: Cast) -> Finding:
    """Return what is found today of the clause that the register of risks measures."""
    return found(cast, number_of(cast, Measure.RISK_LEVEL))


def decided(cast: Cast, outcome: str = "approved") -> Decision:
    """Let the next meeting decide on what came to it by itself."""
    later = later_meeting(cast)
    bring_back(later, by=cast.coordinator)
    through_a_meeting(cast, later, {KIND: outcome})
    return later.decisions.get(subject_kind=KIND)


def test_a_register_put_off_before_the_first_meeting_is_grey_until_its_day(cast: Cast) -> None:
    put_off(["risks"], by=cast.coordinator, until=on(400))
    told = of_risks(cast)
    assert told.state == State.UNMEASURED
    assert "tages i brug" in str(told.sentence)
    assert told.evidence[0].event, "the chain knows who said it"
    with time_is(in_days(399, 9)):
        assert of_risks(cast).state == State.UNMEASURED
    with time_is(in_days(400, 9)):
        assert of_risks(cast).state == State.NOT_FULFILLED, "from its day on it is measured"
    steering = found(cast, number_of(cast, Measure.STEERING))
    assert "tages i brug" not in str(steering.sentence), "what the committee does is measured"


def test_after_its_first_meeting_only_the_committees_own_decision_counts(cast: Cast) -> None:
    put_off(["risks"], by=cast.coordinator, until=on(400))
    decision = decided(cast, "rejected")
    with time_is(decision.decided_at + DAY):
        told = of_risks(cast)
        assert told.state != State.UNMEASURED
        assert "har ikke besluttet det" in str(told.sentence)
        put_off(["risks"], by=cast.coordinator, until=on(300))
        assert of_risks(cast).state != State.UNMEASURED, "said once more it is as lazy"


def test_what_a_meeting_approved_is_told_with_the_number_of_its_decision(cast: Cast) -> None:
    put_off(["risks", "audits"], by=cast.coordinator, until=on(400))
    decision = decided(cast)
    rows = [row.cells[0] for table in from_json(decision.item.facts).tables for row in table.rows]
    assert rows == ["Risici", "Audit"]
    assert any("Risici, Audit" in one.text for one in effects_of(decision))
    with time_is(decision.decided_at + DAY):
        told = of_risks(cast)
        assert (told.state, decision.number in str(told.sentence)) == (State.UNMEASURED, True)
        later = later_meeting(cast)
        bring_back(later, by=cast.coordinator)
        assert not later.items.filter(subject_kind=KIND).exists(), "it is decided once"
        put_off(["risks"], by=cast.coordinator, until=on(500))
        assert of_risks(cast).state != State.UNMEASURED, "a later day is another decision"


def test_what_is_put_off_after_the_call_stood_before_nobody(cast: Cast) -> None:
    put_off(["audits"], by=cast.coordinator, until=on(400))
    later = later_meeting(cast)
    bring_back(later, by=cast.coordinator)
    with time_is(later.starts_at - timedelta(days=12)):
        call(later, by=cast.coordinator)
    with time_is(later.starts_at - timedelta(days=2)):
        put_off(["risks"], by=cast.coordinator, until=on(300))
    decide_at(cast, later, {KIND: "approved"})
    approve_minutes_of(cast, later)
    decided = {code: one["decided"] for code, one in Municipality.current().put_off.items()}
    assert decided["risks"] == {}
    assert decided["audits"] == {str(cast.committee.pk): number_at(later)}


def number_at(meeting: Meeting) -> str:
    return str(meeting.decisions.get(subject_kind=KIND).number)


def test_what_is_kept_elsewhere_says_where_and_counts_for_a_year_after_somebody_looked(
    cast: Cast,
) -> None:
    said = {"way": ELSEWHERE, "until": on(700), "where": "Kitos", "who": "It-drift"}
    with pytest.raises(Refused) as refused:
        put_off(["risks"], by=cast.coordinator, **{**said, "where": " "})
    assert set(refused.value.errors) == {"where", "seen"}
    put_off(["risks"], by=cast.coordinator, seen=on(-3), **said)
    told = of_risks(cast)
    assert told.state == State.UNMEASURED
    assert "Kitos" in str(told.sentence) and "It-drift" in str(told.sentence)
    with time_is(in_days(400, 9)):
        told = of_risks(cast)
        assert told.state != State.UNMEASURED
        assert "tolv måneder" in str(told.sentence)


def test_it_cannot_be_put_off_for_ever_nor_to_a_day_that_has_come(cast: Cast) -> None:
    for until in (on(0), on(-1), on(800)):
        with pytest.raises(Refused) as refused:
            put_off(["risks"], by=cast.coordinator, until=until)
        assert set(refused.value.errors) == {"until"}
    for person in (cast.chair, cast.administrator, cast.dpo, cast.member):
        with pytest.raises(PermissionDenied):
            put_off(["risks"], by=person, until=on(30))
        with pytest.raises(PermissionDenied):
            take_into_use(["risks"], by=person)


def test_what_was_is_as_it_was_when_it_is_taken_into_use(cast: Cast) -> None:
    put_off(["risks"], by=cast.coordinator, until=on(400))
    today = timezone.localdate()
    with time_is(in_days(10, 9)):
        take_into_use(["risks"], by=cast.coordinator)
        assert of_risks(cast).state != State.UNMEASURED
        number = number_of(cast, Measure.RISK_LEVEL)
        assert found(cast, number, today).state == State.UNMEASURED
        assert history_of(cast.committee).not_in_use(today).keys() == {"risks"}
        with pytest.raises(Refused):
            take_into_use(["risks"], by=cast.coordinator)


def test_a_register_that_is_not_in_use_stands_in_no_menu_and_asks_nothing(
    cast: Cast, client_of: Browser
) -> None:
    browser = client_of("coordinator")
    risks = f'class="nav-link" href="{reverse("risks")}"'
    assert risks in browser.get(MENU).text
    every = len(propose_duties(cast.committee))
    put_off([one.code for one in registers()], by=cast.coordinator, until=on(60))
    assert risks not in browser.get(MENU).text
    assert len(propose_duties(cast.committee)) < every
    assert not [one for one in waits_for(cast.coordinator) if "tages i brug" in one.text]
    with time_is(in_days(40, 9)):
        assert [one for one in waits_for(cast.coordinator) if "tages i brug" in one.text]
    with time_is(in_days(60, 9)):
        assert risks in client_of("coordinator").get(MENU).text


def test_the_coordinator_says_it_on_a_page_and_others_read_it(
    cast: Cast, client_of: Browser
) -> None:
    browser, page = client_of("coordinator"), reverse("register_use", args=["risks"])
    sent = {"use": "later", "until": ""}
    refused = browser.post(page, sent)
    assert refused.status_code == 400
    assert refused.context["form"].errors["until"]
    sent |= {"until": on(90).isoformat()}
    assert browser.post(page, sent)["Location"] == reverse("registers_in_use")
    assert "Tages i brug" in client_of("member").get(reverse("registers_in_use")).text
    assert client_of("member").get(page).status_code == 404
    assert browser.get(reverse("register_use", args=["nothing"])).status_code == 404
    for _again in range(2):
        assert browser.post(page, {"use": "now"}).status_code == 302
        assert Municipality.current().put_off == {}
