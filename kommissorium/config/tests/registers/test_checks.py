"""The checks of every register: an answer on any date, with evidence that is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.test_house import recorded
from kommissorium.conftest import Cast, CastAnd, find_cast, time_is
from kommissorium.core.evidence.models import Event, Record
from kommissorium.measures.answer import CHECKS, find
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Finding, Question, State
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.rules.reports import REPORTS_RECEIVED
from kommissorium.measures.rules.revision import PICTURE, POLICY
from kommissorium.registers.actions.kept import keep_figures
from kommissorium.registers.installed import registers
from kommissorium.registers.tests.check_cases import past_of

AGO = timedelta(days=40)
BEFORE_ALL = date(1814, 5, 17)
EACH = [pytest.param(rules, id=rules.code) for rules in REGISTERS]


def fill_all(cast: Cast) -> None:
    """Let every room fill its register forty days ago, and keep that day's figures."""
    with time_is(timezone.now() - AGO):
        for register in registers():
            room = import_module(f"kommissorium.{register.code}.tests.check_samples")
            room.fill(cast)
            keep_figures(register.code, timezone.localdate())


@pytest.fixture(scope="module")
def full_registers(cast_and: CastAnd) -> None:
    """Registers that were filled, the same for all tests here."""
    cast_and(lambda: fill_all(find_cast()))


@pytest.fixture
def filled(full_registers: None, cast: Cast) -> Cast:
    return cast


def found_on(cast: Cast, register, day: date) -> Iterator[tuple[str, Finding]]:
    """Yield the findings of the register's checks and aspects about its clause on the day."""
    past = past_of(register)
    clauses = {one.measure: one for one in cast.mandate.clauses.all()}
    asked = asked_of(cast, day)
    for code, check in register.checks.items():
        yield code, check(clauses.get(code, clauses[Measure.POLICY_REVISION]), past, asked)


def asked_of(cast: Cast, day: date) -> Question:
    """Return the question of a day, with what is known of its chair's decisions."""
    history = history_of(cast.committee)
    own = (history.as_known(day).chairs, history.chair_may(day))
    return Question(day, day, cast.since, cast.committee.pk, *own)


def dates() -> tuple[date, date, date]:
    """Return today, a day after that of the samples, and one before everything."""
    return timezone.localdate(), timezone.localdate() - AGO + timedelta(days=1), BEFORE_ALL


@pytest.mark.parametrize("register", EACH)
def test_every_check_answers_on_any_date_in_words(filled, register):
    for day in dates():
        for code, finding in found_on(filled, register, day):
            assert finding.state in State, (code, day)
            assert str(finding.sentence).strip(), (code, day)
            assert "%(" not in finding.sentence, (code, day)


@pytest.mark.parametrize("register", EACH)
def test_what_was_not_there_yet_is_never_called_fulfilled(filled, register):
    for code, finding in found_on(filled, register, BEFORE_ALL):
        assert finding.state in (State.UNMEASURED, State.NOT_FULFILLED, State.NOT_YET_DUE), code
        assert finding.evidence == (), code


@pytest.mark.parametrize("register", EACH)
def test_something_was_measured_today_and_on_the_day_gone_by(filled, register):
    for day in dates()[:2]:
        measured = [code for code, one in found_on(filled, register, day) if one.evidence]
        assert measured == [*register.checks], day


@pytest.mark.parametrize("register", EACH)
def test_evidence_and_next_steps_lead_to_pages_and_evidence_is_in_the_chain(
    filled, client_of, register
):
    browser = client_of("coordinator")
    for day in dates():
        for code, finding in found_on(filled, register, day):
            links = {str(one.link) for one in finding.evidence}
            links |= {str(finding.step.link)} if finding.step else set()
            assert [url for url in links if browser.get(url).status_code != 200] == [], code
            for one in finding.evidence:
                if one.event:
                    assert Event.objects.get(seq=one.event).hash == one.fingerprint
                elif one.record:
                    assert Record.objects.get(pk=one.record).content_hash == one.fingerprint
                else:
                    assert (one.fingerprint, one.on) == ("", timezone.localdate())


def test_a_measure_and_an_aspect_are_claimed_once():
    claimed = Counter(list(CHECKS))
    claimed.update(code for rules in REGISTERS for code in rules.checks)
    assert [code for code, times in claimed.items() if times > 1] == []
    assert set(claimed) >= set(Measure), "every clause that is known is measured"
    aspects = set(claimed) - set(Measure)
    assert aspects == {PICTURE, POLICY, REPORTS_RECEIVED}, "one that several registers ask of"


def test_a_past_is_put_together_from_events_that_the_program_records():
    codes = {code for code, _file in recorded()}
    for register in REGISTERS:
        acts = {one if isinstance(one, str) else one.act for one in register.acts}
        assert acts <= codes, register.code


def test_the_answer_says_of_each_measure_what_its_register_says(filled):
    history = history_of(filled.committee)
    for day in dates()[:2]:
        clauses = {one.measure: one for one in history.clauses_on(day)}
        for register in REGISTERS:
            for code, finding in found_on(filled, register, day):
                if code in clauses:
                    assert bare(find(clauses[code], history, day)) == bare(finding)


def bare(finding: Finding) -> Finding:
    """Return it without the records that the answer lays beside the evidence."""
    evidence = (replace(one, record=None, fingerprint="") for one in finding.evidence)
    return replace(finding, evidence=tuple(evidence))


def test_the_policy_is_held_against_the_picture_that_a_register_has(filled):
    history, today = history_of(filled.committee), timezone.localdate()
    clauses = history.clauses_on(today)
    clause = next(one for one in clauses if one.measure == Measure.POLICY_REVISION)
    asked = asked_of(filled, today)
    picture = history.aspect(PICTURE, clause, asked)
    assert picture is not None
    assert picture.state == State.FULFILLED
    finding = find(clause, history, today)
    policy = history.aspect(POLICY, clause, asked)
    assert policy is not None and str(finding.sentence).startswith(str(policy.sentence))
    assert bare(picture).evidence[0] in bare(finding).evidence
