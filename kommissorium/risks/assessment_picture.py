"""The picture of one assessment, its matrices, and what changed from one to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kommissorium.risks.levels import AFTER, BEFORE, STEPS, Levels, Picture, is_above, levels_on
from kommissorium.risks.matrix import Link, Matrix, ScaleCache, matrix_of
from kommissorium.risks.models import Assessment, Band, Group, Scale, Scenario

type Movement = Literal["new", "gone", "up", "down", "same", "other"]

# The movements in the order they are shown.
ORDER: Final[Sequence[Movement]] = ("up", "new", "down", "gone", "other", "same")
# What of an accepted risk may not change, beside what it is about.
ACCEPTED: Final = ("title", "group", *STEPS, "consequence", "rank", "treatment", "residual_rank")
# What of a scale gives the scores their meaning.
MEANING: Final = ("likelihoods", "consequences", "bands", "cells")


@dataclass(frozen=True, slots=True)
class Change:
    """One risk then and now; the band is None where there was none, or no score.

    `movement` is that of the risk before treatment; where that is the same, of what is left
    after it. "other" is a risk scored by scales that cannot be compared.
    """

    movement: Movement
    title: str
    then: Scenario | None
    now: Scenario | None
    then_band: Band | None
    now_band: Band | None
    then_left: Band | None
    now_left: Band | None


def compare(before: Assessment, after: Assessment) -> list[Change]:
    """Return what became of each risk, the worse first (two queries and the scales)."""
    then = {one.lineage: one for one in before.scenarios.all()}
    now = {one.lineage: one for one in after.scenarios.all()}
    scales = before.scale, after.scale
    changes = [
        _change(then.get(key), now.get(key), *scales) for key in dict.fromkeys([*now, *then])
    ]
    return sorted(changes, key=lambda one: (ORDER.index(one.movement), -_rank(one), one.title))


def counts_of(changes: Iterable[Change]) -> dict[Movement, int]:
    """Return how many risks moved which way, in the order of ORDER, those there are."""
    all_of = [one.movement for one in changes]
    return {way: all_of.count(way) for way in ORDER if way in all_of}


def changed_lineages(before: Assessment, after: Assessment) -> set[UUID]:
    """Return the risks of `before` that `after` leaves out or holds to be something else.

    All of them, where the two are not about the same thing, or where the steps, bands or cells of
    their scales do not say the same.
    """
    then = {one.lineage: one for one in before.scenarios.all()}
    if _about(before) != _about(after) or _meaning(before.scale) != _meaning(after.scale):
        return set(then)
    now = {one.lineage: one for one in after.scenarios.all()}
    return {key for key, one in then.items() if key not in now or _differs(one, now[key])}


def _about(one: Assessment) -> tuple[str, int | None, str, set[int]]:
    keys = set(one.assets.values_list("pk", flat=True))
    return one.scope, one.area_id, one.process.casefold(), keys


def _meaning(scale: Scale) -> list[object]:
    return [getattr(scale, name) for name in MEANING]


def _differs(one: Scenario, other: Scenario) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in ACCEPTED)


def _change(then: Scenario | None, now: Scenario | None, before: Scale, after: Scale) -> Change:
    one = now or then
    return Change(
        _movement(then, now, before, after),
        one.title if one else "",
        then,
        now,
        _band(then, before, "rank"),
        _band(now, after, "rank"),
        _band(then, before, "residual_rank"),
        _band(now, after, "residual_rank"),
    )


def _movement(then: Scenario | None, now: Scenario | None, before: Scale, after: Scale) -> Movement:
    if then is None:
        return "new"
    if now is None:
        return "gone"
    if len(before.bands) != len(after.bands) or then.rank is None or now.rank is None:
        return "other"
    if then.rank != now.rank:
        return "up" if now.rank > then.rank else "down"
    left = then.residual_rank, now.residual_rank
    if left[0] is None or left[1] is None or left[0] == left[1]:
        return "same"
    return "up" if left[1] > left[0] else "down"


def _band(row: Scenario | None, scale: Scale, name: str) -> Band | None:
    rank = getattr(row, name) if row else None
    return None if rank is None else scale.band(rank)


def _rank(change: Change) -> int:
    row = change.now or change.then
    return (row.rank or 0) if row else 0


@dataclass(frozen=True)
class AssessmentPicture:
    """The risks of an assessment held against the level of today.

    One that does not hold any more is held against the level of its last day, and nothing is
    said of what has been accepted since.
    """

    assessment: Assessment
    rows: Sequence[Scenario]
    levels: Levels
    accepted: Container[UUID]  # the lineages of the risks that are accepted
    opens: bool  # whether the list of risks has a page for each cell

    @property
    def is_over(self) -> bool:
        return is_over(self.assessment)

    @property
    def scored(self) -> list[Scenario]:
        return [row for row in self.rows if row.rank is not None]

    @property
    def unscored(self) -> int:
        return len(self.rows) - len(self.scored)

    @property
    def unsaid(self) -> int:
        """Return how many are scored, but for what the treatment leaves."""
        return sum(row.residual_rank is None for row in self.scored)

    @property
    def above(self) -> list[Scenario]:
        """Return the risks that lie above the level."""
        return [row for row in self.rows if is_above(row, self.levels)]

    @property
    def own_levels(self) -> list[str]:
        """Return the names of the categories here that have a level of their own."""
        here = {row.group for row in self.rows if row.group in self.levels}
        return [str(Group(group).label) for group in Group.values if group in here]

    @property
    def before(self) -> Matrix | None:
        """Return the matrix of the risks as assessed; None where no risk is scored."""
        return self._matrix(BEFORE)

    @property
    def after(self) -> Matrix | None:
        """Return the matrix of what the treatment leaves; None where nobody has said it of any."""
        return self._matrix(AFTER)

    def answer(self) -> list[str]:
        """Return what it comes to, the most important first."""
        said = ngettext("%(number)s risk", "%(number)s risks", len(self.rows))
        parts = [said % {"number": len(self.rows)}]
        if self.levels and self.scored:
            parts += self._held_against_the_level()
        if self.unscored:
            parts.append(_("%(number)d not assessed yet") % {"number": self.unscored})
        sentences = [f"{', '.join(parts)}."]
        if not self.levels:
            no_level = _("No risk level holds today. So nobody can say what is too much.")
            sentences += [] if self.is_over else [no_level]
        elif self.above and not self.is_over:
            sentences.append(self._left())
        return sentences

    def _held_against_the_level(self) -> list[str]:
        above = self.above
        if not above:
            return [_("none above the risk level")]
        parts = [_("%(number)d above the risk level") % {"number": len(above)}]
        if not self.is_over:
            number = sum(row.lineage in self.accepted for row in above)
            parts.append(_accepted(number, len(above)))
        return parts

    def _left(self) -> str:
        unsaid = sum(row.residual_rank is None for row in self.above)
        if unsaid:
            said = ngettext(
                "Of %(number)d of those above it nobody has said what the treatment leaves.",
                "Of %(number)d of those above it nobody has said what the treatment leaves.",
                unsaid,
            )
            return said % {"number": unsaid}
        left = sum(is_above(row, self.levels, AFTER) for row in self.rows)
        if not left:
            return _("Once the treatment works, none will lie above it.")
        said = ngettext(
            "Once the treatment works, %(number)d will still lie above it.",
            "Once the treatment works, %(number)d will still lie above it.",
            left,
        )
        return said % {"number": left}

    def _matrix(self, of: Picture) -> Matrix | None:
        cells = ((getattr(r, f"{of}consequence"), getattr(r, f"{of}likelihood")) for r in self.rows)
        counts = Counter(cell for cell in cells if None not in cell)
        if not counts:
            return None
        level = self.levels.get("")
        link = self._link(of) if self.opens else None
        cells_of_level = level.cells if level else None
        return matrix_of(self.assessment.scale, counts=counts, link=link, level=cells_of_level)

    def _link(self, of: Picture) -> Link:
        start = f"{reverse('risk_list')}?assessment={self.assessment.pk}"
        if of == AFTER:
            start += "&of=after"
        return lambda bad, likely: f"{start}&consequence={bad}&likelihood={likely}"


def is_over(assessment: Assessment) -> bool:
    """Return whether an assessment held once, or was given up."""
    return bool(assessment.in_force_to) or assessment.state == Assessment.State.DROPPED


def picture_of(
    assessment: Assessment, rows: Sequence[Scenario], accepted: Container[UUID]
) -> AssessmentPicture:
    """Return the picture of the risks of an assessment (three queries).

    Ask for it with its scale, and for `rows` through the assessment.
    """
    levels = levels_on(assessment.in_force_to or timezone.localdate())
    # The list shows what is in force, and finds the cells of scales like the one it draws.
    in_force = bool(assessment.in_force_from) and not is_over(assessment)
    opens = in_force and assessment.scale_id in ScaleCache.known().alike
    return AssessmentPicture(assessment, rows, levels, accepted, opens)


def _accepted(number: int, above: int) -> str:
    if not number:
        return pgettext("risk", "not accepted") if above == 1 else _("none of them accepted")
    if above == 1:
        return pgettext("risk", "accepted")
    said = ngettext("%(number)d of them accepted", "%(number)d of them accepted", number)
    return said % {"number": number}
