"""Notifications of a case, and since when it is known."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.form_pages import edit_page, typed
from kommissorium.core.ui.localised import moment
from kommissorium.core.ui.responses import page
from kommissorium.incidents.actions.awareness import (
    answer_awareness_change,
    ask_awareness_change,
)
from kommissorium.incidents.actions.notifications import (
    advise_on_notification,
    decide_notification,
    note_sent,
    note_status_sent,
    write_draft,
)
from kommissorium.incidents.clocks import Clock
from kommissorium.incidents.drafts import answers_of, draft_of
from kommissorium.incidents.forms.notifications import (
    AdviceForm,
    AwarenessForm,
    DraftForm,
    NeedForm,
    SentForm,
    StatusForm,
    WordForm,
)
from kommissorium.incidents.laws import LAWS
from kommissorium.incidents.models import Awareness, Incident, Notification
from kommissorium.incidents.views.common import crumbs, frame, handled_case, notification_of

both = require_http_methods(["GET", "POST"])


@both
def incident_awareness(request: HttpRequest, pk: int, law: str) -> HttpResponse:
    """Ask that another moment counts since which an incident is known."""
    if law not in LAWS:
        raise Http404
    found, person = handled_case(request, pk), person_of(request)
    first = get_object_or_404(found.awareness, law=law, is_first=True)
    form = AwarenessForm(typed(request))
    lead = _(
        "Known since %(moment)s: that stays in sight. A change counts when the data protection"
        " officer agrees."
    )
    return edit_page(
        request,
        form,
        lambda: ask_awareness_change(found, law, by=person, **form.cleaned_data),
        done=_("The data protection officer is asked."),
        lead=lead % {"moment": moment(first.at)},
        submit_label=_("Ask for the change"),
        **frame(found, _("Another moment since when it is known (%(law)s)") % {"law": LAWS[law]}),
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
    form = WordForm(typed(request))
    return edit_page(
        request,
        form,
        lambda: answer_awareness_change(row, by=person, **form.values()),
        done=_("Your word is kept."),
        lead=f"{moment(row.at)}: {row.because}",
        **frame(row.incident, _("Does another moment count?")),
    )


@require_GET
def incident_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notification: whether it is needed, its deadline, its text, and what was sent."""
    notification, person = notification_of(request, pk), person_of(request)
    may_handle = notification.incident.can_be_handled_by(person)
    context = {
        "notification": notification,
        "incident": notification.incident,
        "clock": Clock(notification, timezone.now()),
        "answers": answers_of(notification),
        "may_handle": may_handle and not notification.sent_at,
        "may_status": may_handle and _may_status(notification),
        "may_advise": notification.incident.can_be_advised_by(person),
        "breadcrumbs": crumbs(notification.incident, notification.rule.label),
    }
    return page(request, "incidents/notification.html", context)


@both
def incident_notification_need(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a notification is to be sent."""
    notification, person = _handled(request, pk), person_of(request)
    form = NeedForm(typed(request), notification=notification)
    return edit_page(
        request,
        form,
        lambda: decide_notification(notification, by=person, **form.cleaned_data),
        done=_("It is saved."),
        **_frame(notification, _("Is it to be sent?")),
    )


@both
def incident_notification_advice(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the data protection officer's advice."""
    notification, person = notification_of(request, pk), person_of(request)
    if not notification.incident.can_be_advised_by(person):
        raise PermissionDenied
    form = AdviceForm(typed(request), row=notification)
    return edit_page(
        request,
        form,
        lambda: advise_on_notification(
            notification, by=person, edit_version=form.version, **form.values()
        ),
        done=_("Your advice is kept."),
        in_form=form.theirs,
        **_frame(notification, _("Advice")),
    )


@both
def incident_notification_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the text that is to be sent; it begins with what the authority asks for, in its order."""
    notification, person = _handled(request, pk), person_of(request)
    if not notification.text:
        notification.text = draft_of(notification)
    form = DraftForm(typed(request), notification=notification)
    return edit_page(
        request,
        form,
        lambda: write_draft(
            notification, by=person, values=form.values(), edit_version=form.version
        ),
        done=_("The text is saved."),
        in_form=form.theirs,
        **_frame(notification, _("Text")),
    )


@both
def incident_notification_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it was sent."""
    notification, person = _handled(request, pk), person_of(request)
    form = SentForm(typed(request), notification=notification)
    return edit_page(
        request,
        form,
        lambda: note_sent(
            notification,
            by=person,
            sent_at=form.cleaned_data["sent_at"],
            values=form.values(),
            edit_version=form.version,
        ),
        done=_("It is noted."),
        lead=_(
            "The program sends nothing to authorities: note here when it was done, and the receipt."
        ),
        in_form=form.theirs,
        **_frame(notification, _("It was sent")),
    )


@both
def incident_notification_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a status was sent in the place of the final report."""
    notification, person = _handled(request, pk), person_of(request)
    if not _may_status(notification):
        raise Http404
    form = StatusForm(typed(request), notification=notification)
    return edit_page(
        request,
        form,
        lambda: note_status_sent(notification, by=person, **form.cleaned_data),
        done=_("It is noted."),
        lead=_("The final report is then due a month after the case is closed."),
        **_frame(notification, _("A status was sent")),
    )


def _may_status(notification: Notification) -> bool:
    open_row = not notification.sent_at and not notification.status_sent_at
    return bool(notification.rule.has_status and open_row and notification.incident.is_open)


def _handled(request: HttpRequest, pk: int) -> Notification:
    notification = notification_of(request, pk)
    if not notification.incident.can_be_handled_by(person_of(request)):
        raise PermissionDenied
    return notification


def _frame(notification: Notification, title: str) -> dict[str, Any]:
    address = notification.get_absolute_url()
    return {
        "title": f"{title} – {notification.rule.label}",
        "after": address,
        "cancel_url": address,
        "breadcrumbs": crumbs(notification.incident, notification, title),
    }
