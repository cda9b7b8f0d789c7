"""The nouns of the register of policies."""

from kommissorium.policies.models.documents import Document, LevelSettings
from kommissorium.policies.models.handbook import HandbookSettings, TextImport
from kommissorium.policies.models.kinds import ABOVE, Body, Change, Level
from kommissorium.policies.models.versions import Comment, UpperDecision, Version

__all__ = [
    "ABOVE",
    "Body",
    "Change",
    "Comment",
    "Document",
    "HandbookSettings",
    "Level",
    "LevelSettings",
    "TextImport",
    "UpperDecision",
    "Version",
]
