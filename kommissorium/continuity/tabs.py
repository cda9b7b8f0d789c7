"""The pages of this room as tabs: those that the person may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.committees.models import Committee
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.models import Service
from kommissorium.registers.tabs import Tab, TabLine


def tab_line(person: Person, current: str) -> TabLine:
    """Return the tabs of the room."""
    tabs = [Tab("continuity", _("What must go on"))]
    if sees_tests(person):
        tabs.append(Tab("continuity_tests", _("Tests")))
    if reads_whole_register(person):
        tabs.append(Tab("continuity_copies", _("On paper")))
    if Service.can_be_kept_by(person):
        tabs.append(Tab("continuity_settings", _("Settings")))
    return TabLine(_("Continuity"), current, tabs)


def sees_tests(person: Person) -> bool:
    """Return whether the list of tests is shown to the person."""
    own = KIND.visible_to(person).filter(plan__state="approved")
    return Committee.are_followed_by(person) or own.exists()
