"""The nouns of the register of policies."""

from kommissorium.policies.models.documents import Document, LevelSettings
from kommissorium.policies.models.handbook import HandbookSettings, TextImport
from kommissorium.policies.models.kinds import ABOVE, Body, Change, FramePart, Level
from kommissorium.policies.models.reviews import Comment, Reviewer
from kommissorium.policies.models.versions import UpperDecision, Version

__all__ = [
    "ABOVE",
    "Body",
    "Change",
    "Comment",
    "Document",
    "FramePart",
    "HandbookSettings",
    "Level",
    "LevelSettings",
    "Reviewer",
    "TextImport",
    "UpperDecision",
    "Version",
]
