"""An answer that was frozen: one record for the same, kept for ever, and read back as it was told."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import override

from kommissorium.accounts.models import Person
from kommissorium.compliance.actions.freezing import freeze_answer
from kommissorium.compliance.frozen import content_of, kept_on, with_names
from kommissorium.compliance.fulfilment import Fulfilment, fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.models import ANSWER, FrozenAnswer
from kommissorium.compliance.tests.story import held_meeting, planned_meeting
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Record
from kommissorium.core.refusals import Refused
from kommissorium.measures.own import rules_hash

DOWNLOAD, MONTH_END = FrozenAnswer.Why.DOWNLOAD, FrozenAnswer.Why.MONTH_END


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def frozen(cast: Cast, on: date, why: str = MONTH_END) -> FrozenAnswer:
    return freeze_answer(cast.committee, on, by=None, why=why)


def computed(cast: Cast, on: date) -> Fulfilment:
    return fulfilment_on(history_of(cast.committee, on), on)


def test_it_holds_both_readings_with_words_codes_and_what_they_rest_on(cast):
    on = timezone.localdate()
    row = frozen(cast, on)
    content = json.loads(row.record.content)
    found = computed(cast, on)
    assert content["committee"] == cast.committee.name
    assert (content["day"], content["known"]) == (on.isoformat(), on.isoformat())
    assert content["mandate"]["version"] == cast.mandate.version
    assert content["rules"] == rules_hash() and len(content["facts"]) == 64
    assert content["time_zone"] == "Europe/Copenhagen"
    assert content["counts"]["then"] == {one.value: n for one, n in found.counts.items()}
    for line, one in zip(content["clauses"], found.findings, strict=True):
        said = line["then"]
        assert (line["number"], said["state"]) == (one.clause.number, one.state.value)
        for language, words in said["sentence"].items():
            with override(language):
                assert words == str(one.finding.sentence)
        assert len(said["evidence"]) == len(one.finding.evidence)
        assert row.states[str(line["key"])] == said["state"]


def test_the_same_on_the_same_head_is_one_record(cast):
    on = timezone.localdate()
    first = frozen(cast, on, DOWNLOAD)
    assert frozen(cast, on, DOWNLOAD) == first
    frozen(cast, yesterday())  # another answer is no news of this one
    assert frozen(cast, on, DOWNLOAD) == first
    planned_meeting(cast, 20)
    assert frozen(cast, on, DOWNLOAD) != first


def test_a_frozen_answer_never_changes_and_is_proved(cast):
    row = frozen(cast, yesterday())
    own = FrozenAnswer.objects.filter(pk=row.pk)
    for act in (lambda: own.update(why="download"), own.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Record.objects.get(kind=ANSWER) == row.record
    report = check_database()
    assert report.holds, report.faults


def test_nobody_freezes_the_answer_of_a_committee_they_do_not_follow(cast):
    with pytest.raises(PermissionDenied):
        freeze_answer(cast.committee, yesterday(), by=cast.employee, why=DOWNLOAD)
    with pytest.raises(Refused):
        freeze_answer(cast.committee, in_days(1, 9).date(), by=cast.auditor, why=DOWNLOAD)


def test_what_was_frozen_is_shown_whatever_is_written_later(cast):
    meeting = held_meeting(cast, 20)
    on = timezone.localdate(meeting.starts_at) + timedelta(days=3)
    with time_is(in_days(24, 9)):
        before = [(str(one.finding.sentence), one.state) for one in computed(cast, on).findings]
        frozen(cast, on)
        planned_meeting(cast, 40)
        found = kept_on(history_of(cast.committee, on), computed(cast, on))
    assert found is not None and found.differing == 0 and not found.has_other_rules
    kept = found.fulfilment
    assert [(str(one.finding.sentence), one.state) for one in kept.findings] == before
    assert kept.counts == computed(cast, on).counts
    ours = [one.finding.evidence for one in computed(cast, on).findings]
    for kept_row, now in zip(kept.findings, ours, strict=True):
        for one, other in zip(kept_row.finding.evidence, now, strict=True):
            assert (one.reference, one.fingerprint, one.on, one.link, one.label) == (
                *(other.reference, other.fingerprint, other.on, str(other.link)),
                str(other.label),
            )


def test_an_answer_of_today_is_not_the_last_word_on_it(cast):
    on = timezone.localdate()
    frozen(cast, on, DOWNLOAD)
    assert kept_on(history_of(cast.committee, on), computed(cast, on)) is None


def test_rules_that_changed_leave_the_record_and_are_told(cast, monkeypatch):
    on = yesterday()
    row = frozen(cast, on)
    monkeypatch.setattr("kommissorium.compliance.frozen.rules_hash", lambda: "0" * 64)
    history, now = history_of(cast.committee, on), computed(cast, on)
    others = [*now.findings]
    others[0] = type(others[0])(others[0].clause, others[1].finding)
    now = type(now)(now.on, now.known, now.mandate, now.measured_from, others)
    found = kept_on(history, now)
    assert found is not None and found.row == row
    assert (found.differing, found.has_other_rules) == (1, True)
    assert found.fulfilment.findings[0].state.value == row.states[str(others[0].clause.pk)]


def test_names_in_words_are_kept_by_pseudonym_and_go_with_the_person(cast, monkeypatch):
    clause = cast.mandate.clauses.first()
    Person.objects.filter(pk=cast.member.pk).update(name="Mie Sand")

    def said(history, on):
        found = fulfilment_on(history, on)
        found.findings[0].clause.text = "Samtale med Mie Sand"
        return found

    monkeypatch.setattr("kommissorium.compliance.frozen.fulfilment_on", said)
    row = frozen(cast, yesterday())
    assert "Mie Sand" not in row.record.content
    text = json.loads(with_names(row.record.content))["clauses"][0]["text"]
    assert text == "Samtale med Mie Sand", clause
    Person.objects.filter(pk=cast.member.pk).update(name="Slettet person 7")
    text = json.loads(with_names(row.record.content))["clauses"][0]["text"]
    assert text == "Samtale med Slettet person 7"


def test_the_content_is_the_same_whatever_language_is_spoken(cast):
    on, told = yesterday(), []
    for language in ("da", "en"):
        with override(language):
            told.append(content_of(cast.committee, history_of(cast.committee, on), on))
    assert told[0] == told[1]
