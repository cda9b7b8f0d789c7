"""Who reads the handbook besides those who sign in."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandbookSettings(models.Model):
    """Whether the handbook is read without sign-in, and from where. One row, or the defaults."""

    is_open = models.BooleanField(_("read without sign-in on our own network"), default=False)
    networks = models.TextField(
        _("our own network"),
        blank=True,
        help_text=_("One network on each line, such as 10.0.0.0/8. Nobody else gets in."),
    )
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_handbook_settings")
        ]

    def __str__(self) -> str:
        return "handbook"

    @classmethod
    def current(cls) -> HandbookSettings:
        """Return the settings; an unsaved row with the defaults where nobody has set any."""
        return cls.objects.first() or cls(pk=1)

    def is_open_to(self, address: str) -> bool:
        """Return whether somebody at the address reads it without sign-in."""
        if not self.is_open:
            return False
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in ip_network(line) for line in self.networks.split())
