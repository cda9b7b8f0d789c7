"""Puts proposals of registers on the agendas of the story."""

from __future__ import annotations

from typing import Any

from kommissorium.demo.story import Town
from kommissorium.registers.register import proposal_kind_of
from kommissorium.secretariat.actions.proposing import put_before


def put(town: Town, ago: int, proposal: Any, late_because: str = "") -> None:
    """Put something on the agenda of a meeting, with what the program proposes to say."""
    texts = proposal_kind_of(proposal).text(proposal)
    put_before(
        proposal,
        town.meetings[ago],
        by=town.coordinator(),
        recommendation=texts.recommendation,
        presentation=texts.presentation,
        late_because=late_because,
    )
