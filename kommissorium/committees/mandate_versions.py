"""The versions of a mandate: how each stands, what changed, and one as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.committees.cadence_words import cadence_in_words
from kommissorium.committees.clause_kinds import HEADINGS
from kommissorium.committees.models import Clause, Mandate
from kommissorium.committees.reader import ClauseChange, ReadClause, compare
from kommissorium.committees.reader.model import SCHEMA
from kommissorium.core.ui.localised import day as in_words
from kommissorium.measures.codes import Measure

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


@dataclass(frozen=True)
class DocumentClause:
    """A clause and its cadence in words."""

    clause: Clause
    rhythm: str


@dataclass(frozen=True)
class DocumentChapter:
    """The clauses of one kind under their heading."""

    kind: str
    label: str
    entries: Sequence[DocumentClause]

    @property
    def is_open(self) -> bool:
        """Return whether a page shows it unfolded: what the committee answers for and does."""
        return self.kind in (Clause.Kind.RESPONSIBILITY, Clause.Kind.TASK)


def grouped(clauses: Sequence[Clause]) -> list[DocumentChapter]:
    """Return the clauses by kind, in the order of a mandate; kinds without any are left out."""
    chapters = [
        DocumentChapter(
            kind,
            str(label),
            [DocumentClause(one, cadence_in_words(one)) for one in clauses if one.kind == kind],
        )
        for kind, label in HEADINGS.items()
    ]
    return [chapter for chapter in chapters if chapter.entries]


def as_export(clauses: Sequence[Clause]) -> dict[str, Any]:
    """Return members and clauses as plain data, in the form the reader gives them."""
    members = [clause for clause in clauses if clause.kind == Clause.Kind.MEMBER]
    return {
        "schema": SCHEMA,
        "members": [{"role": one.role, "function": one.function or None} for one in members],
        "clauses": [_read_clause(clause).as_json() for clause in clauses],
    }


def _read_clause(clause: Clause) -> ReadClause:
    return ReadClause(
        clause.number,
        clause.kind,
        clause.text,
        Measure(clause.measure) if clause.measure else None,
        clause.cadence_months,
        clause.min_per_year,
        clause.max_per_year,
        clause.horizon_months,
    )


type Stand = Literal["draft", "coming", "in_force", "replaced"]


@dataclass(frozen=True)
class MandateStatus:
    """A version, its status on a date, and the date it was replaced."""

    mandate: Mandate
    stand: Stand
    replaced_on: date | None = None

    @property
    def label(self) -> str:
        return {
            "draft": _("Draft"),
            "coming": _("Not in force yet"),
            "in_force": _("In force"),
            "replaced": _("Replaced"),
        }[self.stand]

    @property
    def tone(self) -> str:
        tones = {"draft": "warning", "coming": "info", "in_force": "success"}
        return tones.get(self.stand, "neutral")

    @property
    def sentence(self) -> str:
        """Return its status, and why it was approved here after it took effect."""
        because = self.mandate.from_because
        noted = _("Noted afterwards: %(because)s") % {"because": because} if because else ""
        return f"{self._stand_in_words} {noted}".strip()

    @property
    def _stand_in_words(self) -> str:
        begun = in_words(self.mandate.effective_from)
        match self.stand:
            case "draft":
                return _("This is a draft. Nothing in it is in force.")
            case "coming":
                return _("Takes effect on %(date)s.") % {"date": begun}
            case "in_force":
                return _("In force since %(date)s.") % {"date": begun}
        values = {"from": begun, "until": in_words(self.replaced_on)}
        return _("Was in force from %(from)s and was replaced on %(until)s.") % values


def standings(mandates: Sequence[Mandate], on: date) -> list[MandateStatus]:
    """Return the versions of one committee, the newest first, with their status on the date."""
    newest_first = sorted(mandates, key=lambda mandate: mandate.version, reverse=True)
    found: list[MandateStatus] = []
    following: date | None = None
    for mandate in newest_first:
        found.append(_standing(mandate, following, on))
        following = mandate.effective_from if mandate.is_approved else following
    return found


def standing_of(mandate: Mandate, on: date) -> MandateStatus:
    """Return the status of one version on the date."""
    if not mandate.is_approved:
        return MandateStatus(mandate, "draft")
    later = Mandate.objects.approved().filter(
        committee=mandate.committee_id, version__gt=mandate.version
    )
    following = later.order_by("version").values_list("effective_from", flat=True).first()
    return _standing(mandate, following, on)


def _standing(mandate: Mandate, following: date | None, on: date) -> MandateStatus:
    if not mandate.is_approved or mandate.effective_from is None:
        return MandateStatus(mandate, "draft")
    if mandate.effective_from > on:
        return MandateStatus(mandate, "coming")
    if following and following <= on:
        return MandateStatus(mandate, "replaced", following)
    return MandateStatus(mandate, "in_force")
