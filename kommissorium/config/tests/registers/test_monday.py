"""The coordinator's week over all registers: a law's hours first, and debts that lead somewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kommissorium.conftest import Cast, find_cast, prove, time_is
from kommissorium.incidents.tests.cases import reported, triaged
from kommissorium.secretariat.owed import owed_to
from kommissorium.secretariat.todo import waits_for
from kommissorium.secretariat.week import week_of
from kommissorium.tasks.actions import give_task

pytestmark = pytest.mark.django_db
MONTHS = timedelta(days=70)  # until much of the samples is overdue


def test_the_72_hours_of_a_breach_stand_before_what_is_long_overdue(cast: Cast) -> None:
    with time_is(timezone.localtime() - MONTHS):
        task = give_task(
            by=cast.coordinator,
            title="Ryd op i rettigheder",
            owner=cast.coordinator,
            due=timezone.localdate() + timedelta(days=1),
            committee=cast.committee,
        )
    breach, waiting = triaged(cast), reported(cast)
    texts = [one.text for one in week_of(waits_for(cast.coordinator)).planned]
    [told, triage, overdue] = [
        next(at for at, text in enumerate(texts) if words in text)
        for words in (breach.label, waiting.label, task.title)
    ]
    assert told < triage < overdue


@pytest.mark.once
def test_what_is_owed_leads_to_a_page_for_both(samples: object) -> None:
    cast = find_cast()
    with time_is(timezone.localtime() + MONTHS):
        found = owed_to(cast.coordinator)
        assert {one.key.partition(":")[0] for one in found} >= {"task", "wheel", "attestation"}
        for one in found:
            for person in (cast.coordinator, one.person):
                browser = Client()
                browser.force_login(person)
                prove(browser)
                assert browser.get(one.url).status_code == 200, (person.name, one)
