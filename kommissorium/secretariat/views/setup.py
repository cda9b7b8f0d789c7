"""The setup assistant: six steps that can be left and resumed, and what remains.

Nothing is kept of the assistant itself: each step is done when what it asks for is there.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kommissorium.accounts.actions import finish_setup, invite, open_invitations
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.signed_in import step_up_once_set_up
from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandate_seats import seats_from_mandate
from kommissorium.committees.forms import HabitsForm
from kommissorium.committees.models import Committee
from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.ui.forms import add_refusal
from kommissorium.core.ui.responses import conflict
from kommissorium.meetings.views import preparable
from kommissorium.meetings.views.year_plan import plan_page
from kommissorium.secretariat import getting_started
from kommissorium.secretariat.getting_started import first_steps, uninvited
from kommissorium.secretariat.setup_forms import FirstStepForm, InvitationsForm
from kommissorium.secretariat.vacant_seats import Places, SeatRows, fill_seats
from kommissorium.secretariat.views.setup_frame import frame_of, guide, step_page, template_of
from kommissorium.yearwheel.views import kept_committee
from kommissorium.yearwheel.views.proposals import proposals_page

# The rhythm in five questions; the rest has good answers already and is folded.
FOLDED = (
    "name",
    "link",
    "call_days",
    "email",
    "invites_when_planned",
    "quorum",
    "review_days",
    "auditors_see_closed",
)


@require_GET
def setup(request: HttpRequest) -> HttpResponse:
    """Go to the first step that is not done."""
    guide(request)
    done = getting_started.progress().done
    return redirect(next((f"setup_{step}" for step in done if not done[step]), "setup_end"))


@require_http_methods(["GET", "POST"])
def municipality(request: HttpRequest) -> HttpResponse:
    """Name the municipality and its committee."""
    person, found = guide(request)
    state = getting_started.progress()
    initial = FirstStepForm.of(found)
    form = FirstStepForm(request.POST or None, initial=initial)
    if state.committee:
        for name in ("committee", "begins_with", "later_from"):
            del form.fields[name]
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
    return step_page(request, "municipality", state, {"form": form})


@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest) -> HttpResponseBase:
    """Make the seats the mandate names and say who sits in them."""
    person, _found = guide(request)
    return _seats(request, person)


@step_up_once_set_up
def _seats(request: HttpRequest, person: Person) -> HttpResponse:
    state = getting_started.progress()
    if state.committee is None or state.mandate is None:
        return redirect("setup")
    if "make" in request.POST:
        made = seats_from_mandate(state.mandate, by=person, from_date=timezone.localdate())
        messages.success(request, _("The seats of the mandate are made: %d.") % made)
        return redirect("setup_seats")
    there = Places.of(state.committee, state.mandate)
    rows = SeatRows(request.POST) if request.method == "POST" else there.rows(person)
    if request.method == "POST" and rows.is_valid() and fill_seats(there, rows, by=person):
        return redirect("setup_rhythm")
    context = {"form": rows, "rows": there.beside(rows), "seats_there": bool(there.seats)}
    return step_page(request, "seats", state, context)


@require_http_methods(["GET", "POST"])
def rhythm(request: HttpRequest) -> HttpResponse:
    """Set the committee's usual time and place; then the year is planned."""
    person, _found = guide(request)
    state = getting_started.progress()
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
            return redirect("setup_dates")
    folded = [form[name] for name in FOLDED if name in form.fields]
    context = {
        "form": form,
        "folded": folded,
        "folded_errors": any(bound.errors for bound in folded),
    }
    return step_page(request, "rhythm", state, context)


@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest) -> HttpResponse:
    """Propose the dates of the year from the rhythm; each can be moved or left out."""
    guide(request)
    state = getting_started.progress()
    if state.committee is None:
        return redirect("setup_municipality")
    committee = preparable(request, state.committee.pk)
    frame = frame_of("rhythm", state)
    return plan_page(
        request, committee, template=template_of("dates"), after="setup_wheel", **frame
    )


@require_http_methods(["GET", "POST"])
def wheel(request: HttpRequest) -> HttpResponse:
    """Put on the year wheel what the clauses of the mandate propose."""
    guide(request)
    state = getting_started.progress()
    if state.committee is None:
        return redirect("setup_municipality")
    committee = kept_committee(request, state.committee.pk)
    frame = frame_of("wheel", state)
    return proposals_page(
        request, committee, template=template_of("wheel"), after="setup_invitations", **frame
    )


@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest) -> HttpResponseBase:
    """Invite those who sit in the committee."""
    person, _found = guide(request)
    return _invitations(request, person)


@step_up_once_set_up
def _invitations(request: HttpRequest, person: Person) -> HttpResponse:
    state = getting_started.progress()
    if state.committee is None:
        return redirect("setup_municipality")
    people = uninvited(state.committee)
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
    return step_page(request, "invitations", state, context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Say what is still missing, and close the assistant."""
    person, found = guide(request)
    if request.method == "POST":
        finish_setup(found, by=person)
        messages.success(request, _("The setup is finished."))
        return redirect("overview")
    state = getting_started.progress()
    return step_page(request, "end", state, {"first_steps": first_steps(person)})


def _save_first(form: FirstStepForm, found: Municipality, person: Person) -> None:
    committee = form.cleaned_data.get("committee")
    with transaction.atomic():
        form.save(found, by=person)
        form.begin(by=person)
        if committee:
            if not Committee.can_be_founded_by(person):
                raise PermissionDenied(_("Only the information security coordinator can do this."))
            found_committee(name=committee, by=person)


def _conflict(request: HttpRequest, form: forms.Form, theirs: Conflict, name: str) -> HttpResponse:
    return conflict(request, form, theirs, cancel_url=reverse(name))


def _links(person: Person) -> list[Person]:
    """Return who is invited, and whose link this person may see and hand over."""
    invited = [invitation.person for invitation in open_invitations()]
    return [one for one in invited if one.invitation_can_be_shown_to(person)]
