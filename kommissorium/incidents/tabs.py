"""The pages of this room as tabs: those that the person may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.incidents.models import Incident
from kommissorium.registers.menu import Tab, TabLine


def tab_line(person: Person, current: str) -> TabLine | None:
    """Return the tabs; None for people who have none but the report."""
    tabs = [Tab("incident_report", _("Report"))]
    if Incident.objects.visible_to(person).exists() or Incident.can_be_kept_by(person):
        tabs.append(Tab("incidents", _("Cases")))
    if reads_whole_register(person):
        tabs.append(Tab("incident_figures", _("Figures")))
    if Incident.can_be_kept_by(person):
        tabs.append(Tab("incident_settings", _("Settings")))
    return TabLine(_("Incidents"), current, tabs) if len(tabs) > 1 else None
