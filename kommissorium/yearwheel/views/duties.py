"""The duties of a committee: the list, one of them, create, change, begin and end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kommissorium.accounts.history import entries, with_past
from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event, reference
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.form_pages import attempt, edit_page, form_page, typed
from kommissorium.core.ui.navigation import PER_PAGE
from kommissorium.core.ui.responses import page
from kommissorium.yearwheel.actions import (
    add_duty,
    begin,
    change_duty,
    end_duty,
    keep_as_own,
    sync_meetings,
)
from kommissorium.yearwheel.forms import AddForm, BecauseForm, BeginForm, EditForm
from kommissorium.yearwheel.models import Duty, Occurrence, Rhythm
from kommissorium.yearwheel.register_bundles import address
from kommissorium.yearwheel.views import (
    crumbs,
    duty_for,
    kept_committee,
    kept_duty,
    wheel_committee,
    year_url,
)
from kommissorium.yearwheel.wheel import Wheel, problems_of
from kommissorium.yearwheel.wheel_entries import in_danish, state_of

COMING, SHOWN_ROWS, SHOWN_EVENTS = 5, 200, 60
SHOWN_OF_REGISTER = 10


@require_GET
def wheel_duties(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all duties of a committee, those that have ended last."""
    committee, person = wheel_committee(request, pk), person_of(request)
    wheel = Wheel(committee)
    rows = []
    for duty in wheel.duties:
        who = wheel.holders.of(duty, wheel.today)
        if committee.follows or (who is not None and who.pk == person.pk):
            next_day = duty.next_due or next(iter(wheel.coming(duty, 1)), None)
            rows.append((duty, who.name if who else "", None if duty.is_over else next_day))
    rows.sort(key=lambda row: (row[0].is_over, in_danish(row[0].title)))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "committee": committee,
        "page": shown,
        "rows": list(shown),
        "may_keep": committee.follows and Duty.can_be_added_by(person, committee),
        "year_url": year_url(committee),
        "breadcrumbs": crumbs(committee, _("Duties")),
    }
    return page(request, "yearwheel/duties.html", context)


