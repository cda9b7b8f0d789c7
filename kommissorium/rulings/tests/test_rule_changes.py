"""A ruling or a dispensation that leads to another rule begins its draft, which names it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.models import Clause
from kommissorium.conftest import Cast, time_is
from kommissorium.core.refusals import Refused
from kommissorium.measures.findings import Question, State
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.policies.tests.cases import drafted, rule, write
from kommissorium.registers.tests.check_cases import asked_on, past_of, rules_of
from kommissorium.rulings.actions.rulings import change_rule
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.rulings.register import REGISTER
from kommissorium.rulings.tests.cases import asked, granted, in_days, ruled
from kommissorium.tasks.models import Task

pytestmark = pytest.mark.django_db


def changed(cast: Cast, found: Interpretation | Dispensation) -> Version:
    return change_rule(found, owner=cast.member, due=in_days(60), by=cast.coordinator)


def test_a_ruling_begins_a_draft_that_says_it_and_a_task(cast: Cast, client_of) -> None:
    found = asked(cast)
    ruled(cast, found)
    found.refresh_from_db()
    path, browser = reverse("ruling_change_rule", args=["interpretation", found.pk]), client_of
    sent = {"owner": cast.member.pk, "due": in_days(60)}
    answer = browser("coordinator").post(path, sent)
    draft = found.document.versions.get(state="draft")
    assert answer.url == draft.get_absolute_url()
    assert found.decision and found.decision.number in draft.change_because
    assert found.ruling in draft.change_because
    task = Task.objects.born_at("rulings.interpretation", [str(found.pk)]).get()
    page = browser("coordinator").get(found.get_absolute_url()).content.decode()
    assert task.title in page and task.owner == cast.member


def test_a_draft_that_is_there_is_told_why_too(cast: Cast) -> None:
    found = granted(cast)
    draft = drafted(cast, found.document, change_because="Vi retter adressen.")
    assert changed(cast, found) == draft
    draft.refresh_from_db()
    first, second = draft.change_because.splitlines()
    assert first == "Vi retter adressen." and found.decision and found.decision.number in second
    assert found.place not in second and found.reason not in second, "not for every reader"
    write(draft, cast.coordinator, title="Ny titel")


def test_nothing_is_begun_while_a_version_waits_for_its_decision(cast: Cast) -> None:
    found = granted(cast)
    KIND.propose(drafted(cast, found.document), cast.committee, by=cast.coordinator)
    with pytest.raises(Refused):
        changed(cast, found)
    assert not Task.objects.exists()


def test_only_coordinators_do(cast: Cast) -> None:
    found = granted(cast)
    with pytest.raises(PermissionDenied):
        change_rule(found, owner=cast.member, due=in_days(60), by=cast.employee)


def test_a_question_counts_for_the_committee_whose_rule_it_is(cast: Cast) -> None:
    asked(cast, rule(cast))
    later = asked_on(in_days(100))
    others = Question(later.on, later.known, later.since, cast.committee.pk + 1)
    check = rules_of(REGISTER).checks["underlying_policies"]
    with time_is(timezone.localtime() + timedelta(days=100)):
        past = past_of(REGISTER)
        assert check(Clause(), past, later).state == State.NOT_FULFILLED
        assert check(Clause(), past, others).state == State.NO_OCCASION
