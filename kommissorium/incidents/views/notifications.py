"""Notifications of a case, and the officer's word on since when it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Reading
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.localised import moment
from kommissorium.core.ui.navigation import Crumb
from kommissorium.core.ui.responses import page
from kommissorium.incidents.actions import notifications as actions
from kommissorium.incidents.actions.awareness import answer_awareness_change
from kommissorium.incidents.clocks import Clock, answers_of, noted_moments
from kommissorium.incidents.forms import notifications as forms
from kommissorium.incidents.models import Awareness, Incident
from kommissorium.incidents.views.common import crumbs, frame, notification_of
from kommissorium.registers.views.acts import Act, act_page

both = require_http_methods(["GET", "POST"])
# The case stands beside what the data protection officer writes of it.
BESIDE: Final[Mapping[str, Any]] = {
    "template": "ui/form_beside.html",
    "case_template": "incidents/advice_case.html",
    "case_css": ("incidents/incidents.css",),
}


ACTS: Final[Mapping[str, Act]] = {
    "need": Act(_("Is it to be sent?"), forms.NeedForm, actions.decide_notification),
    "advice": Act(
        _("Advice"),
        forms.AdviceForm,
        actions.advise_on_notification,
        may=Incident.can_be_advised_by,
        more=BESIDE,
    ),
    "text": Act(_("Text"), forms.DraftForm, actions.write_draft),
    "sent": Act(
        _("It was sent"),
        forms.SentForm,
        actions.note_sent,
        more={
            "multipart": True,
            "lead": _(
                "The program sends nothing to authorities: note here when it was done, and the "
                "receipt."
            ),
        },
    ),
    "status": Act(
        _("A status was sent"),
        forms.StatusForm,
        actions.note_status_sent,
        more={"lead": _("The final report is then due a month after the case is closed.")},
    ),
}


@require_GET
def incident_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notification: whether it is needed, its deadline, its text, and its sending."""
    row, person = notification_of(request, pk), person_of(request)
    may_handle = row.incident.can_be_handled_by(person)
    context = {
        "notification": row,
        "incident": row.incident,
        "clock": Clock(row, timezone.now()),
        "noted_at": noted_moments(row.incident_id).get((row.incident_id, row.code)),
        "answers": answers_of(row),
        "may_handle": may_handle and not row.sent_at,
        "may_status": may_handle and row.may_have_status,
        "may_advise": row.incident.can_be_advised_by(person),
        "breadcrumbs": crumbs(row.incident, row.rule.label),
    }
    return page(request, "incidents/notification.html", context)


@both
def incident_notification_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do something to a notification, by the page of one form."""
    if (one := ACTS.get(act)) is None:
        raise Http404
    row, person = notification_of(request, pk), person_of(request)
    if not (one.may or Incident.can_be_handled_by)(row.incident, person):
        raise PermissionDenied
    address = row.get_absolute_url()
    return act_page(
        request,
        one,
        row,
        after=address,
        title=f"{one.title} – {row.rule.label}",
        cancel_url=address,
        breadcrumbs=crumbs(row.incident, Crumb(row.rule.label, address), str(one.title)),
        **_case(row.incident, notification=row),
    )


def _case(incident: Incident, **more: object) -> dict[str, Any]:
    """Return what is told of a case beside a form about it."""
    awareness = incident.awareness.select_related("set_by", "answered_by")
    told: dict[str, Any] = {
        "incident": incident,
        "assets": incident.assets.all(),
        "awareness": awareness,
    }
    return {**told, "entries": incident.entries.select_related("by", "file"), **more}


@both
def incident_awareness_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer whether another moment counts."""
    person = person_of(request)
    visible = Incident.objects.visible_to(person).values("pk")
    rows = Awareness.objects.filter(incident__in=visible, is_first=False)
    row = get_object_or_404(rows.select_related("incident"), pk=pk)
    if not row.incident.can_be_advised_by(person) or row.set_by_id == person.pk:
        raise PermissionDenied
    note_reading(row.incident, by=person, what=Reading.What.PAGE)
    form = forms.WordForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: answer_awareness_change(row, by=person, **form.given()),
        done=str(_("It is saved.")),
        lead=f"{moment(row.at)}: {row.because}",
        **BESIDE,
        **_case(row.incident),
        **frame(row.incident, str(_("Does another moment count?"))),
    )
