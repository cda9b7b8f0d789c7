"""The setup assistant: five steps that can be left and resumed, and what remains.

Nothing is kept of the assistant itself: each step is done when what it asks for is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.actions import finish_setup, invite, open_invitations
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.reauthentication import step_up_once_set_up
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.seats import seats_from_mandate
from kommissorium.committees.forms import HabitsForm, MandateSourceForm
from kommissorium.committees.models import Committee, Holding, Mandate
from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.responses import conflict, invalid, page
from kommissorium.meetings.models import Meeting
from kommissorium.secretariat.committee_status import committee_statuses
from kommissorium.secretariat.setup_forms import FirstStepForm, InvitationsForm
from kommissorium.secretariat.todo import lacks
from kommissorium.secretariat.vacant_seats import (
    SeatRows,
    beside,
    fill_seats,
    rows_for,
    seats_today,
)
from kommissorium.secretariat.views.settings import keeper


@dataclass(frozen=True)
class SetupProgress:
    """What is there already."""

    committee: Committee | None
    mandate: Mandate | None
    draft: Mandate | None
    has_people: bool
    has_meetings: bool
    uninvited: int

    @property
    def has_a_past(self) -> bool:
        begun = self.mandate.effective_from if self.mandate else None
        return begun is not None and begun < timezone.localdate()

    @property
    def done(self) -> dict[str, bool]:
        """Return by step whether it is done."""
        return {
            "municipality": self.committee is not None,
            "mandate": self.mandate is not None,
            "seats": self.has_people,
            "rhythm": self.has_meetings,
            "invitations": self.has_people and not self.uninvited,
        }


def guide(request: HttpRequest) -> tuple[Person, Municipality]:
    """Return who asks and the municipality. Raises Http404 for those the assistant is not for.

    Once it is finished it shows what the committee's own pages do, so it is the coordinator's
    alone: an administrator sees no content by that role.
    """
    person, found = keeper(request)
    if found.setup_finished_at and not person.is_coordinator:
        raise Http404
    return person, found


def progress() -> SetupProgress:
    """Look at the first committee and see how far the setup has come."""
    committee = Committee.objects.order_by("pk").first()
    if committee is None:
        return SetupProgress(None, None, None, False, False, 0)
    mandates = list(committee.mandates.all())
    holders = Holding.objects.filter(seat__committee=committee)
    return SetupProgress(
        committee=committee,
        mandate=next((one for one in mandates if one.is_approved), None),
        draft=next((one for one in mandates if not one.is_approved), None),
        has_people=holders.exists(),
        has_meetings=Meeting.objects.of_the_calendar().filter(committee=committee).exists(),
        uninvited=len(_uninvited(committee)),
    )


@require_GET
def setup(request: HttpRequest) -> HttpResponse:
    """Go to the first step that is not done."""
    guide(request)
    done = progress().done
    return redirect(next((f"setup_{step}" for step in done if not done[step]), "setup_end"))


@require_http_methods(["GET", "POST"])
def municipality(request: HttpRequest) -> HttpResponse:
    """Name the municipality and its committee."""
    person, found = guide(request)
    state = progress()
    initial = FirstStepForm.of(found)
    form = FirstStepForm(request.POST or None, initial=initial)
    if state.committee:
        del form.fields["committee"]
    if request.method == "POST" and form.is_valid():
        try:
            _save_first(form, found, person)
        except Conflict as theirs:
            return _conflict(request, form, theirs, "setup_municipality")
        except Refused as refused:
            fields = {
                "committee" if name == "name" else name: t for name, t in refused.errors.items()
            }
            add_refusal(form, Refused(**fields))
        else:
            return redirect("setup_mandate")
    return _step(request, "municipality", state, {"form": form})


@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest) -> HttpResponse:
    """Read the mandate in; what was understood is checked and approved on its own pages."""
    person, _found = guide(request)
    state = progress()
    if state.committee is None:
        return redirect("setup_municipality")
    posted = MandateSourceForm(request.POST, request.FILES) if request.method == "POST" else None
    if posted and not state.draft and posted.is_valid():
        try:
            draft = posted.save(state.committee, by=person)
        except Refused as refused:
            add_refusal(posted, refused)
        else:
            return redirect("mandate_edit", pk=draft.pk)
    return _step(
        request,
        "mandate",
        state,
        {"ways": MandateSourceForm.choices(posted), "form": posted},
    )


@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest) -> HttpResponseBase:
    """Make the seats the mandate names and say who sits in them."""
    person, _found = guide(request)
    return _seats(request, person)


@step_up_once_set_up
def _seats(request: HttpRequest, person: Person) -> HttpResponse:
    state = progress()
    if state.committee is None or state.mandate is None:
        return redirect("setup")
    if "make" in request.POST:
        made = seats_from_mandate(state.mandate, by=person, from_date=timezone.localdate())
        messages.success(request, _("The seats of the mandate are made: %d.") % made)
        return redirect("setup_seats")
    there = seats_today(state.committee)
    rows = SeatRows(request.POST) if request.method == "POST" else rows_for(there)
    if request.method == "POST" and rows.is_valid() and fill_seats(there, rows, by=person):
        return redirect("setup_rhythm")
    context = {"form": rows, "rows": beside(there, rows), "seats_there": bool(there)}
    return _step(request, "seats", state, context)


@require_http_methods(["GET", "POST"])
def rhythm(request: HttpRequest) -> HttpResponse:
    """Set the committee's usual time and place; then the year is planned."""
    person, _found = guide(request)
    state = progress()
    if state.committee is None:
        return redirect("setup_municipality")
    form = HabitsForm(request.POST) if request.method == "POST" else HabitsForm.of(state.committee)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(state.committee, by=person)
        except Conflict as theirs:
            return _conflict(request, form, theirs, "setup_rhythm")
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return redirect("meetings_plan", pk=state.committee.pk)
    return _step(request, "rhythm", state, {"form": form})


