"""The list of committees; one with its seats, its mandate, how it meets, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kommissorium.accounts.history import entries
from kommissorium.accounts.models import Person, held_on
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.forms import CommitteeForm, HabitsForm
from kommissorium.committees.models import Committee, Holding, Mandate, Seat
from kommissorium.committees.seat_holders import coming_seats, seats_on, seats_waiting_for
from kommissorium.committees.views.common import (
    arranged_committee,
    committee_for,
    crumbs,
)
from kommissorium.core.evidence.models import Event, reference
from kommissorium.core.ui.form_pages import attempt, edit_page, form_page, typed
from kommissorium.core.ui.localised import clock
from kommissorium.core.ui.navigation import paged
from kommissorium.core.ui.responses import page


@require_safe
def committee_history(request: HttpRequest, pk: int) -> HttpResponse:
    committee = committee_for(request, pk)
    visible = Mandate.objects.visible_to(person_of(request)).filter(committee=committee)
    keys = [str(key) for key in visible.values_list("pk", flat=True)]
    kind, key = reference(committee)
    about = Q(object_kind=kind, object_id=key)
    if keys:
        about |= Q(object_kind=reference(Mandate(pk=0))[0], object_id__in=keys)
    events = Event.objects.filter(about, act__startswith="committees.").order_by("-seq")
    shown = paged(events, request)
    context = {
        "committee": committee,
        "page": shown,
        "entries": entries(list(shown)),
        "breadcrumbs": crumbs(committee, _("History")),
    }
    return page(request, "committees/committee_history.html", context)


@dataclass(frozen=True)
class CommitteeSummary:
    """A committee with the number of its seats and of the vacant ones, and its mandate."""

    committee: Committee
    seats: int
    vacant: int
    mandate: Mandate | None


def summaries(committees: QuerySet[Committee], day: date) -> list[CommitteeSummary]:
    """Return the committees as they are on the date, always in four queries."""
    shown = list(committees)
    seats = list(Seat.objects.filter(held_on(day), committee__in=shown).values("pk", "committee"))
    held = set(
        Holding.objects.filter(
            held_on(day), seat__committee__in=shown, capacity=Holding.Capacity.HOLDER
        ).values_list("seat", flat=True)
    )
    mandates = _in_force(Mandate.objects.filter(committee__in=shown), day)
    return [
        CommitteeSummary(
            committee=committee,
            seats=sum(seat["committee"] == committee.pk for seat in seats),
            vacant=sum(
                seat["committee"] == committee.pk and seat["pk"] not in held for seat in seats
            ),
            mandate=mandates.get(committee.pk),
        )
        for committee in shown
    ]


def foreign_mandates(committees: QuerySet[Committee], day: date) -> Sequence[Mandate]:
    """Return the mandates in force of all other committees: those anybody may read."""
    others = Mandate.objects.exclude(committee__in=committees.values("pk"))
    return list(_in_force(others.select_related("committee"), day).values())


def _in_force(mandates: QuerySet[Mandate], day: date) -> dict[int, Mandate]:
    begun = mandates.filter(approved_at__isnull=False, effective_from__lte=day)
    newest_last = begun.defer("source_text").order_by("effective_from", "version")
    return {mandate.committee_id: mandate for mandate in newest_last}


def habits_in_words(committee: Committee) -> str:
    """Return when, how long and where the committee meets, and in which weeks it does not."""
    sentences = [
        _("The committee usually meets %(weekday)s at %(clock)s for %(length)s.")
        % {
            "weekday": _weekday(committee.weekday),
            "clock": clock(committee.start_time),
            "length": length_in_words(committee.minutes),
        }
    ]
    if committee.place:
        sentences.append(_("The meeting place is %(place)s.") % {"place": committee.place})
    if committee.avoided_weeks:
        weeks = _enumerated(committee.avoided_weeks)
        sentences.append(_("It holds no meetings in weeks %(weeks)s.") % {"weeks": weeks})
    return " ".join(sentences)


def length_in_words(minutes: int) -> str:
    """Return 150 as "2 hours and 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours})
    if rest:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return _(" and ").join(parts)


def _weekday(number: int) -> str:
    return (
        _("on Mondays"),
        _("on Tuesdays"),
        _("on Wednesdays"),
        _("on Thursdays"),
        _("on Fridays"),
    )[number]


def _enumerated(text: str) -> str:
    parts = text.split(", ")
    return _(" and ").join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    today = timezone.localdate()
    visible = Committee.objects.visible_to(person)
    context = {
        "committees": summaries(visible, today),
        "foreign_mandates": foreign_mandates(visible, today),
        "can_found": Committee.can_be_founded_by(person),
    }
    return page(request, "committees/committees.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not Committee.can_be_founded_by(person):
        raise PermissionDenied
    form = CommitteeForm(typed(request))
    if made := attempt(form, lambda: form.save(by=person)):
        messages.success(request, _("%(name)s is set up.") % {"name": made.value.name})
        return redirect(made.value)
    return form_page(
        request,
        form,
        title=_("Set up a committee"),
        lead=_("Next come its terms of reference, its seats and its meetings."),
        submit_label=_("Set up the committee"),
        cancel_url=reverse("committees"),
        breadcrumbs=crumbs(_("Set up a committee")),
    )


@require_safe
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    shown = committee_for(request, pk)
    today = timezone.localdate()
    seats = seats_on(shown, today)
    coming = coming_seats(shown, today)
    mandate = shown.mandate_on(today)
    waiting = _waiting(shown, person, mandate)
    context = {
        "committee": shown,
        "habits": habits_in_words(shown),
        "seats": seats,
        "coming_seats": coming,
        "vacant": sum(row.is_vacant for row in seats),
        "mandate": mandate,
        "waiting": waiting,
        "waiting_rows": seats_waiting_for(person, shown),
        "seats_source": waiting if waiting and waiting.is_approved else mandate,
        "can_arrange": shown.can_be_arranged_by(person),
        "leads": any(row.is_led_from_by(person) for row in seats),
        "breadcrumbs": crumbs(shown),
    }
    return page(request, "committees/committee.html", context)


def _waiting(shown: Committee, person: Person, mandate: Mandate | None) -> Mandate | None:
    """Return the newest version the person may see that is not in force yet."""
    newest = Mandate.objects.visible_to(person).filter(committee=shown).order_by("-version").first()
    return newest if newest and (mandate is None or newest.version > mandate.version) else None


@require_http_methods(["GET", "HEAD", "POST"])
def committee_habits(request: HttpRequest, pk: int) -> HttpResponse:
    shown = arranged_committee(request, pk)
    form = HabitsForm(request.POST) if request.method == "POST" else HabitsForm.of(shown)
    return edit_page(
        request,
        form,
        lambda: form.save(shown, by=person_of(request)),
        done=_("It is saved."),
        after=shown,
        template="committees/habits.html",
        title=_("Meeting habits"),
        lead=_("Meetings that are planned later start from these habits."),
        cancel_url=shown.get_absolute_url(),
        breadcrumbs=crumbs(shown, _("Meeting habits")),
    )
