"""The list of a course, for whoever tries the imports of every register."""

from __future__ import annotations

from django.db import transaction

from kommissorium.awareness.actions.figures import count_completions, keep_completion
from kommissorium.awareness.kind import courses
from kommissorium.awareness.models import Completion, GroupFigures
from kommissorium.awareness.tests.cases import approved
from kommissorium.conftest import Cast
from kommissorium.registers.tests.import_sample import ImportSample


def _held() -> object:
    names = ("activity", "who", "area", "audience", "done_on")
    sums = ("area", "audience", "people", "done")
    return [
        list(Completion.objects.order_by("who").values(*names)),
        list(GroupFigures.objects.order_by("area", "audience").values(*sums)),
    ]


@transaction.atomic
def _meddle(cast: Cast) -> None:
    course = courses().first()
    assert course
    keep_completion(course, None, {"who": "person0@tryllerup.example"}, None)
    count_completions(course, by=cast.coordinator)


@transaction.atomic
def _spoil(cast: Cast) -> None:
    one = Completion.objects.select_related("activity__plan").get(who="person0@tryllerup.example")
    keep_completion(one.activity, one, {"done_on": None}, None)
    count_completions(one.activity, by=cast.coordinator)


COMPLETIONS = ImportSample(
    kind="completions",
    acts="registers",
    headings="E-mail;Område;Gennemført",
    row=lambda n: f"person{n}@tryllerup.example;Skoler;01-02-2026",
    wrong=";Skoler;01-02-2026",
    fault="E-mail or number",
    held=_held,
    meddle=_meddle,
    spoil=_spoil,
    prepare=approved,
)
SAMPLES = [COMPLETIONS]
