"""What was laid down over the years, what was asked about it, and who has read it."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.policies import approvals, rulings
from kommissorium.demo.chapters.policies.guidelines import tell_guidelines
from kommissorium.demo.chapters.policies.procedures import tell_procedures
from kommissorium.demo.story import Town


def _tell(town: Town) -> None:
    approvals.tell_approvals(town)
    tell_guidelines(town)
    tell_procedures(town)
    rulings.tell_rulings(town)


CHAPTER = Chapter(_tell, budget=13_700, decided={**approvals.DECIDED, **rulings.DECIDED})
