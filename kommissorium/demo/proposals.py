"""Puts proposals of registers on the agendas of the story."""

from __future__ import annotations

from typing import Any, Final

from kommissorium.demo.story import Town
from kommissorium.meetings.models import Meeting
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.secretariat.actions.proposing import put_before

NOT_ENDED: Final = "Kvartalet var ikke slut, da dagsordenen blev sendt ud."
NOT_READY: Final = "Den blev først færdig, da dagsordenen var sendt ud."


def put(town: Town, ago: int, proposal: Any, late_because: str = NOT_READY) -> None:
    """Put something on the agenda of a meeting, with the program's proposed texts.

    Once the meeting is called it comes as a late item, for the reason given.
    """
    meeting = town.meeting(ago)
    is_called = meeting.state == Meeting.State.CALLED
    texts = proposal_kind_of(proposal).text(proposal)
    put_before(
        proposal,
        meeting,
        by=town.coordinator(),
        recommendation=texts.recommendation,
        presentation=texts.presentation,
        late_because=late_because if is_called else "",
    )
