"""Compose the year's report: the inputs of ISO 27001, 9.3.2, from the year's approved statuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day
from kommissorium.measures.periods import Quarter
from kommissorium.registers.periods import Year
from kommissorium.registers.status import (
    ComposedPart,
    StatusFigure,
    StatusPart,
    in_sentences,
    told,
)
from kommissorium.reports.conclusion import KEYS, MOST, conclude, full_code, what_matters
from kommissorium.reports.models import (
    BoardReport,
    KeptPart,
    QuarterlyStatus,
    ReviewPart,
    YearReview,
)
from kommissorium.reports.models.periodic_reports import OUTPUTS
from kommissorium.reports.models.written_parts import Closes

# The inputs of the review, in the order of the standard.
HEADINGS: Final[Mapping[str, str | Promise]] = {
    "earlier": gettext_lazy("Status of earlier actions (9.3.2 a)"),
    "context": gettext_lazy("Changes in context and in what interested parties need (9.3.2 b, c)"),
    "nonconformities": gettext_lazy("Nonconformities and corrective actions (9.3.2 d1)"),
    "monitoring": gettext_lazy("Results of monitoring and measuring (9.3.2 d2)"),
    "audits": gettext_lazy("Results of audits (9.3.2 d3)"),
    "objectives": gettext_lazy("Fulfilment of objectives (9.3.2 d4)"),
    "feedback": gettext_lazy("Feedback from interested parties (9.3.2 e)"),
    "risks": gettext_lazy("Risk assessment and plan of treatment (9.3.2 f)"),
    "improvement": gettext_lazy("Opportunities for improvement (9.3.2 g)"),
    OUTPUTS: gettext_lazy("Decisions of the review (9.3.3)"),
}
# From which parts of the statuses an input is made; what is not named is monitoring.
SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "earlier": ("decisions",),
    "nonconformities": ("incidents", "duties", "dispensations"),
    "audits": ("audits",),
    "objectives": ("objectives",),
    "risks": ("risks", "accepted", "plans"),
}
NAMED: Final = {"conclusion", *(code for codes in SOURCES.values() for code in codes)}


def compose_review(committee: Committee, year: Year) -> list[StatusPart]:
    """Return the parts in their order, the conclusion first; handwritten ones have no sentence."""
    then, before = _Statuses.of(committee, year), _Statuses.of(committee, year.before)
    made: dict[str, StatusPart] = {
        code: _input(code, then, before) for code in ("monitoring", *SOURCES)
    }
    made["earlier"] = _with_last_decisions(_input("earlier", then, before), committee, year.before)
    made["feedback"] = _feedback(committee, year)
    parts = [made.get(code) or StatusPart(code, str(one)) for code, one in HEADINGS.items()]
    return [conclude(parts, _("a year before")), *parts]


@dataclass(frozen=True)
class _Statuses:
    """The approved statuses of a year: their parts by quarter."""

    quarters: Mapping[Quarter, Sequence[KeptPart]]

    @classmethod
    def of(cls, committee: Committee, year: Year) -> _Statuses:
        rows = QuarterlyStatus.objects.filter(of=committee, year=year.year, state="approved")
        found = {(one.year, one.number): one for one in rows.prefetch_related("parts")}
        return cls(
            {
                one: list(found[one.year, one.number].parts.all())
                for one in year.quarters
                if (one.year, one.number) in found
            }
        )

    def parts(self, code: str) -> Iterator[tuple[Quarter, KeptPart]]:
        """Yield the parts that an input is made from, quarter by quarter."""
        for quarter, parts in self.quarters.items():
            for part in parts:
                is_named = part.code in SOURCES.get(code, ())
                if is_named or (code == "monitoring" and part.code not in NAMED):
                    yield quarter, part

    @cached_property
    def figures(self) -> Mapping[str, Sequence[StatusFigure]]:
        """Return each figure as the quarters have it, by its code and that of its part."""
        found: dict[str, list[StatusFigure]] = {}
        for part in chain.from_iterable(self.quarters.values()):
            for one in of_part(part):
                found.setdefault(one.code, []).append(one)
        return found

    def value(self, code: str) -> int | None:
        """Return a figure of the year: the sum of what happened, the last of how it stood."""
        known = [one for one in self.figures.get(code, ()) if one.value is not None]
        if not known:
            return None
        return sum(one.value or 0 for one in known) if known[-1].sums else known[-1].value


def of_part(part: KeptPart) -> Iterator[StatusFigure]:
    """Yield its figures, each with the code of the part before its own."""
    return (replace(one, code=full_code(part.code, one)) for one in part.figures)


def _input(code: str, then: _Statuses, before: _Statuses) -> ComposedPart:
    """Return an input: the year's figures, what matters of them, and what was written by hand."""
    parts = list(then.parts(code))
    last = {figure.code: figure for _quarter, part in parts for figure in of_part(part)}
    figures = [_of_year(one, then, before) for one in last.values()]
    rows = [(quarter.label, part.heading, part.said) for quarter, part in parts if part.said]
    closed = next((part for _quarter, part in parts if part.closes == Closes.WHOLE), None)
    made = ComposedPart(code, str(HEADINGS[code]), figures)
    lacking = _lacking(then) if code == "monitoring" else ""
    said = _in_sentences(made)
    return replace(
        made,
        sentence=in_sentences(said if figures else _no_figures(rows), lacking),
        columns=(_("Quarter"), _("Part of the status"), _("What it said")) if rows else (),
        rows=rows,
        closes=(closed.closes or "") if closed else "",
        closed_ground=(closed.closed_ground or "") if closed else "",
    )


