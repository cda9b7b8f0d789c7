"""The municipality and the settings of its installation."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Municipality(models.Model):
    """The one municipality of this database and the settings of its whole installation."""

    name = models.CharField(_("name of the municipality"), max_length=120)
    mfa_required = models.BooleanField(_("two-step sign-in for everybody"), default=True)
    anchor_email = models.EmailField(_("mailbox for the daily anchor"), blank=True)
    is_demo = models.BooleanField(default=False)
    setup_finished_at = models.DateTimeField(null=True)
    # In a small municipality nobody else may be there to check what was entered.
    one_may_adopt_mandates = models.BooleanField(
        _("one person may enter and approve a mandate"), default=False
    )
    # Who reviews the information security of the year (ISO 27001, 9.3); "" is the executive board.
    top_management = models.CharField(_("top management"), max_length=120, blank=True)
    # What a browser keeps of a meeting to be read without network holds no closed items unless so.
    closed_items_offline = models.BooleanField(
        _("closed items may be kept on members' own devices"), default=False
    )
    # Registers that are not in use, by their codes: see registers.actions.beginnings.
    put_off = models.JSONField(default=dict, blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_municipality"),
        ]

    def __str__(self) -> str:
        return self.name

    def put_off_on(self, day: date) -> set[str]:
        """Return the codes of the registers that are not in use on the day."""
        return {code for code, one in self.put_off.items() if day.isoformat() < one["until"]}

    @classmethod
    def current(cls) -> Municipality:
        """Return the municipality; an unsaved nameless one in a new database."""
        return cls.objects.first() or cls(pk=1)

    @classmethod
    def is_being_set_up(cls) -> bool:
        """Return whether one person may still fill all seats and roles alone."""
        return cls.current().setup_finished_at is None
