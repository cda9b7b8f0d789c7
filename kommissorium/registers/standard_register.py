"""A register of one standard proposal, whose counts of the evening are its past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from kommissorium.registers.past import STANDARD_ACTS, PastEvent, StandardPast, standard_past
from kommissorium.registers.protocol import Register
from kommissorium.registers.standard_proposals import StandardProposal


class StandardRegister(Register):
    """A register that says what it holds and counts; the chain is told and asked by the kit."""

    proposal: ClassVar[StandardProposal[Any]]  # one of its subjects
    acts: ClassVar[tuple[str, ...]] = STANDARD_ACTS

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> StandardPast:
        return standard_past(events, today, self.code, self.proposal.kind)
