"""The assessment, treatment and acceptance of risks."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.risks.assessments import tell_assessments
from kommissorium.demo.chapters.risks.treatment import tell_treatment
from kommissorium.demo.chapters.risks.under_way import tell_returning, tell_under_way
from kommissorium.demo.story import Town

DECIDED = {
    "risks.assessment": "Udvalget godkendte vurderingen og det, der skal gøres ved risiciene.",
    "risks.risklevel": "Udvalget vedtog risikoniveauet.",
    "risks.acceptance": "Udvalget accepterede risikoen på de vilkår, der er foreslået.",
}


def _tell(town: Town) -> None:
    tell_assessments(town)
    tell_treatment(town)
    tell_under_way(town)
    tell_returning(town)


CHAPTER = Chapter(_tell, budget=4_800, decided=DECIDED)
