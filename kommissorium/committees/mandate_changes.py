"""Changes between two versions of a mandate, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.committees.cadence_words import cadence_in_words
from kommissorium.committees.models import Clause
from kommissorium.committees.reader import ClauseChange, compare

LABELS = {
    "same": gettext_lazy("Unchanged"),
    "changed": gettext_lazy("Changed"),
    "added": gettext_lazy("New"),
    "removed": gettext_lazy("Removed"),
    "moved": gettext_lazy("Moved"),
}
TONES = {"changed": "warning", "added": "success", "removed": "error", "moved": "info"}
TIMING = {"cadence_months", "min_per_year", "max_per_year", "horizon_months"}


@dataclass(frozen=True)
class WordedChange:
    """One clause in both versions: its text cut into what stayed, went and came, and notes."""

    kind: str
    number: str
    segments: Sequence[tuple[str, str]]
    notes: Sequence[str]

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])

    @property
    def tone(self) -> str:
        return TONES.get(self.kind, "neutral")


def worded_changes(old: Sequence[Clause], new: Sequence[Clause]) -> list[WordedChange]:
    """Return the change of every clause, in the order of the new version."""
    return [_worded(change) for change in compare(old, new)]


def _worded(change: ClauseChange) -> WordedChange:
    old, new = change.old, change.new
    if not (isinstance(old, Clause) and isinstance(new, Clause)):
        one = new or old
        return WordedChange(change.kind, one.number if one else "", change.segments, ())
    notes = _notes(old, new, change.differences)
    # Role and function of a member are no part of what the reader compares.
    kind = "changed" if change.kind == "same" and notes else change.kind
    if old.number != new.number:
        before = _("This was %(number)s before.") % {"number": old.number}
        notes = [before, *notes] if kind != "same" else notes
    return WordedChange(kind, new.number, change.segments, notes)


def _notes(old: Clause, new: Clause, differences: Sequence[str]) -> list[str]:
    pairs = []
    if "measure" in differences:
        pairs.append((_("Measured by"), old.measure_label, new.measure_label))
    if TIMING & set(differences):
        pairs.append((_("How often"), cadence_in_words(old), cadence_in_words(new)))
    if old.role != new.role:
        pairs.append((_("Role"), str(old.get_role_display()), str(new.get_role_display())))
    if old.function != new.function:
        pairs.append((_("Function"), old.function, new.function))
    if old.kind != new.kind:
        pairs.append((_("Kind"), str(old.get_kind_display()), str(new.get_kind_display())))
    return [_from_to(label, before, after) for label, before, after in pairs]


def _from_to(label: str, before: str, after: str) -> str:
    nothing = _("nothing")
    values = {"what": label, "before": before or nothing, "after": after or nothing}
    return _("%(what)s: %(after)s. Before: %(before)s.") % values
