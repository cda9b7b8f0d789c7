"""The pages of this room as tabs: those that the person may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.policies.models import Document
from kommissorium.registers.tabs import Tab, TabLine


def tab_line(person: Person, current: str) -> TabLine:
    """Return the tabs of the room."""
    tabs = [Tab("policies", _("List")), Tab("policies_tree", _("Tree"))]
    tabs.append(Tab("handbook", _("Handbook")))
    tabs += [Tab("interpretations", _("Interpretations")), Tab("dispensations", _("Dispensations"))]
    if Document.can_be_kept_by(person):
        tabs.append(Tab("policy_levels", _("Settings")))
    return TabLine(_("Policies"), current, tabs)