def _of_year(figure: StatusFigure, then: _Statuses, before: _Statuses) -> StatusFigure:
    earlier = before.value(figure.code)
    if earlier is None and not figure.sums:  # known to the first status as a quarter before
        first = then.figures[figure.code][0]
        is_whole = len(then.figures[figure.code]) == len(Year(1).quarters)
        earlier = first.before if is_whole else None
    value = then.value(figure.code)
    return replace(figure, value=value, before=earlier, corrected=None, link="")


def _in_sentences(part: StatusPart) -> str:
    """Return what matters of the figures; those of most weight where nothing is to compare with."""
    if any(one.course for one in part.figures):
        return " ".join(text for _part, text in what_matters([part], _("a year before")))
    known = [one for one in part.figures if one.value is not None]
    most = [one for one in known if one.code in KEYS] or known[:MOST]
    what = "; ".join(f"{one.label}: {one.shown}" for one in most)
    return _("The year shows: %(what)s.") % {"what": what} if what else ""


def _no_figures(rows: Sequence[object]) -> str:
    if rows:
        return _("The statuses of the quarters have no figures of it; what they said stands below.")
    return _("The statuses of the quarters say nothing of it.")


def _lacking(then: _Statuses) -> str:
    """Return of how many quarters no status was approved: their figures are not there."""
    return told(
        "",
        ngettext_lazy(
            "Of one quarter no status was approved; it is not in the figures.",
            "Of %(number)s quarters no status was approved; they are not in the figures.",
            "value",
        ),
        len(Year(1).quarters) - len(then.quarters),
    )


def _with_last_decisions(part: ComposedPart, committee: Committee, year: Year) -> ComposedPart:
    """Return the input with what the review of the year before decided."""
    reviews = YearReview.objects.of_period(committee, year).filter(state="approved")
    found = ReviewPart.objects.filter(review__in=reviews.values("pk"), code=OUTPUTS).first()
    if found is None or not found.text:
        return replace(
            part,
            sentence=in_sentences(
                part.sentence, _("No review of the year before decided anything.")
            ),
        )
    text = _("The review of the year before decided: %(text)s") % {"text": found.text}
    said = replace(part, sentence=in_sentences(part.sentence, text))
    if not found.closes:
        return said
    return replace(said, closes=found.closes, closed_ground=found.closed_ground or "")


def _feedback(committee: Committee, year: Year) -> StatusPart:
    """Return what the executive board answered to the reports it treated in the year."""
    reports = BoardReport.objects.filter(of=committee, state="approved").with_way()
    notes = [note for one in reports for note in (one.treated,) if note]
    notes = sorted((one for one in notes if one.on.year == year.year), key=lambda one: one.on)
    text = told(
        _("The executive board treated no report of the committee in the year."),
        ngettext_lazy(
            "The executive board treated one report of the committee in the year.",
            "The executive board treated %(number)s reports of the committee in the year.",
            "value",
        ),
        len(notes),
    )
    columns = (_("Quarter"), _("Meeting of the board"), _("Its answer"), _("What it said"))
    rows = [
        (one.report.period.label, day(one.on), str(one.get_outcome_display()), one.text or "–")
        for one in notes
    ]
    heading = str(HEADINGS["feedback"])
    return StatusPart("feedback", heading, (), text, columns if rows else (), rows)
