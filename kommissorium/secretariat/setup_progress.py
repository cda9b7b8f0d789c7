"""Progress of a municipality's setup: what exists of its first committee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee, Holding, Mandate
from kommissorium.meetings.models import Meeting
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
