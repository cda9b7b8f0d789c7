"""Incidents in numbers, which name no case; and the log of breaches, for readers of the cases."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.ui.navigation import path_of
from kommissorium.core.ui.responses import download, page
from kommissorium.incidents.figures import breach_pdf, breach_sheet, breaches, trends
from kommissorium.incidents.models import Incident
from kommissorium.incidents.tabs import tab_line
from kommissorium.registers.lists.workbook import workbook_of

SHOWN = 8  # quarters on the page


@require_GET
def incident_figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last two years; the workbook has three."""
    person = _reader(request)
    context = {
        "trends": trends(timezone.localdate(), SHOWN),
        "line": tab_line(person, "incident_figures"),
        "breadcrumbs": path_of(_("Figures of incidents")),
    }
    return page(request, "incidents/figures.html", context)


@require_GET
def incident_figures_file(request: HttpRequest) -> FileResponse:
    """Hand out the figures as a workbook."""
    _reader(request)
    found = [one.sheet() for one in trends(timezone.localdate())]
    return workbook_of(found, title=_("Figures of incidents"), name=_("incident-figures"))


@require_GET
def incident_breaches(request: HttpRequest) -> FileResponse:
    """Hand out the log of breaches as a workbook."""
    sheet, title = breach_sheet(_breaches(request)), _("Personal data breaches")
    return workbook_of([sheet], title=title, name=_("breaches"))


@require_GET
def incident_breaches_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the log of breaches as a PDF."""
    return download(breach_pdf(_breaches(request)), f"{_('breaches')}.pdf", "application/pdf")


def _breaches(request: HttpRequest) -> list[Incident]:
    """Return the breaches that the person reads. Each counts as read. Raises Http404."""
    person = person_of(request)
    if not Incident.objects.visible_to(person).exists():
        raise Http404
    found = breaches(person)
    for one in found:
        note_reading(one, by=person, what=Reading.What.EXPORT)
    return found


def _reader(request: HttpRequest) -> Person:
    person = person_of(request)
    if not reads_whole_register(person):
        raise Http404
    return person