@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest) -> HttpResponseBase:
    """Invite those who sit in the committee."""
    person, _found = guide(request)
    return _invitations(request, person)


@step_up_once_set_up
def _invitations(request: HttpRequest, person: Person) -> HttpResponse:
    state = progress()
    if state.committee is None:
        return redirect("setup_municipality")
    people = _uninvited(state.committee)
    form = InvitationsForm(request.POST or None, initial={"people": people})
    form.fields["people"].queryset = Person.objects.filter(  # type: ignore[attr-defined]
        pk__in=[one.pk for one in people]
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for one in form.cleaned_data["people"]:
                invite(one, by=person)
        if mail_is_set_up():
            messages.success(request, _("The invitations are on their way."))
            return redirect("setup_end")
        messages.success(request, _("They are invited. The mails wait until mail is set up."))
        return redirect("setup_invitations")
    context = {"form": form, "people": people, "links": _links(person)}
    return _step(request, "invitations", state, context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Say what is still missing, and close the assistant."""
    person, found = guide(request)
    if request.method == "POST":
        finish_setup(found, by=person)
        messages.success(request, _("The setup is finished."))
        return redirect("overview")
    state = progress()
    missing = [thing for status in committee_statuses(person) for thing in lacks(status)]
    return _step(request, "end", state, {"missing": missing})


def _save_first(form: FirstStepForm, found: Municipality, person: Person) -> None:
    values = dict(form.cleaned_data)
    committee = values.pop("committee", "")
    form.cleaned_data = values
    with transaction.atomic():
        form.save(found, by=person)
        if committee:
            if not Committee.can_be_founded_by(person):
                raise PermissionDenied(_("Only the information security coordinator can do this."))
            found_committee(name=committee, by=person)


def _conflict(request: HttpRequest, form: forms.Form, theirs: Conflict, name: str) -> HttpResponse:
    return conflict(request, form, theirs, cancel_url=reverse(name))


def _step(
    request: HttpRequest, name: str, state: SetupProgress, context: dict[str, Any]
) -> HttpResponse:
    form = context.get("form")
    refused = request.method == "POST" and form is not None
    values = {"state": state, "steps": _steps(name, state), **context}
    return (invalid if refused else page)(request, f"secretariat/setup/{name}.html", values)


def _steps(current: str, state: SetupProgress) -> list[dict[str, str]]:
    labels = {
        "municipality": _("Municipality"),
        "mandate": _("Mandate"),
        "seats": _("Seats"),
        "rhythm": _("Meetings"),
        "invitations": _("Invitations"),
    }
    done = state.done
    return [
        {
            "label": label,
            "url": reverse(f"setup_{step}"),
            "state": "current" if step == current else "done" if done[step] else "todo",
        }
        for step, label in labels.items()
    ]


def _links(person: Person) -> list[Person]:
    """Return who is invited, and whose link this person may see and hand over."""
    invited = [invitation.person for invitation in open_invitations()]
    return [one for one in invited if one.invitation_can_be_shown_to(person)]


def _uninvited(committee: Committee) -> list[Person]:
    """Return who sits in the committee, has an e-mail and neither login nor invitation."""
    sitting = Holding.objects.filter(seat__committee=committee, to_date=None).values("person")
    people = Person.objects.active().filter(pk__in=sitting, invitations=None).exclude(email=None)
    return [one for one in people if not one.has_login]
