"""What was laid down, what was asked about it, and who has read it."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.chapters.policies.guidelines import tell_guidelines
from kommissorium.demo.chapters.policies.rulings import DECIDED, tell_rulings
from kommissorium.demo.story import Town


def _tell(town: Town) -> None:
    tell_guidelines(town)
    tell_rulings(town)


CHAPTER = Chapter(_tell, budget=9_000, decided=DECIDED)
