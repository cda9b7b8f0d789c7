"""T9: what changes its state, and that the cheapest ways to green stay red."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from kommissorium.audits.actions.work import add_checks, change_settings, issue_report
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit, AuditSettings
from kommissorium.audits.past import STATUS
from kommissorium.audits.tests.cases import (
    LOOKED,
    audited,
    closed,
    closed_by_another,
    drafted_evaluation,
    evaluated,
    find,
    planned_before,
    reported,
)
from kommissorium.core.refusals import Refused
from kommissorium.measures.days import year_before
from kommissorium.measures.findings import Question, State
from kommissorium.measures.periods import Quarter
from kommissorium.measures.rules.audits import audit_evaluated
from kommissorium.registers.actions.activities import call_off_activity, draft_evaluation
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.installed import register_of
from kommissorium.registers.status import StatusFigure
from kommissorium.registers.tests.activity_cases import approve, hold
from kommissorium.registers.tests.check_cases import asked_on, past_of, taken_up


def t9(cast, on: date | None = None, *, known: date | None = None, committee: int | None = None):
    day = on or timezone.localdate()
    asked = Question(day, known or day, cast.since, committee or cast.committee.pk, taken_up())
    return audit_evaluated(None, past_of(register_of("audits")), asked)  # type: ignore[arg-type]


def in_months(months: int) -> date:
    """Return the last day on which an audit held today still counts for this many months."""
    day = timezone.localdate()
    while year_before(day + timedelta(days=1), months) <= timezone.localdate():
        day += timedelta(days=1)
    return day


def test_without_an_audit_it_is_not_fulfilled(cast):
    assert t9(cast).state == State.NOT_FULFILLED


def test_in_the_first_quarter_it_is_not_due_yet(cast):
    day = timezone.localdate()
    asked = Question(day, day, day - timedelta(days=10), cast.committee.pk)
    found = audit_evaluated(None, past_of(register_of("audits")), asked)  # type: ignore[arg-type]
    assert found.state == State.NOT_YET_DUE


def test_held_and_not_evaluated_it_is_not_fulfilled_and_says_which(cast):
    audit = reported(cast, audited(cast))
    found = t9(cast)
    assert found.state == State.NOT_FULFILLED
    assert audit.title in found.sentence
    assert found.step and str(found.step.link) == audit.get_absolute_url()


def test_an_evaluation_that_is_only_drafted_does_not_count(cast):
    drafted_evaluation(cast)
    assert t9(cast).state == State.NOT_FULFILLED


def test_held_and_evaluated_it_is_fulfilled_with_evidence_for_a_year(cast):
    evaluated(cast, planned_before(cast))
    found = t9(cast)
    assert found.state == State.FULFILLED
    assert len(found.evidence) == 2 and all(one.event for one in found.evidence)
    assert t9(cast, timezone.localdate() - timedelta(days=1)).state == State.NOT_FULFILLED
    last = in_months(12)
    assert t9(cast, last - timedelta(days=31)).state == State.FULFILLED
    assert t9(cast, last).state == State.DUE_SOON
    assert t9(cast, last + timedelta(days=1)).state == State.NOT_FULFILLED


def test_the_chairs_evaluation_alone_is_amber_until_a_meeting_takes_it_up(cast):
    evaluated(cast, planned_before(cast))
    day = timezone.localdate()
    asked = Question(day, day, cast.since, cast.committee.pk)
    alone = audit_evaluated(None, past_of(register_of("audits")), asked)  # type: ignore[arg-type]
    assert alone.state == State.DUE_SOON
    with override("da"):
        assert "ikke behandlet af udvalget" in str(alone.sentence)
    assert t9(cast).state == State.FULFILLED


def test_a_day_is_told_as_it_was_known_then(cast):
    evaluated(cast)
    day = timezone.localdate()
    assert t9(cast, day, known=day - timedelta(days=1)).state == State.NOT_FULFILLED


def test_what_another_committee_evaluated_does_not_count(cast):
    evaluated(cast)
    assert t9(cast, committee=cast.committee.pk + 1).state == State.NOT_FULFILLED


def test_an_audit_that_was_called_off_cannot_be_evaluated(cast):
    audit = audited(cast)
    call_off_activity(KIND, audit, by=cast.coordinator, because="Ingen tid.")
    with pytest.raises(PermissionDenied):
        reported(cast, audit)
    assert t9(cast).state == State.NOT_FULFILLED


def test_an_audit_in_which_nothing_was_looked_at_has_no_report(cast):
    held = hold(KIND, audited(cast), cast.coordinator)
    add_checks(held, by=cast.coordinator, lines=["Er adgange godkendt?"])
    with pytest.raises(Refused, match="checklist"), override("en"):
        issue_report(held, by=cast.coordinator, **LOOKED)
    with pytest.raises(Refused):
        draft_evaluation(EVALUATION, by=cast.coordinator, audit_id=held.pk)


def test_a_new_audit_without_evaluation_does_not_hide_the_one_before(cast):
    evaluated(cast, planned_before(cast))
    hold(KIND, audited(cast, title="Endnu en"), cast.coordinator)
    assert t9(cast).state == State.FULFILLED


def test_how_often_is_a_setting_that_holds_from_the_day_it_was_changed(cast):
    evaluated(cast, planned_before(cast))
    later = in_months(12) + timedelta(days=1)
    form = {"by": cast.coordinator, "edit_version": AuditSettings.current().edit_version}
    change_settings(values={"months": 24}, **form)
    assert t9(cast, later).state == State.FULFILLED
    assert t9(cast, in_months(24) + timedelta(days=1)).state == State.NOT_FULFILLED


def test_planned_held_reported_and_evaluated_on_one_day_it_does_not_count(cast):
    real = planned_before(cast)
    evaluated(cast, audited(cast, title="Hurtig revision"))
    found = t9(cast)
    with override("en"):
        assert found.state == State.NOT_FULFILLED
        assert "planned, held, reported and evaluated on one day" in found.sentence
    evaluate(cast, reported(cast, real))
    assert t9(cast).state == State.FULFILLED


@pytest.mark.parametrize(("population", "looked_at"), [(0, 0), (40, 0), (40, 41)])
def test_a_report_says_how_many_of_how_many_were_looked_at(cast, population, looked_at):
    audit = planned_before(cast)
    find(cast, audit)
    held = hold(KIND, audit, cast.coordinator)
    numbers = {"population": population, "looked_at": looked_at}
    with pytest.raises(Refused) as refused:
        issue_report(held, by=cast.coordinator, **numbers)
    assert list(refused.value.errors) == ["looked_at" if population else "population"]


def test_the_clause_says_how_many_of_how_many_were_looked_at(cast):
    evaluated(cast, planned_before(cast))
    past = past_of(register_of("audits"))
    with override("en"):
        assert "15 of the 40 that it was about were looked at." in t9(cast).sentence
        silent = [replace(one, facts={"title": one.facts["title"]}) for one in past.reported]
        found = audit_evaluated(
            None, replace(past, reported=silent), asked_on(timezone.localdate())
        )
        assert found.state == State.DUE_SOON
        assert "does not say how many" in found.sentence


def evaluate(cast, audit: Audit) -> None:
    """Have the committee evaluate what was reported."""
    draft = draft_evaluation(EVALUATION, by=cast.coordinator, audit_id=audit.pk)
    values = {"judgement": "Bedre end sidst.", "effort": "Kvartalsvis gennemgang."}
    change_draft(EVALUATION, draft, values, by=cast.coordinator, edit_version=1)
    approve(cast, EVALUATION, draft)


def figure(day: date | None = None) -> StatusFigure | None:
    """Return the figure of the status of that day's quarter; None where it says nothing."""
    for part in STATUS.parts(Quarter.of(day or timezone.localdate())):
        return next((one for one in part.figures if one.code == "closed_by_another"), None)
    return None


