"""How far a new municipality has come: its setup, and the first steps after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Municipality, Person
from kommissorium.committees.models import Committee, Holding, Mandate, Seat
from kommissorium.core.ui.todo import FirstStep
from kommissorium.meetings.models import Meeting
from kommissorium.registers.links import FIRST_STEPS
from kommissorium.secretariat.put_off import in_use
from kommissorium.yearwheel.models import Duty


@dataclass(frozen=True)
class SetupProgress:
    """Parts of the setup that exist already."""

    committee: Committee | None = None
    mandate: Mandate | None = None
    draft: Mandate | None = None
    has_people: bool = False
    has_meetings: bool = False
    has_duties: bool = False
    has_met: bool = False
    uninvited: int = 0

    @property
    def has_a_past(self) -> bool:
        begun = self.mandate.effective_from if self.mandate else None
        return begun is not None and begun < timezone.localdate()

    @property
    def done(self) -> dict[str, bool]:
        """Return by step of the assistant whether it is done."""
        return {
            "municipality": self.committee is not None,
            "mandate": self.mandate is not None,
            "seats": self.has_people,
            "rhythm": self.has_meetings,
            "wheel": self.has_duties,
            "invitations": self.has_people and not self.uninvited,
        }


def progress() -> SetupProgress:
    """Look at the first committee and see how far the setup has come."""
    committee = _first_committee()
    if committee is None:
        return SetupProgress()
    mandates = list(committee.mandates.all())
    return SetupProgress(
        committee=committee,
        mandate=next((one for one in mandates if one.is_approved), None),
        draft=next((one for one in mandates if not one.is_approved), None),
        has_people=committee.has_people,
        has_meetings=committee.has_meetings,
        has_met=committee.has_met,
        has_duties=committee.has_duties,
        uninvited=len(uninvited(committee)),
    )


def _first_committee() -> Any:
    """Fetch the first committee, and along with it what there is of it (one query)."""
    of = {"committee": OuterRef("pk")}
    meetings = Meeting.objects.order_by().filter(**of)
    found = Committee.objects.annotate(
        has_people=Exists(Holding.objects.filter(seat__committee=OuterRef("pk"))),
        has_meetings=Exists(Meeting.objects.of_the_calendar().filter(**of)),
        has_met=Exists(meetings.filter(state__in=Meeting.TOOK_PLACE)),
        has_duties=Exists(Duty.objects.filter(**of)),
    )
    return found.order_by("pk").first()


def uninvited(committee: Committee) -> list[Person]:
    """Return who sits in the committee, has an e-mail and neither login nor invitation."""
    sitting = Holding.objects.filter(seat__committee=committee, to_date=None).values("person")
    people = Person.objects.active().filter(pk__in=sitting, invitations=None).exclude(email=None)
    return [one for one in people if not one.has_login]


SHOWN = 3  # names in a sentence


@dataclass(frozen=True)
class FirstSteps:
    """The steps of a new municipality, in the order in which they are done."""

    steps: Sequence[FirstStep] = ()

    def besides(self, told: Collection[str]) -> FirstSteps:
        """Return them without those that a list beside them tells, by its addresses."""
        return FirstSteps(
            [step for step in self.steps if step.is_done or step.tells_of not in told]
        )

    @property
    def left(self) -> list[FirstStep]:
        return [step for step in self.steps if not step.is_done]

    @property
    def done(self) -> list[FirstStep]:
        return [step for step in self.steps if step.is_done]


def first_steps(person: Person) -> FirstSteps:
    """Return the first steps as they stand; none for those who do not take them.

    They are the coordinator's, and of whoever sets the municipality up.
    """
    municipality = Municipality.current()
    being_set_up = municipality.setup_finished_at is None
    if not (person.is_coordinator or (being_set_up and Person.can_change_municipality(person))):
        return FirstSteps()
    state = progress()
    committee = state.committee
    if committee is None:
        title, text = _("Committee"), _("Name the municipality and its committee.")
        return FirstSteps([FirstStep(title, text, _("Begin"), reverse("setup"), is_done=False)])
    ways = _assistant() if being_set_up else _pages(committee)
    return FirstSteps(
        [
            _of_mandate(state, committee, ways),
            *_of_people(state, committee, ways),
            *_of_year(state, committee, ways),
            *(
                step
                for register in in_use(municipality)
                if register.code in FIRST_STEPS.offers
                for step in FIRST_STEPS.ask_of(register.code)(person)
            ),
        ]
    )


class _Ways(NamedTuple):
    """Addresses of the steps: in the assistant, or on the committee's own pages."""

    mandate: str
    seats: str
    invitations: str
    meetings: str
    wheel: str


