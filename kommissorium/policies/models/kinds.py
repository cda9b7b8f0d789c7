"""The levels of documents and their rules, the approving bodies, and the extent of a change."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Level of a document in the tree; each is written under a document of a higher level."""

    OVERALL = "overall", _("Overall policy")
    POLICY = "policy", _("Policy")
    GUIDELINE = "guideline", _("Guideline")
    PROCEDURE = "procedure", _("Procedure")


class Body(models.TextChoices):
    """Body that approves a document. A committee only recommends what a body above it approves."""

    OWNER = "owner", _("The owner")
    CHAIR = "chair", _("The chair")
    COMMITTEE = "committee", _("The committee")
    EXECUTIVE_BOARD = "executive_board", _("The executive board")
    FINANCE_COMMITTEE = "finance_committee", _("The finance committee")
    COUNCIL = "council", _("The municipal council")


# What its owner may approve, where the settings say so: nothing that a committee is asked for.
OWNED: Final = (Level.GUIDELINE, Level.PROCEDURE)
ABOVE: Final = (Body.EXECUTIVE_BOARD, Body.FINANCE_COMMITTEE, Body.COUNCIL)


class Change(models.TextChoices):
    """Extent of a version's changes: after a material one, readers confirm again."""

    MATERIAL = "material", _("Material")
    MINOR = "minor", _("Minor")
    NONE = "none", _("Unchanged")  # revised and found good, with a reason


class FramePart(models.TextChoices):
    """A part that the overall policy must have: the frame of the security work (T1)."""

    ORGANISATION = "organisation", _("The organisation")
    RESPONSIBILITIES = "responsibilities", _("Who is responsible for what")
    CONTROL = "control", _("Guidelines for control")
    CONTINGENCY = "contingency", _("Guidelines for contingency")


# What holds for a level where nobody has said otherwise: as it is usual in Danish municipalities.
USUAL: Final = {
    Level.OVERALL: (Body.COUNCIL, 12),
    Level.POLICY: (Body.COMMITTEE, 24),
    Level.GUIDELINE: (Body.COMMITTEE, 12),
    Level.PROCEDURE: (Body.OWNER, 24),
}


class LevelSettings(models.Model):
    """Default approver and review interval for the documents of a level."""

    level = models.CharField(_("level"), max_length=10, choices=Level, unique=True)
    approval = models.CharField(_("approved by"), max_length=20, choices=Body)
    review_months = models.PositiveSmallIntegerField(_("months between reviews"))
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("rule of a level")

    def __str__(self) -> str:
        return self.get_level_display()

    @classmethod
    def of(cls, level: str) -> LevelSettings:
        """Return the rule of a level: as it was set, else as it is usual (not saved)."""
        approval, months = USUAL[Level(level)]
        usual = cls(level=level, approval=approval, review_months=months)
        return cls.objects.filter(level=level).first() or usual
