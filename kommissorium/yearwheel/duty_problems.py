"""Problems of a committee's duties, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.wheel import Wheel

type ProblemKind = Literal["clause", "responsible", "date"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a duty, as a sentence."""

    kind: ProblemKind
    duty: Duty
    text: str


def mandate_changed(committee: Committee) -> list[Duty]:
    """Return the duties whose clause the mandate in force does not have. Nothing is done to them."""
    return [one.duty for one in problems(Wheel(committee)) if one.kind == "clause"]


def problems(wheel: Wheel) -> list[Problem]:
    """Return what is wrong with the duties that have not ended; asks nothing of the database."""
    found = []
    for duty in wheel.duties:
        if not duty.is_over:
            found += problems_of(duty, wheel)
    return found


def problems_of(duty: Any, wheel: Wheel) -> list[Problem]:
    """Return what is wrong with one duty of the wheel."""
    texts: list[tuple[ProblemKind, str]] = []
    if duty.has_lost_its_clause():
        text = _("Clause %(number)s is gone from the mandate.") % {"number": duty.clause_number}
        texts.append(("clause", text))
    if not duty.cadences.all():
        texts.append(("date", _("It has no date and never falls due.")))
    if who_is_wrong := _responsible(duty, wheel, wheel.today):
        texts.append(("responsible", who_is_wrong))
    return [Problem(kind, duty, text) for kind, text in texts]


def _responsible(duty: Any, wheel: Wheel, today: date) -> str:
    who = wheel.holders.of(duty, today)
    if who is not None:
        left = _("%(name)s answers for it and has left.") % {"name": who.name}
        return "" if who.is_active else left
    seat = duty.responsible_seat
    if seat is None:
        return _("Nobody is responsible.")
    if seat.to_date and seat.to_date < today:
        return _("The responsible seat “%(seat)s” has ended.") % {"seat": seat}
    return _("The responsible seat “%(seat)s” is vacant.") % {"seat": seat}
