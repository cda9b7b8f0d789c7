"""Things that return to the committee's agenda by themselves, once they no longer hold."""

from __future__ import annotations

from dataclasses import dataclass

from kommissorium.registers.agenda import AgendaContext, SubjectKind


@dataclass(frozen=True, slots=True)
class ReturningItem:
    """The item that brings something back, for decision; `recommendation` is plain text."""

    title: str
    recommendation: str
    link: str


class Returning(SubjectKind):
    """Something of a register that comes to every agenda while there is occasion for it."""

    def is_due(self, context: AgendaContext) -> bool:
        """Return whether there is occasion for the meeting of the context."""
        raise NotImplementedError

    def item(self) -> ReturningItem:
        """Return the item that brings it."""
        raise NotImplementedError
