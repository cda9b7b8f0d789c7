"""No sentence of the demonstration's answers and overviews contradicts its neighbour, at any month's end."""

from __future__ import annotations

import pytest
from django.utils import timezone, translation

from kommissorium.accounts.demo_cast import DOMAIN
from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.config.tests.contradictions import contradictions, left_otherwise
from kommissorium.risks.overview import AFTER, overview_of

pytestmark = pytest.mark.usefixtures("havneby")

MONTHS = 36


def test_no_sentence_of_an_answer_contradicts_another() -> None:
    today, faults = timezone.localdate(), []
    for committee in Committee.objects.all():
        history = history_of(committee)
        for on in month_ends(today, MONTHS):
            for known in sorted({on, today}):
                found = fulfilment_on(history, on, known).findings
                page = {one.clause.number: one.finding.sentence for one in found}
                faults += [f"{committee} {on} {known}: {one}" for one in contradictions(page)]
    assert faults == [], "\n".join(faults)


def test_the_overview_of_risks_leaves_as_many_above_the_level_as_its_picture_shows() -> None:
    found = overview_of(Person.objects.get(email=f"coordinator@{DOMAIN}"))
    with translation.override("en"):
        sentences = [str(one.text) for one in found.answer()]
    assert left_otherwise(sentences, found.figures.above(found.levels, AFTER)) == []
