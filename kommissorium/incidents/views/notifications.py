"""Notifications of a case, and the officer's word on since when it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.localised import moment
from kommissorium.core.ui.responses import page
from kommissorium.incidents.actions import notifications as actions
from kommissorium.incidents.actions.awareness import answer_awareness_change
from kommissorium.incidents.clocks import Clock
from kommissorium.incidents.drafts import answers_of
from kommissorium.incidents.forms import notifications as forms
from kommissorium.incidents.models import Awareness, Incident
from kommissorium.incidents.views.common import crumbs, frame, notification_of

both = require_http_methods(["GET", "POST"])


class Act(NamedTuple):
    """A page of one form about a notification: its title, its form, and what it does."""

    title: str | Promise
    form: Callable[..., Any]
    run: Callable[..., object]
    lead: str | Promise = ""
    may: Callable[[Incident, Person], bool] = Incident.can_be_handled_by


ACTS: Final[Mapping[str, Act]] = {
    "need": Act(gettext_lazy("Is it to be sent?"), forms.NeedForm, actions.decide_notification),
    "advice": Act(
        gettext_lazy("Advice"),
        forms.AdviceForm,
        actions.advise_on_notification,
        may=Incident.can_be_advised_by,
    ),
    "text": Act(gettext_lazy("Text"), forms.DraftForm, actions.write_draft),
    "sent": Act(
        gettext_lazy("It was sent"),
        forms.SentForm,
        actions.note_sent,
        gettext_lazy(
            "The program sends nothing to authorities: note here when it was done, and the receipt."
        ),
    ),
    "status": Act(
        gettext_lazy("A status was sent"),
        forms.StatusForm,
        actions.note_status_sent,
        gettext_lazy("The final report is then due a month after the case is closed."),
    ),
}


@require_GET
def incident_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notification: whether it is needed, its deadline, its text, and what was sent."""
    row, person = notification_of(request, pk), person_of(request)
    may_handle = row.incident.can_be_handled_by(person)
    context = {
        "notification": row,
        "incident": row.incident,
        "clock": Clock(row, timezone.now()),
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
    if not one.may(row.incident, person):
        raise PermissionDenied
    form, address = one.form(typed(request), row=row), row.get_absolute_url()
    return edit_page(
        request,
        form,
        lambda: one.run(row, by=person, **form.given()),
        done=_("It is saved."),
        after=address,
        title=f"{one.title} – {row.rule.label}",
        lead=one.lead,
        cancel_url=address,
        breadcrumbs=crumbs(row.incident, row, str(one.title)),
    )


@both
def incident_awareness_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether another moment counts."""
    person = person_of(request)
    visible = Incident.objects.visible_to(person).values("pk")
    rows = Awareness.objects.filter(incident__in=visible, is_first=False)
    row = get_object_or_404(rows.select_related("incident"), pk=pk)
    if not row.incident.can_be_advised_by(person) or row.set_by_id == person.pk:
        raise PermissionDenied
    form = forms.WordForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: answer_awareness_change(row, by=person, **form.given()),
        done=_("Your word is kept."),
        lead=f"{moment(row.at)}: {row.because}",
        **frame(row.incident, _("Does another moment count?")),
    )
