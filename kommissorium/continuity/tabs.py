"""The pages of this room as tabs: those that the person may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.continuity.models import Service
from kommissorium.registers.menu import Tab, TabLine


def tab_line(person: Person, current: str) -> TabLine:
    """Return the tabs of the room; people who do not read registers find their tests by to-dos."""
    reads = reads_whole_register(person)
    tabs = [Tab("continuity", _("What must go on"))]
    if reads or current == "continuity_tests":
        tabs.append(Tab("continuity_tests", _("Tests")))
    if reads:
        tabs.append(Tab("continuity_copies", _("On paper")))
    if Service.can_be_kept_by(person):
        tabs.append(Tab("continuity_settings", _("Settings")))
    return TabLine(_("Continuity"), current, tabs)
