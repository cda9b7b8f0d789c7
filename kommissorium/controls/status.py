"""The status of each control on a day: derived from the registers, never ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.controls.models import Applies, Control
from kommissorium.registers.requirements import (
    TONES,
    Says,
    Shown,
    Standing,
    by_requirement,
    in_order,
    lacking,
    latest,
    standing_of,
)
from kommissorium.registers.shown import shown_on

UNDECIDED, EXCLUDED = "undecided", "excluded"
LABELS: Final[dict[str, str | Promise]] = {
    UNDECIDED: Applies.UNDECIDED.label,
    **{one.value: one.label for one in Standing},
    EXCLUDED: Applies.NO.label,
}


@dataclass(frozen=True, slots=True)
class ControlStatus:
    """A control on a day, with its evidence: things tagged with it, and things somebody chose."""

    control: Control
    shown: Sequence[Shown]
    day: date
    gone: int = 0  # of what was chosen: no register has it any more, or it is too old to count

    @property
    def code(self) -> str:
        """Return its status: one of LABELS."""
        if self.control.applies == Applies.NO:
            return EXCLUDED
        if self.control.applies == Applies.UNDECIDED:
            return UNDECIDED
        return standing_of(self.shown, self.day).value

    @property
    def label(self) -> str:
        return str(LABELS[self.code])

    @property
    def tone(self) -> str:
        if self.code in (UNDECIDED, EXCLUDED):
            return "warning" if self.code == UNDECIDED else ""
        return TONES[Standing(self.code)]

    @property
    def is_unsaid(self) -> bool:
        """Return whether it applies, and nobody has said how it is met."""
        one = self.control
        return one.applies == Applies.YES and not one.how and not one.links

    @property
    def evidence_on(self) -> date | None:
        """Return the day of the newest evidence that counts; None where it does not apply."""
        return latest(self.shown, self.day) if self.control.applies == Applies.YES else None

    @property
    def lacks(self) -> list[str]:
        """Return what is missing before it is met, a sentence each."""
        if self.control.applies != Applies.YES:
            return []
        missing = lacking(self.shown, self.day)
        if self.gone:
            missing.append(_("Something that was chosen is gone or too old: choose anew."))
        return missing

    def counting(self, says: Says) -> list[Shown]:
        """Return the evidence of this sort that counts."""
        return [one for one in self.shown if one.says == says and one.counts_on(self.day)]

    def titles_of(self, says: Says) -> str:
        """Return the titles of the evidence of this sort, in words."""
        return "; ".join(one.title for one in self.counting(says))

    @property
    def laid_down(self) -> str:
        return self.titles_of(Says.LAID_DOWN)

    @property
    def carried_out(self) -> str:
        return self.titles_of(Says.CARRIED_OUT)


def statuses_of(
    controls: Iterable[Control], day: date, shown: Sequence[Shown] | None = None
) -> list[ControlStatus]:
    """Return the status of the controls, in their order; `shown` is all the reader may know."""
    known = shown_on(day) if shown is None else shown
    tagged, chosen = by_requirement(known), _by_key(known)
    return [_status(one, tagged, chosen, day) for one in controls]


def _by_key(shown: Iterable[Shown]) -> dict[str, list[Shown]]:
    found: dict[str, list[Shown]] = {}
    for one in shown:
        found.setdefault(one.key, []).append(one)
    return found


def _status(
    control: Control,
    tagged: dict[str, list[Shown]],
    chosen: dict[str, list[Shown]],
    day: date,
) -> ControlStatus:
    own = list(tagged.get(control.tag, ()))
    for key in control.links:
        own += [one for one in chosen.get(key, ()) if one not in own]
    gone = sum(key not in chosen for key in control.links)
    return ControlStatus(control, in_order(own), day, gone)


def status_choices() -> list[tuple[str, str | Promise]]:
    """Return the choices of a control's status, for a filter."""
    return list(LABELS.items())
