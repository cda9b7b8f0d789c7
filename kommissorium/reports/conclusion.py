"""The conclusion of a status, a report or a review: the few sentences a secretary would write.

First whether it goes forward or back, then the three things that matter, then what needs a
decision. Each sentence says which part it speaks of, so that it can be left out with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.core.ui.localised import number
from kommissorium.registers.status import CONCLUSION, ComposedPart, StatusFigure, StatusPart

MOST: Final = 3  # things that matter
# The figures that weigh most, by the parts of a status they come from.
KEY_FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "risks": ("above", "open"),
    "accepted": ("kroner",),
    "plans": ("plans_slipped",),
    "duties": ("duties_overdue",),
    "incidents": ("incidents",),
    "compliance": ("not_fulfilled",),
}
# What is said of a figure that has grown, and of one that has fallen.
PHRASES: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "risks.above": (
        gettext_lazy("More risks lie above the risk level"),
        gettext_lazy("Fewer risks lie above the risk level"),
    ),
    "risks.open": (
        gettext_lazy("More risks above the level are neither planned nor accepted"),
        gettext_lazy("Fewer risks above the level are neither planned nor accepted"),
    ),
    "accepted.kroner": (
        gettext_lazy("More economic risk is accepted"),
        gettext_lazy("Less economic risk is accepted"),
    ),
    "plans.plans_slipped": (
        gettext_lazy("More planned actions are late, put off or impossible"),
        gettext_lazy("Fewer planned actions are late, put off or impossible"),
    ),
    "duties.duties_overdue": (
        gettext_lazy("More tasks of the year wheel are overdue"),
        gettext_lazy("Fewer tasks of the year wheel are overdue"),
    ),
    "duties.duties_late": (
        gettext_lazy("More tasks of the year wheel were done late"),
        gettext_lazy("Fewer tasks of the year wheel were done late"),
    ),
    "duties.duties_faults": (
        gettext_lazy("More checks of the year wheel found faults"),
        gettext_lazy("Fewer checks of the year wheel found faults"),
    ),
    "compliance.not_fulfilled": (
        gettext_lazy("More clauses of the mandate are not fulfilled"),
        gettext_lazy("Fewer clauses of the mandate are not fulfilled"),
    ),
}


KEYS: Final = frozenset(f"{part}.{name}" for part, names in KEY_FIGURES.items() for name in names)


def full_code(part: str, figure: StatusFigure) -> str:
    """Return the code of a figure after that of its part: two registers may have the same."""
    return figure.code if "." in figure.code else f"{part}.{figure.code}"


@dataclass(frozen=True, slots=True)
class _Change:
    """A figure that has become better or worse, and the part that it stands in."""

    part: StatusPart
    figure: StatusFigure

    @property
    def code(self) -> str:
        return full_code(self.part.code, self.figure)

    @property
    def weight(self) -> tuple[bool, float]:
        return self.code in KEYS, abs(self.figure.change or 0) / max(
            abs(self.figure.before or 0), 1
        )

    @property
    def sentence(self) -> str:
        one = self.figure
        if self.code in PHRASES:
            said = str(PHRASES[self.code][(one.change or 0) < 0])
        else:
            worse = _("“%(label)s” under %(part)s has become worse")
            better = _("“%(label)s” under %(part)s has become better")
            said = worse if one.course == "worse" else better
            said %= {"label": one.label, "part": self.part.heading}
        text = _("%(what)s: %(now)s against %(before)s before.")
        return text % {"what": said, "now": one.shown, "before": one.shown_before}


def conclude(
    parts: Iterable[StatusPart], since: str, figures: Sequence[StatusFigure] = ()
) -> ComposedPart:
    """Return the conclusion of parts, by their key figures alone.

    So a status, the report to the board and the year's review of the same time conclude the same.
    `since` is the time before in words; `figures` are shown.
    """
    parts = [_by_key_figures(one) for one in parts]
    sentences = [
        *what_matters(parts, since),
        *(list(_to_decide(parts)) or [("", _("No figure calls for a decision."))]),
    ]
    text = " ".join(said for _code, said in sentences)
    of = {one.code: part.code for part in parts for one in part.figures}
    return ComposedPart(
        CONCLUSION, _("Conclusion"), figures, text, sentences=sentences, figures_of=of
    )


def _by_key_figures(part: StatusPart) -> StatusPart:
    return replace(part, figures=[one for one in part.figures if full_code(part.code, one) in KEYS])


def what_matters(parts: Sequence[StatusPart], since: str) -> list[tuple[str, str]]:
    """Return whether it goes forward or back, and the three changes that matter."""
    worse, better = (_changes(parts, course) for course in ("worse", "better"))
    most = worse[: MOST - bool(better)]
    most += better[: MOST - len(most)]
    return [("", _verdict(parts, since)), *((one.part.code, one.sentence) for one in most)]


def _verdict(parts: Sequence[StatusPart], since: str) -> str:
    """Return whether it goes forward or back, by how many figures do."""
    courses = [one.course for part in parts for one in part.figures]
    worse, better = courses.count("worse"), courses.count("better")
    if not any(courses):
        return _("There are no figures from %(since)s to compare with.") % {"since": since}
    if not worse and not better:
        return _("Overall it stands as it did %(since)s.") % {"since": since}
    text = _(
        "Overall it goes both ways: %(better)s key figures are better than %(since)s, and "
        "%(worse)s are worse."
    )
    if better > worse:
        text = _(
            "Overall it is getting better: %(better)s key figures are better than %(since)s, and "
            "%(worse)s are worse."
        )
    if worse > better:
        text = _(
            "Overall it is getting worse: %(worse)s key figures are worse than %(since)s, and "
            "%(better)s are better."
        )
    return text % {"better": _many(better), "worse": _many(worse), "since": since}


def _many(figures: int) -> str:
    return number(figures) if figures else _("none")


def _changes(parts: Iterable[StatusPart], course: str) -> list[_Change]:
    """Return what has become better, or worse, most of each part; what weighs most comes first."""
    found = []
    for part in parts:
        changed = [_Change(part, one) for one in part.figures if one.course == course]
        if changed:
            found.append(max(changed, key=lambda one: one.weight))
    return sorted(found, key=lambda one: one.weight, reverse=True)


def _to_decide(parts: Iterable[StatusPart]) -> Iterator[tuple[str, str]]:
    """Yield what the committee is to decide on, with the part that says so."""
    for part in parts:
        for one in part.figures:
            code = full_code(part.code, one)
            if not one.value or code not in {"risks.open", "compliance.not_fulfilled"}:
                continue
            text = ngettext(
                "The committee is to decide on one risk above the level that is neither planned "
                "nor accepted.",
                "The committee is to decide on %(number)s risks above the level that are neither "
                "planned nor accepted.",
                one.value,
            )
            if code == "compliance.not_fulfilled":
                text = ngettext(
                    "The committee is to decide what is done about one clause of the mandate that is not "
                    "fulfilled.",
                    "The committee is to decide what is done about %(number)s clauses of the mandate that "
                    "are not fulfilled.",
                    one.value,
                )
            yield part.code, text % {"number": one.shown}
