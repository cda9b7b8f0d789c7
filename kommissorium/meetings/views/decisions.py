"""The register of decisions, on the page and as a workbook, and what one weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.models import Municipality
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.richtext import plain_text
from kommissorium.core.ui.form_pages import attempt, form_page, typed
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.navigation import Crumb, paged, path_of
from kommissorium.core.ui.responses import download_workbook, page
from kommissorium.meetings.actions.decisions import note_weighing
from kommissorium.meetings.decision_register import filter_of, listed, pending_for, subject_name
from kommissorium.meetings.forms.weighing import LaterWeighingForm
from kommissorium.meetings.models import Decision
from kommissorium.meetings.models.decisions import DecisionQuerySet


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Show the decisions the person may read, and what waits to become one."""
    person = person_of(request)
    narrowed = filter_of(request, person)
    context = {
        "decisions": paged(listed(request, person, narrowed), request),
        "narrowed": narrowed,
        "many_committees": "committee" in narrowed.fields,
        "pending": pending_for(person, narrowed),
        "follows": Committee.are_followed_by(person),
        "led": list(Committee.objects.led_by(person)),
        "export_query": request.GET.urlencode(),
    }
    return page(request, "meetings/decisions.html", context)


@require_GET
def decisions_excel(request: HttpRequest) -> FileResponse:
    """Hand out the register as it is narrowed and sorted."""
    person = person_of(request)
    found = listed(request, person, filter_of(request, person))
    sheet = Sheet(_("Decisions"), _columns(), _rows(found))
    name = f"{_('decisions')}-{timezone.localdate()}.xlsx"
    author = Municipality.current().name
    return download_workbook([sheet], name, title=_("Decisions"), author=author)


def _columns() -> list[Column]:
    return [
        Column(_("Number")),
        Column(_("Date"), kind="date"),
        Column(_("Title")),
        Column(_("Outcome")),
        Column(_("Decision"), width=60),
        Column(_("Decided by")),
        Column(_("Committee")),
        Column(_("Registered afterwards"), kind="date"),
        *(
            column
            for label in _aspects()
            for column in (Column(label), Column(_("%(aspect)s: reason") % {"aspect": label}))
        ),
        Column(_("Why it could not wait for the next meeting")),
        Column(_("Why the chair could not decide")),
        Column(_("Closed because")),
        Column(_("About")),
        Column(_("Link"), kind="link"),
    ]


def _aspects() -> list[str]:
    return [str(Decision.aspect(aspect).verbose_name) for aspect in Decision.ASPECTS]


def _rows(found: DecisionQuerySet) -> Iterator[tuple[Any, ...]]:
    labels = {name: _labels(name) for name in ("outcome", "capacity", *Decision.ASPECTS)}
    for one in found.iterator():
        yield (
            one.number,
            timezone.localdate(one.decided_at),
            one.title,
            labels["outcome"].get(one.outcome, ""),
            plain_text(one.text),
            _decided_by(one, labels["capacity"][one.capacity]),
            one.committee.name,
            timezone.localdate(one.written_at) if one.is_registered_afterwards else None,
            *_weighed(one, labels),
            one.why_now,
            one.chair_absent_because,
            one.closed_ground,
            subject_name(one.subject_kind) if one.subject_kind else "",
            f"{settings.SITE_URL}{reverse('decision', args=[one.pk])}",
        )


def _labels(name: str) -> dict[str, str]:
    """Return the choices of a field worded once: a register has many rows and few choices."""
    return {value: str(label) for value, label in Decision.aspect(name).flatchoices}


def _decided_by(decision: Decision, capacity: str) -> str:
    return f"{decision.by.name}. {capacity}" if decision.is_chairs else capacity


def _weighed(decision: Decision, labels: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for aspect in Decision.ASPECTS:
        yield labels[aspect].get(getattr(decision, aspect), "")
        yield getattr(decision, f"{aspect}_text")


@require_http_methods(["GET", "POST"])
def weighing(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was weighed; the page of the decision says that it was noted afterwards."""
    person = person_of(request)
    visible = Decision.objects.visible_to(person).select_related("committee", "item__clause")
    found = get_object_or_404(visible, pk=pk)
    if not found.can_be_weighed_by(person):
        raise PermissionDenied
    form = LaterWeighingForm(typed(request), decision=found)
    if attempt(form, lambda: note_weighing(found, by=person, weighing=form.cleaned_data)):
        messages.success(request, _("The weighing is noted. It says that it came afterwards."))
        return redirect(found)
    return form_page(
        request,
        form,
        title=_("Note what was weighed"),
        lead=" ".join([_lead(found), _what_it_counts(found)]),
        submit_label=_("Note it"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=path_of(
            Crumb(_("Decisions"), reverse("decisions")),
            Crumb(found.number, found.get_absolute_url()),
            _("Note what was weighed"),
        ),
    )


def _lead(decision: Decision) -> str:
    text = _(
        "%(decision)s. What was decided does not change. Beside the decision it says who noted it, "
        "and when."
    )
    return text % {"decision": decision}


def _what_it_counts(decision: Decision) -> str:
    """Return what noting it now means for the answer on the mandate, as a sentence."""
    until = decision.weighed_until
    if timezone.localdate() <= until:
        text = _("Noted no later than %(day)s it counts as weighed.")
    else:
        text = _(
            "It would have counted as weighed until %(day)s. Noted now it is shown, but does not "
            "count when it is answered whether the mandate is fulfilled."
        )
    return text % {"day": day(until)}
