"""The import of risks, as the tests of all imports know it."""

from __future__ import annotations

from kommissorium.registers.tests.import_sample import ImportSample
from kommissorium.risks.actions.assessments import begin_assessment, drop_assessment
from kommissorium.risks.models import Assessment, Scenario
from kommissorium.risks.tests.standing_cases import put_in_force, today


def _held() -> object:
    standing = Scenario.objects.exclude(assessment__state=Assessment.State.DROPPED)
    return {(one.lineage, one.title, one.rank, one.measures) for one in standing}


SAMPLES = [
    ImportSample(
        kind="risks",
        acts="risks",
        headings="Risiko;Sandsynlighed;Konsekvens;Håndtering;Risikoejer;Eksisterende tiltag",
        row=lambda n: f"Risiko {n};{n % 4 + 1};{n % 3 + 1};Nedbring;;Nødstrøm",
        wrong="Vand;9;2;;;",
        fault="Likelihood",
        held=_held,
        meddle=lambda cast: begin_assessment(by=cast.coordinator, scope="organisation"),
        spoil=lambda cast: drop_assessment(Assessment.objects.get(), by=cast.coordinator),
        settle=lambda _cast: put_in_force(Assessment.objects.get(), today()),
    )
]