def _assistant() -> _Ways:
    steps = ("mandate", "seats", "invitations", "rhythm", "wheel")
    return _Ways(*(reverse(f"setup_{step}") for step in steps))


def _pages(committee: Committee) -> _Ways:
    return _Ways(
        mandate=reverse("mandates", args=[committee.pk]),
        seats=committee.get_absolute_url(),
        invitations=reverse("people"),
        meetings=reverse("meetings_plan", args=[committee.pk]),
        wheel=reverse("duty_proposals", args=[committee.pk]),
    )


def _of_mandate(state: SetupProgress, committee: Committee, ways: _Ways) -> FirstStep:
    text = (
        _("The draft waits to be looked at and approved.")
        if state.draft
        else _("Read the mandate in: everything else follows from it.")
    )
    action = _("See") if state.draft else _("Read in the mandate")
    page = (
        reverse("mandate_edit", args=[state.draft.pk])
        if state.draft
        else reverse("mandate_read", args=[committee.pk])
    )
    done = state.mandate is not None
    return FirstStep(
        _("Terms of reference"), text, action, ways.mandate, is_done=done, tells_of=page
    )


def _of_people(state: SetupProgress, committee: Committee, ways: _Ways) -> Iterator[FirstStep]:
    """Yield the steps of seats and people. Once it has met, a vacancy is no beginning any more."""
    today = timezone.localdate()
    seats = list(committee.seats.on(today).with_holders(today))
    vacant = [seat for seat in seats if seat.holder is None]
    people = {one.person.pk: one.person for seat in seats for one in seat.current}
    no_email = [person.name for person in people.values() if not person.email]
    yield FirstStep(
        _("Seats"),
        _vacant(vacant) if seats else _("The seats that the mandate names are not made yet."),
        _("Fill the seats"),
        ways.seats,
        is_done=state.has_met or (bool(seats) and not vacant),
        tells_of=committee.get_absolute_url(),
    )
    yield FirstStep(
        _("E-mails"),
        _no_email(no_email) if people else _("Nobody sits in the committee yet."),
        _("Write the e-mails"),
        reverse("people"),
        is_done=state.has_met or (bool(people) and not no_email),
    )
    text = ngettext(
        "%(number)d member has neither login nor invitation.",
        "%(number)d members have neither login nor invitation.",
        state.uninvited,
    )
    yield FirstStep(
        _("Invitations"),
        text % {"number": state.uninvited} if people else _("Nobody sits in the committee yet."),
        _("Invite them"),
        ways.invitations,
        is_done=state.has_met or (bool(people) and not state.uninvited),
    )


def _vacant(seats: Sequence[Seat]) -> str:
    text = ngettext("%(number)d seat is vacant: ", "%(number)d seats are vacant: ", len(seats))
    names = [str(seat.function or seat.get_role_display()) for seat in seats]
    return text % {"number": len(seats)} + _some(names)


def _no_email(names: Sequence[str]) -> str:
    text = ngettext(
        "%(number)d has no e-mail and gets no mail: ",
        "%(number)d have no e-mail and get no mail: ",
        len(names),
    )
    return text % {"number": len(names)} + _some(names)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")


def _of_year(state: SetupProgress, committee: Committee, ways: _Ways) -> Iterator[FirstStep]:
    yield FirstStep(
        _("Meetings"),
        _("The meetings of the year are not in the calendar yet."),
        _("Plan the year"),
        ways.meetings,
        is_done=state.has_meetings,
        tells_of=reverse("meetings_plan", args=[committee.pk]),
    )
    yield FirstStep(
        _("Year wheel"),
        _("What the mandate asks for through the year is not on the wheel yet."),
        _("Put it on the wheel"),
        ways.wheel,
        is_done=state.has_duties,
    )
