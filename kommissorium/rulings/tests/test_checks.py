"""T4 turns green by what was decided and by what owners approved, and red where a review is late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kommissorium.conftest import time_is
from kommissorium.measures.findings import State
from kommissorium.policies.actions.documents import retire_document
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import (
    approved,
    approved_by_owner,
    decision_on,
    document,
    overall_in_force,
    proposed,
    today,
)
from kommissorium.registers.tests.check_cases import found
from kommissorium.rulings.register import REGISTER

pytestmark = pytest.mark.django_db
RED, GREEN, AMBER = State.NOT_FULFILLED, State.FULFILLED, State.DUE_SOON


def under(on=None):
    with override("en"):
        return found(REGISTER, "underlying_policies", on)


def days(number):
    return today() + timedelta(days=number)


def later(number=400):
    return time_is(timezone.localtime() + timedelta(days=number))


def test_what_owners_approve_is_reviewed_in_time_too(cast):
    overall_in_force(cast)
    made = approved_by_owner(cast)
    assert under().state == GREEN
    assert under(made.review_by + timedelta(days=1)).state == RED


def test_without_anything_underlying_there_is_no_occasion(cast):
    assert under().state == State.NO_OCCASION
    overall_in_force(cast)
    proposed(cast)
    assert under().state == State.NO_OCCASION


def test_nothing_is_in_force_past_its_review(cast):
    made = approved(cast)
    assert under().state == GREEN
    assert under(made.review_by).state == AMBER
    assert under(made.review_by + timedelta(days=1)).state == RED


def test_who_retires_what_is_late_is_told_of(cast):
    made = approved(cast)
    with later():
        assert under().state == RED
        retire_document(made.document, by=cast.coordinator, because="Ingen bruger den.")
        told = under()
        assert (told.state, len(told.evidence)) == (State.NO_OCCASION, 1)
        assert made.document.title in told.sentence
        approved(cast, document(cast, title="En anden"))
        assert under().state == GREEN
        assert made.document.title in under().sentence
        assert made.document.title not in under(days(370)).sentence


def test_a_review_that_was_missed_is_seen_on_the_day_it_was(cast):
    made = approved(cast)
    with later():
        assert under().state == RED
        proposed_one = proposed(cast, made.document, change="none", change_because="Holder.")
        assert under().state == RED  # a draft that has begun turns nothing green
        KIND.approve(proposed_one, decision_on(cast, proposed_one), by=cast.chair)
        assert under().state == GREEN
        assert under(days(-1)).state == RED


def test_what_begins_later_does_not_count_yet(cast):
    approved(cast, document(cast), begins_on=days(20))
    assert under().state == State.NO_OCCASION
    assert under(days(20)).state == GREEN
