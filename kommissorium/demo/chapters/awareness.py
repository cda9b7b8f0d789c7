"""How people were told and taught: plans, campaigns, courses, false mails, and their evaluations."""

from __future__ import annotations

from kommissorium.demo.chapters import Chapter
from kommissorium.demo.story import Town


def _tell(_town: Town) -> None:
    """Nothing yet."""


CHAPTER = Chapter(_tell, budget=3000)
