"""The list of committees, and one with its seats, its mandate and its meeting habits."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.committees.committee_summaries import foreign_mandates, summaries
from kommissorium.committees.forms import CommitteeForm, HabitsForm
from kommissorium.committees.meeting_habits import habits_in_words
from kommissorium.committees.models import Committee, Mandate
from kommissorium.committees.seat_holders import coming_seats, seats_on
from kommissorium.committees.seats_waiting import seats_waiting_for
from kommissorium.committees.views.common import arranged_committee, committee_for, crumbs
from kommissorium.core.ui.form_pages import attempt, edit_page, form_page, typed
from kommissorium.core.ui.responses import page


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
        done=_("The habits are saved."),
        after=shown,
        template="committees/habits.html",
        title=_("Meeting habits"),
        lead=_("Meetings that are planned later start from these habits."),
        cancel_url=shown.get_absolute_url(),
        breadcrumbs=crumbs(shown, _("Meeting habits")),
    )
