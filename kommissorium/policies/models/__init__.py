"""The nouns of the register of policies."""

from kommissorium.policies.models.documents import Document, LevelSettings
from kommissorium.policies.models.kinds import ABOVE, OWNED, Body, Change, FramePart, Level
from kommissorium.policies.models.readings import Audience, Group, Reading
from kommissorium.policies.models.reviews import Comment, Reviewer
from kommissorium.policies.models.text_imports import TextImport
from kommissorium.policies.models.versions import UpperDecision, Version

__all__ = [
    "ABOVE",
    "OWNED",
    "Audience",
    "Body",
    "Change",
    "Comment",
    "Document",
    "FramePart",
    "Group",
    "Level",
    "LevelSettings",
    "Reading",
    "Reviewer",
    "TextImport",
    "UpperDecision",
    "Version",
]