@pytest.mark.parametrize(
    ("number", "said"), [(1, "A finding of it was"), (2, "2 findings of it were")]
)
def test_clause_and_status_say_that_another_closed_what_was_found(cast, number, said):
    audit = planned_before(cast)
    findings = [find(cast, audit) for _one in range(number)]
    with override("en"):
        assert figure() is None
        evaluate(cast, closed_by_another(cast, audit, *findings))
        assert f"{said} closed by somebody who did not make the report." in t9(cast).sentence
        shown = figure()
    assert shown and (shown.value, shown.before, shown.wanted) == (number, None, "less")
    assert shown.label == "Closed by somebody who did not make the report" and shown.sums


def test_it_is_said_of_the_audit_it_is_about_and_from_the_day_it_was_done(cast):
    audit = audited(cast)
    other = reported(cast, audited(cast, title="En anden revision"))
    closed_by_another(cast, audit, find(cast, audit))
    evaluate(cast, other)
    yesterday, today = timezone.localdate() - timedelta(days=1), timezone.localdate()
    asked = {
        day: Question(day, day, cast.since, cast.committee.pk, taken_up())
        for day in (yesterday, today)
    }
    past = past_of(register_of("audits"))
    with override("en"):
        assert "did not make the report" not in t9(cast).sentence
    assert past.judged_by_another(audit.pk, asked[today]) == 1
    assert past.judged_by_another(audit.pk, asked[yesterday]) == 0
    assert past.judged_by_another(other.pk, asked[today]) == 0
    assert figure(Quarter.of(today).before.first) is None


def test_what_its_own_auditor_closed_is_not_said(cast):
    audit = audited(cast)
    before = find(cast, audit)
    closed(cast, before)
    after = find(cast, audit, sort="observation")
    evaluate(cast, reported(cast, audit))
    closed(cast, after)
    with override("en"):
        assert "did not make the report" not in t9(cast).sentence
    assert figure() is None
