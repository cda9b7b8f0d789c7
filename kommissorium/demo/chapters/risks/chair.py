"""The chair's acceptances between meetings, each by a decision with its weighing."""

from __future__ import annotations

from typing import Final

from kommissorium.demo.chapters.risks.assessments import lot
from kommissorium.demo.story import Town
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.risks.authority import chairs_committee, risks_of
from kommissorium.risks.models import Acceptance
from kommissorium.secretariat.actions.chair_decision import decide

WHY_NOW: Final = (
    "Budgettet for i år bliver lukket, før udvalget mødes igen.",
    "Aftalen med leverandøren skal forlænges inden mødet.",
    "Vurderingen er lige godkendt, og risikoen stod ellers uden plan og risikoaccept til næste møde.",
)
WEIGHING: Final = {
    "security": "weaker",
    "security_text": "Risikoen bliver stående, mens den følges hvert kvartal.",
    "usability": "unchanged",
    "usability_text": "Medarbejderne mærker ingen forskel.",
    "economy": "saves",
    "economy_text": "Tiltaget koster mere end det, der kan gå tabt.",
    "proportion": "fitting",
    "proportion_text": "Truslen er kendt og sjælden.",
}


def accept_as_chair(town: Town, acceptance: Acceptance) -> bool:
    """Let the chair accept the proposal; False where nobody may."""
    chair = town.chair("security")
    committee = chairs_committee(acceptance, chair, risks_of(acceptance)) if chair else None
    if chair is None or committee is None:
        return False
    text = proposal_kind_of(acceptance).text(acceptance)
    decide(
        committee,
        by=chair,
        title=text.title,
        text=text.decided,
        why_now=WHY_NOW[lot(text.title) % len(WHY_NOW)],
        weighing=WEIGHING,
        is_impartial=True,
        subject=("risks.acceptance", str(acceptance.pk), acceptance.get_absolute_url()),
    )
    return True
