"""Access to the handbook for people who do not sign in."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.models.kept import RoomSettings, only_row


class HandbookSettings(RoomSettings):
    """Whether the handbook is read without sign-in, and from where."""

    names = ("is_open", "networks")

    is_open = models.BooleanField(_("read without sign-in on our own network"), default=False)
    networks = models.TextField(
        _("our own network"),
        blank=True,
        help_text=_("One network on each line, such as 10.0.0.0/8. Nobody else gets in."),
    )

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_handbook_settings")]

    def is_open_to(self, address: str) -> bool:
        """Return whether somebody at the address reads it without sign-in."""
        if not self.is_open:
            return False
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in ip_network(line) for line in self.networks.split())
