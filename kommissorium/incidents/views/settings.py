"""The page of incidents' settings, for coordinators."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.mailbox.connection import mailbox_is_set_up
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.required import When
from kommissorium.core.ui.responses import page
from kommissorium.incidents.actions.settings import change_settings, draw_token, keep_checklist
from kommissorium.incidents.models import Checklist, Incident, IncidentSettings
from kommissorium.incidents.tabs import tab_line
from kommissorium.incidents.views.common import crumbs
from kommissorium.registers.forms.rows import row_form

both = require_http_methods(["GET", "POST"])
SettingsForm = row_form(IncidentSettings, *IncidentSettings.names)
OwnChecklistForm = row_form(Checklist, "name", "steps")


@both
def incident_settings(request: HttpRequest) -> HttpResponse:
    """Show and change the settings of incidents."""
    person, row = _keeper(request), IncidentSettings.current()
    form = SettingsForm(typed(request), row=row)
    return edit_page(
        request,
        form,
        lambda: change_settings(by=person, values=form.values(), edit_version=form.version),
        done=_("It is saved."),
        after="incident_settings",
        template="incidents/settings.html",
        in_form=form.theirs,
        title=_("Settings"),
        line=tab_line(person, "incident_settings"),
        has_token=bool(row.token_hash),
        is_unread=bool(row.report_address) and not mailbox_is_set_up(),
        own=Checklist.objects.filter(is_retired=False),
        cancel_url="",
        breadcrumbs=crumbs(_("Settings")),
    )


@both
def incident_token(request: HttpRequest) -> HttpResponse:
    """Draw a new token for the service desk, and show it once."""
    person = _keeper(request)
    context = {
        "title": _("Token of the service desk"),
        "text": _("A program that knows the token can hand in reports. An earlier token ends."),
        "submit_label": _("Draw a new token"),
        "cancel_url": reverse("incident_settings"),
        "breadcrumbs": crumbs(_("Token of the service desk")),
    }
    if request.method == "POST":
        return page(request, "incidents/token.html", {**context, "token": draw_token(by=person)})
    return page(request, "ui/confirm.html", context)


@both
def incident_own_checklist(request: HttpRequest) -> HttpResponse:
    """Keep a checklist of one's own."""
    person = _keeper(request)
    known = Checklist.objects.filter(name=request.GET.get("name", "")).first()
    form = OwnChecklistForm(typed(request), row=known)
    form.fields["steps"].required = False
    form.required_when = {"steps": When(_("the checklist is a new one"))}
    return edit_page(
        request,
        form,
        lambda: keep_checklist(by=person, **form.values()),
        done=_("It is saved."),
        after="incident_settings",
        title=_("Checklist of your own"),
        lead=_(
            "A name that is there already gets these steps. Without steps it is taken out of use."
        ),
        cancel_url=reverse("incident_settings"),
        breadcrumbs=crumbs(_("Checklist of your own")),
    )


def _keeper(request: HttpRequest) -> Person:
    """Return the person, if they keep the settings. Raises Http404 for others."""
    person = person_of(request)
    if not Incident.can_be_kept_by(person):
        raise Http404
    return person
