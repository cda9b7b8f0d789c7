"""How incidents are kept, and a checklist of one's own."""

from __future__ import annotations

from kommissorium.incidents.models import Checklist, IncidentSettings
from kommissorium.registers.forms.rows import RowForm


class SettingsForm(RowForm):
    """How incidents are reported, evaluated and forgotten."""

    model = IncidentSettings
    names = ("open_reports", "evaluated_from", "names_days")


class OwnChecklistForm(RowForm):
    """A checklist of one's own."""

    model = Checklist
    names = ("name", "steps")
