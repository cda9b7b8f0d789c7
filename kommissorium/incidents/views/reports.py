"""Report an incident, and follow one's own reports: the pages of every employee."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.rate_limits import Limit, refuse_too_many
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import Asset
from kommissorium.core.mailbox.connection import mailbox_is_set_up
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.navigation import Crumb, path_of
from kommissorium.incidents.actions.reports import Reported, add_to_report, report_incident
from kommissorium.incidents.forms.cases import AdditionForm, ReportForm
from kommissorium.incidents.models import EntryKind, Incident, IncidentSettings
from kommissorium.incidents.tabs import tab_line
from kommissorium.registers.lists.ordering import in_danish_order

both = require_http_methods(["GET", "POST"])
TOO_MANY = gettext_lazy(
    "Too many reports came in just now. Wait a while, and call if it is urgent."
)
BY_PERSON = Limit("incident_person", 20, 3600, TOO_MANY)
ADDITIONS = Limit("incident_additions", 20, 600, TOO_MANY)  # of one person or address
OFFERED = 100  # names of systems at most: the page is read on a phone


@both
def incident_report(request: HttpRequest) -> HttpResponse:
    """Report an incident; earlier reports of one's own are listed below."""
    person = person_of(request)
    form = ReportForm(typed(request), request.FILES or None)
    if saved := attempt(form, lambda: _reported(form, person)):
        messages.success(request, _("Thank you. It has been reported."))
        return redirect("incident_reported", saved.value.incident.receipt)
    own = Incident.objects.reported_by(person).order_by("-pk")[:5]
    context = {
        "own": own,
        "names": in_danish_order(_names(person)),
        "line": tab_line(person, "incident_report"),
        "multipart": True,
        "report_address": mailed_to(),
    }
    return form_page(request, form, "incidents/report.html", **context)


@both
def incident_reported(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show the reporter the state of a report, with answers; let them add to it."""
    person = person_of(request)
    found = get_object_or_404(Incident.objects.reported_by(person), receipt=receipt)
    form = AdditionForm(typed(request), request.FILES or None)
    if attempt(form, lambda: add(found, form, by=person, key=str(person.pk))):
        messages.success(request, _("It is added."))
        return redirect("incident_reported", receipt)
    path = path_of(Crumb(_("Incidents"), reverse("incident_report")), found.receipt)
    return form_page(request, form, "incidents/reported.html", **shown(found), breadcrumbs=path)


def shown(incident: Incident) -> dict[str, object]:
    """Return the reporter's view of a case: their own part, and no more."""
    kinds = (EntryKind.REPORT, EntryKind.ANSWER)
    lines = incident.entries.filter(kind__in=kinds).select_related("file")
    return {"incident": incident, "lines": lines, "multipart": True}


def mailed_to() -> str:
    """Return the address that reports can be sent to; "" where no mail is read."""
    return IncidentSettings.current().report_address if mailbox_is_set_up() else ""


def _reported(form: ReportForm, person: Person) -> Reported:
    refuse_too_many(BY_PERSON, str(person.pk))
    return report_incident(by=person, **form.given())


def add(found: Incident, form: AdditionForm, *, by: Person | None, key: str) -> None:
    """Add to a report, not too often under the key. Raises Refused."""
    refuse_too_many(ADDITIONS, key)
    add_to_report(found, by=by, **form.given())


def _names(person: Person) -> list[Asset]:
    """Return some of the systems the person knows, to be offered."""
    return list(Asset.objects.visible_to(person).in_register().only("name")[:OFFERED])
