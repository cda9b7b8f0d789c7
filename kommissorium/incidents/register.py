"""The register of incidents, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from types import MappingProxyType

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.incidents.actions.concerned import erase_due_names
from kommissorium.incidents.actions.notifications import tell_deadlines
from kommissorium.incidents.agenda import compose_incidents
from kommissorium.incidents.agenda_draft import incident_draft
from kommissorium.incidents.asset_part import asset_part
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.handover import FiledIncidents
from kommissorium.incidents.incident_list import IncidentList
from kommissorium.incidents.mailed_reports import take_report
from kommissorium.incidents.models import Incident
from kommissorium.incidents.opening import IncidentOpening
from kommissorium.incidents.search import SEARCHED
from kommissorium.incidents.shown import shown_by_incidents
from kommissorium.incidents.signals import INCIDENTS, INDICATORS, NOTIFICATIONS, count_incidents
from kommissorium.incidents.status import status_parts
from kommissorium.incidents.todo import todos_of
from kommissorium.measures.codes import Measure
from kommissorium.registers.agenda import OnItem
from kommissorium.registers.links import MAILED, OFFERED
from kommissorium.registers.menu import PARTS, Deed, MenuLine, Part
from kommissorium.registers.numbers import Counts
from kommissorium.registers.offered import HAPPENED
from kommissorium.registers.protocol import Register


def parts_of(subject: Model, person: Person) -> Iterable[Part]:
    """Yield its part of the page of an asset."""
    if isinstance(subject, Asset) and (context := asset_part(subject, person)):
        yield Part("incidents/asset.html", context)


class IncidentRegister(Register):
    """Incidents: reported by anybody, notified in time, evaluated by the committee."""

    code = "incidents"
    stage = 0
    label = _("Incidents")
    menu = MenuLine("incident_report", ("/incidents/",), for_everybody=True)
    place = 25
    searched = SEARCHED
    signals = (INCIDENTS, NOTIFICATIONS)
    counts = Counts(count_incidents, ("incidents", "accounts", "committees"), INDICATORS)
    opening = IncidentOpening
    lists = (IncidentList,)
    deeds = (
        Deed(
            _("Report an incident"),
            _("new breach attack hacked phishing virus tell"),
            "incident_report",
            lambda _person: True,
        ),
    )
    filings = (FiledIncidents(),)
    subjects = (KIND,)
    agenda = MappingProxyType({Measure.AGENDA_INCIDENTS: OnItem(compose_incidents, incident_draft)})
    schedule = (
        Periodic("incident_deadlines", tell_deadlines, timedelta(seconds=20)),
        Periodic("incident_names", erase_due_names, timedelta(hours=6)),
    )

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person)

    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_incidents)


REGISTER = IncidentRegister()
HAPPENED.offer(IncidentRegister.code, Incident)
MAILED.offer(IncidentRegister.code, take_report)
OFFERED.offer(IncidentRegister.code, (_("Report an incident"), "incident_report"))
PARTS.offer(IncidentRegister.code, parts_of)
