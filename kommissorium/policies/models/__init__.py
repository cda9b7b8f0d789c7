"""The nouns of the register of policies."""

from kommissorium.policies.models.documents import Document, UpperDecision, Version
from kommissorium.policies.models.kinds import (
    ABOVE,
    OWNED,
    Body,
    Change,
    FramePart,
    Level,
    LevelSettings,
)
from kommissorium.policies.models.reviews import Comment, Reviewer

__all__ = [
    "ABOVE",
    "OWNED",
    "Body",
    "Change",
    "Comment",
    "Document",
    "FramePart",
    "Level",
    "LevelSettings",
    "Reviewer",
    "UpperDecision",
    "Version",
]
