"""T9: what changes its state, and that the cheapest ways to green stay red."""

from __future__ import annotations

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
    audited,
    closed,
    closed_by_another,
    drafted_evaluation,
    evaluated,
    find,
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
from kommissorium.registers.tests.check_cases import past_of


def t9(cast, on: date | None = None, *, known: date | None = None, committee: int | None = None):
    day = on or timezone.localdate()
    asked = Question(day, known or day, cast.since, committee or cast.committee.pk)
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
    evaluated(cast)
    found = t9(cast)
    assert found.state == State.FULFILLED
    assert len(found.evidence) == 2 and all(one.event for one in found.evidence)
    assert t9(cast, timezone.localdate() - timedelta(days=1)).state == State.NOT_FULFILLED
    last = in_months(12)
    assert t9(cast, last - timedelta(days=31)).state == State.FULFILLED
    assert t9(cast, last).state == State.DUE_SOON
    assert t9(cast, last + timedelta(days=1)).state == State.NOT_FULFILLED


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
        issue_report(held, by=cast.coordinator)
    with pytest.raises(Refused):
        draft_evaluation(EVALUATION, by=cast.coordinator, audit_id=held.pk)


def test_a_new_audit_without_evaluation_does_not_hide_the_one_before(cast):
    evaluated(cast)
    hold(KIND, audited(cast, title="Endnu en"), cast.coordinator)
    assert t9(cast).state == State.FULFILLED


def test_how_often_is_a_setting_that_holds_from_the_day_it_was_changed(cast):
    evaluated(cast)
    later = in_months(12) + timedelta(days=1)
    form = {"by": cast.coordinator, "edit_version": AuditSettings.current().edit_version}
    change_settings(values={"months": 24}, **form)
    assert t9(cast, later).state == State.FULFILLED
    assert t9(cast, in_months(24) + timedelta(days=1)).state == State.NOT_FULFILLED


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
    audit = audited(cast)
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
    asked = {day: Question(day, day, cast.since, cast.committee.pk) for day in (yesterday, today)}
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
