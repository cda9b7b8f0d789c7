"""The import of the statement of applicability, for the tests of every register's imports."""

from __future__ import annotations

from kommissorium.controls.actions.controls import begin_controls
from kommissorium.controls.models import Control, titles
from kommissorium.controls.tests.cases import change
from kommissorium.registers.tests.import_sample import ImportSample

NUMBERS = list(titles())


def _held() -> object:
    names = ("number", "position", "applies", "because", "how", "owner")
    return list(Control.objects.order_by("position").values(*names))


SAMPLES = [
    ImportSample(
        kind="controls",
        acts="registers",
        headings="Kontrol nr.;Relevant;Begrundelse;Implementering;Status;Kontrolejer",
        row=lambda n: f"A.{NUMBERS[n]};Ja;Risiko {n};Sådan {n};Implementeret;Søren Ødum",
        wrong="A.9.2.1;Ja;Risiko;Sådan;;Søren Ødum",
        fault="Control",
        held=_held,
        meddle=lambda cast: begin_controls(by=cast.coordinator),
        spoil=lambda cast: change(
            Control.objects.get(number=NUMBERS[0]), cast.coordinator, how="Andet"
        ),
    )
]
