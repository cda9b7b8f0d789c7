"""What was laid down over the years, and who has read it."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.policies import approvals
from kommissorium.demo.chapters.policies.guidelines import tell_guidelines
from kommissorium.demo.chapters.policies.procedures import tell_procedures
from kommissorium.demo.story import Town


def _tell(town: Town) -> None:
    approvals.tell_approvals(town)
    tell_guidelines(town)
    tell_procedures(town)


CHAPTER = Chapter(_tell, budget=1_700, decided=approvals.DECIDED)
