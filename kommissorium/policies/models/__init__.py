"""The nouns of the register of policies."""

from kommissorium.policies.models.documents import Document, LevelSettings
from kommissorium.policies.models.kinds import ABOVE, OWNED, Body, Change, FramePart, Level
from kommissorium.policies.models.reviews import Comment, Reviewer
from kommissorium.policies.models.versions import UpperDecision, Version

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