@require_GET
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a duty, all its occurrences, the next five to come and what happened to it."""
    person = person_of(request)
    wheel = Wheel(duties=Duty.objects.visible_to(person).filter(pk=pk))
    if not wheel.duties:
        raise Http404
    found = wheel.duties[0]
    rows = _rows(found)
    may_keep = not found.is_over and found.can_be_kept_by(person)
    context = {
        "duty": found,
        "responsible": wheel.holders.of(found, wheel.today),
        "cadence": found.cadence,
        "rows": [(row, state_of(row, found, wheel.today)) for row in rows],
        "coming": wheel.coming(found, COMING),
        "problems": [] if found.is_over else problems_of(found, wheel),
        "may_keep": may_keep,
        "may_begin": not (found.is_over or found.is_of_register)
        and (may_keep or found.can_be_begun_by(person)),
        "entries": with_past(found, entries(_events(found, [] if found.is_of_register else rows))),
        "breadcrumbs": crumbs(found.committee, found),
        "year_url": year_url(found.committee),
        "times_url": address(found.pk) if found.is_of_register else "",
    }
    return page(request, "yearwheel/duty.html", context)


def _rows(found: Any) -> list[Occurrence]:
    """Return the newest times of a duty; of a register's the next few that are open."""
    rows = found.occurrences.select_related("ended_by", "meeting", "duty")
    if found.is_of_register:
        return list(rows.open().order_by("due", "pk")[:SHOWN_OF_REGISTER])
    return list(rows.order_by("-due", "-pk")[:SHOWN_ROWS])


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a duty of the committee's own."""
    committee, person = kept_committee(request, pk), person_of(request)
    form = AddForm(typed(request), committee=committee)
    form.initial.update(clause=request.GET.get("clause", ""))
    return edit_page(
        request,
        form,
        lambda: _add(committee, form, person),
        done=_("The duty is on the wheel."),
        title=_("New duty"),
        lead=committee.name,
        submit_label=_("Add"),
        cancel_url=year_url(committee),
        breadcrumbs=crumbs(committee, _("New duty")),
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a duty; what is done stays as it was."""
    found, person = kept_duty(request, pk), person_of(request)
    if found.is_over:
        raise Refused(_("The duty has ended and cannot be changed."))
    form = EditForm(typed(request), duty=found)
    return edit_page(
        request,
        form,
        lambda: _change(found, form, person),
        done=_("It is saved."),
        after=found,
        title=_("Edit the duty"),
        lead=found.title,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.committee, found, _("Edit")),
    )


def _add(committee: Committee, form: AddForm, person: Person) -> Duty:
    values, cadence = form.duty_values(), form.cadence_values()
    return add_duty(committee, by=person, values=values, cadence=cadence)


def _change(found: Duty, form: EditForm, person: Any) -> None:
    change_duty(
        found,
        by=person,
        values=form.duty_values(),
        cadence=form.cadence_values(),
        applies_from=form.cleaned_data["applies_from"],
        edit_version=form.cleaned_data["edit_version"],
    )


def _events(found: Duty, rows: list[Occurrence]) -> list[Event]:
    kind, key = reference(found)
    about = Q(object_kind=kind, object_id=key)
    if rows:
        keys = [str(row.pk) for row in rows]
        about |= Q(object_kind=reference(rows[0])[0], object_id__in=keys)
    return list(Event.objects.filter(about).order_by("-seq")[:SHOWN_EVENTS])


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty, with a reason."""
    found, person = kept_duty(request, pk), person_of(request)
    if found.is_over:
        raise Refused(_("It has ended."))
    form = BecauseForm(typed(request))
    if attempt(form, lambda: end_duty(found, by=person, because=form.cleaned_data["because"])):
        messages.success(request, _("It has ended."))
        return redirect(found)
    return form_page(
        request,
        form,
        "ui/confirm.html",
        title=_("End the duty"),
        text=_(
            "“%(title)s” no longer falls due. What is open of it is skipped for the same "
            "reason; what is done stays."
        )
        % {"title": found.title},
        submit_label=_("End the duty"),
        danger=True,
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.committee, found, _("End the duty")),
    )


@require_POST
def keeping(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a duty whose clause is gone as the committee's own."""
    found = kept_duty(request, pk)
    keep_as_own(found, by=person_of(request))
    messages.success(request, _("The duty is the committee's own now."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
def beginning(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what the duty waits for has happened."""
    found, person = _begun(request, pk), person_of(request)
    if request.method == "GET" and (found.is_over or found.rhythm != Rhythm.EVENT):
        raise Refused(_("The duty falls due by itself. It need not be begun."))
    today = timezone.localdate()
    start = {"happened": today, "due": today + timedelta(days=found.lead_days)}
    form = BeginForm(typed(request), initial=start)
    if begun := attempt(form, lambda: begin(found, by=person, **form.cleaned_data)):
        messages.success(request, _("It is on the wheel."))
        return redirect(begun.value)
    return form_page(
        request,
        form,
        title=_("It has happened"),
        lead=found.title,
        submit_label=_("Put it on the wheel"),
        cancel_url=found.get_absolute_url(),
        breadcrumbs=crumbs(found.committee, found, _("It has happened")),
    )


@require_POST
def meetings(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what is due at each meeting that is planned."""
    found = _begun(request, pk)
    made = sync_meetings(found.committee, by=person_of(request), duty=found)
    text = ngettext(
        "%(number)d meeting was brought in.", "%(number)d meetings were brought in.", made
    )
    messages.success(request, text % {"number": made})
    return redirect(found)


def _begun(request: HttpRequest, pk: int) -> Duty:
    found = duty_for(request, pk)
    if not found.can_be_begun_by(person_of(request)):
        raise PermissionDenied
    return found
