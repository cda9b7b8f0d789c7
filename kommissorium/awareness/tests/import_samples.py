"""The list of a course, for the tests of every register's imports."""

from __future__ import annotations

from kommissorium.awareness.models import Completion, GroupFigures
from kommissorium.awareness.tests.cases import approved
from kommissorium.conftest import Cast
from kommissorium.registers.actions.imports import hand_in, take_in
from kommissorium.registers.importing.kinds import plan_of
from kommissorium.registers.tests.import_sample import ImportSample


def _held() -> object:
    names = ("activity", "who", "area", "audience", "done_on")
    sums = ("area", "audience", "people", "done")
    return [
        list(Completion.objects.order_by("who").values(*names)),
        list(GroupFigures.objects.order_by("area", "audience").values(*sums)),
    ]


def _take_in(cast: Cast, day: str) -> None:
    """Import another list, in which the first person completed the course."""
    data = f"E-mail;Gennemført\nperson0@tryllerup.example;{day}".encode()
    run = hand_in("completions", data, "Andet.csv", by=cast.coordinator)
    take_in(run, by=cast.coordinator, mark=plan_of(run).mark)


COMPLETIONS = ImportSample(
    kind="completions",
    acts="registers",
    headings="E-mail;Område;Gennemført",
    row=lambda n: f"person{n}@tryllerup.example;Skoler;01-02-2026",
    wrong=";Skoler;01-02-2026",
    fault="E-mail or number",
    held=_held,
    meddle=lambda cast: _take_in(cast, "02-02-2026"),
    spoil=lambda cast: _take_in(cast, "03-02-2026"),
    prepare=approved,
)
SAMPLES = [COMPLETIONS]
