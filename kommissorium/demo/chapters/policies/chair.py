"""The chair's decisions about policies and rulings between meetings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from kommissorium.accounts.models import Person, held_on
from kommissorium.committees.models import Holding, Seat
from kommissorium.demo.story import Town
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.registers.proposing import subject_of
from kommissorium.secretariat.actions.agendas import propose_to
from kommissorium.secretariat.actions.cycle import decide

WHY_NOW: Final = "Der er brug for svaret, før udvalget mødes igen."
ABSENT: Final = "Formandens plads er ledig."
WEIGHING: Final = {
    "security": "stronger",
    "security_text": "Reglen bliver klarere for dem, der skal følge den.",
    "usability": "unchanged",
    "usability_text": "Arbejdet fortsætter, som det er.",
    "economy": "neutral",
    "economy_text": "Det koster ikke noget.",
    "proportion": "fitting",
    "proportion_text": "Det svarer til den risiko, reglen skal mindske.",
}


def approve_as_chair(town: Town, proposal: Any) -> None:
    """Put a draft forward and let whoever chairs the committee approve it.

    Where the seat is vacant the deputy chair does.
    """
    committee = town.committees["security"]
    propose_to(proposal, committee, by=town.coordinator())
    proposal.refresh_from_db()
    text = proposal_kind_of(proposal).text(proposal)
    chair = town.chair("security")
    by = chair or next(one for one in _leaders(town) if one != town.coordinator())
    decide(
        committee,
        by=by,
        title=text.title,
        text=text.decided,
        why_now=WHY_NOW,
        weighing=WEIGHING,
        is_impartial=True,
        chair_absent_because="" if chair else ABSENT,
        subject=subject_of(proposal),
    )


def settled(town: Town, months: int, hour: str, days: int) -> datetime:
    """Return the moment some months ago, in a short story some days after its start.

    By then the committee has its mandate and its chair.
    """
    almanac = town.almanac
    seated = almanac.moment(almanac.start + timedelta(days=days), hour)
    return max(almanac.ago(months, hour), seated)


def _leaders(town: Town) -> list[Person]:
    """Return those who lead the committee where its chair's seat is vacant."""
    held = Holding.objects.filter(
        held_on(town.almanac.day_it_is()),
        seat__committee=town.committees["security"],
        seat__role__in=Seat.CHAIRING,
    )
    return [row.person for row in held.select_related("person").order_by("pk")]
