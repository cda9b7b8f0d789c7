"""The tables under an agenda item about risks: the picture, the risks, the level, the terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.evidence.models import reference
from kommissorium.core.ui.wording import day, kroner
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.risks.levels import AFTER, BEFORE, Levels, Picture, is_above
from kommissorium.risks.matrix import Cell, Matrix, matrix_of
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    RiskLevel,
    Scale,
    Scenario,
)

WORST: Final = 10
NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Against:
    """The risk level that risks are held against."""

    levels: Levels

    @classmethod
    def of(cls, rows: Iterable[RiskLevel], today: date) -> Against:
        """Return those of the rows that hold today."""
        return cls({one.group: one for one in rows if one.is_in_force_on(today)})

    def above(self, risk: Scenario, of: Picture = BEFORE) -> bool:
        scale = risk.assessment.scale
        for level in self.levels.values():
            if level.scale.size != scale.size:
                level.other_scales |= {scale.pk}
        return is_above(risk, self.levels, of)


def assessment_tables(
    risks: Sequence[Scenario], accepted: Iterable[AcceptedRisk], against: Against, today: date
) -> tuple[FactTable, ...]:
    """Return the picture of an assessment: what it comes to, its matrices, the ten greatest."""
    heading = _("The risk picture")
    if not risks:
        return (FactTable("risk_sum", heading, _("The assessment has no risks.")),)
    assessment = risks[0].assessment
    by_lineage = {one.lineage: one.acceptance for one in accepted}
    own = {by_lineage[risk.lineage] for risk in risks if risk.lineage in by_lineage}
    lead = [*_taken_back(assessment), *_in_words(risks, against), *_money(own)]
    order = sorted(risks, key=lambda one: (-(one.rank or 0), -(one.residual_rank or 0), one.pk))
    rows = [_worst(one, by_lineage.get(one.lineage), against, today) for one in order[:WORST]]
    columns = (
        *(_("Risk"), _("Before treatment"), _("After treatment"), _("What is done")),
        *(_("Risk owner"), _("Acceptance of the risk"), _("Risk level")),
    )
    state = _state_row(assessment, str(assessment.get_state_display()))
    return (
        FactTable("risk_sum", heading, " ".join(lead), _pair(), (state,)),
        _matrix(assessment, risks, BEFORE, _("Before treatment")),
        _matrix(assessment, risks, AFTER, _("After treatment")),
        FactTable("risk_worst", _("The greatest risks"), "", columns, tuple(rows)),
    )


def acceptance_tables(
    rows: Sequence[AcceptedRisk], against: Against, today: date
) -> tuple[FactTable, ...]:
    """Return what is to be accepted, on what terms, and the risks it is about."""
    if not rows:
        return ()
    one = rows[0].acceptance
    terms = (
        ("amount", _("Accepted amount"), kroner(one.amount)),
        ("year", _("Budget year"), str(one.budget_year)),
        ("until", _("Holds until"), day(one.expires_on)),
        ("by", _("Proposed by"), one.proposed_by.name),
    )
    key = f"risks.acceptance:{one.pk}"
    told = [
        FactRow(f"{key}:{name}", tuple(cells), one.get_absolute_url()) for name, *cells in terms
    ]
    columns = (_("Risk"), _("Before treatment"), _("After treatment"), _("Risk level"))
    shown = [
        FactRow(
            key=f"risks.accepted:{row.pk}",
            cells=(
                row.scenario.title,
                _band(row.scenario, row.rank),
                _band(row.scenario, row.scenario.residual_rank),
                _level_word(row.scenario, against),
            ),
            link=row.scenario.get_absolute_url(),
            urgent=against.above(row.scenario),
        )
        for row in rows
    ]
    told.append(_state_row(one, _standing(one, today)))
    return (
        FactTable("risk_terms", _("The terms"), "", _pair(), tuple(told)),
        FactTable("risk_acceptance", _("What is to be accepted"), "", columns, tuple(shown)),
    )


def level_tables(levels: Sequence[RiskLevel]) -> tuple[FactTable, ...]:
    """Return the cells that are to be acceptable; nothing for a level that is gone."""
    tables = []
    for level in levels:
        matrix = matrix_of(level.scale, level=level.cells)
        lead = _("The cells that are acceptable, on the scale “%(scale)s”.")
        rows = _matrix_rows(
            f"risks.risklevel:{level.pk}", matrix, _accepts, level.get_absolute_url()
        )
        text = lead % {"scale": level.scale.name}
        state = _state_row(level, str(level.get_state_display()))
        columns = _matrix_columns(matrix)
        tables += [
            FactTable("risk_level_state", _("The risk level"), text, _pair(), (state,)),
            FactTable("risk_level", _("What is acceptable"), "", columns, rows),
        ]
    return tuple(tables)


def _pair() -> tuple[str, str]:
    return _("What"), _("How it stands")


def _state_row(proposal: Assessment | RiskLevel | Acceptance, state: str) -> FactRow:
    kind, key = reference(proposal)
    return FactRow(f"{kind}:{key}:state", (_("State"), state), proposal.get_absolute_url())


def _standing(acceptance: Acceptance, today: date) -> str:
    if acceptance.ended_at is not None:
        return str(acceptance.get_ending_display())
    if acceptance.has_lapsed_on(today):
        return _("Its last day is over. It must be proposed again.")
    return str(acceptance.get_state_display())


def _taken_back(assessment: Assessment) -> list[str]:
    if assessment.state in {Assessment.State.PROPOSED, Assessment.State.APPROVED}:
        return []
    return [_("It has been taken back and cannot be decided on now.")]


def _in_words(risks: Sequence[Scenario], against: Against) -> list[str]:
    number = len(risks)
    said = ngettext("%(number)d risk.", "%(number)d risks.", number) % {"number": number}
    if not against.levels:
        return [said, _("No risk level holds today.")]
    above = sum(against.above(one) for one in risks)
    left = sum(against.above(one, AFTER) for one in risks)
    if not above:
        return [said, _("None lies above the risk level.")]
    text = ngettext(
        "%(above)d lies above the risk level; once the treatment works, %(left)d still does.",
        "%(above)d lie above the risk level; once the treatment works, %(left)d still do.",
        above,
    )
    return [said, text % {"above": above, "left": left}]


def _money(acceptances: Iterable[Acceptance]) -> list[str]:
    given = [one.amount for one in acceptances if one.is_standing]
    asked = [one.amount for one in acceptances if one.is_unanswered]
    said = []
    if given:
        said.append(_("%(money)s is accepted in all.") % {"money": kroner(sum(given))})
    if asked:
        said.append(_("%(money)s is proposed for acceptance.") % {"money": kroner(sum(asked))})
    return said


def _worst(risk: Scenario, acceptance: Acceptance | None, against: Against, today: date) -> FactRow:
    treatment = str(risk.get_treatment_display()) if risk.treatment else NOTHING
    cells = (
        risk.title,
        _band(risk, risk.rank),
        _band(risk, risk.residual_rank),
        treatment,
        risk.owner.name if risk.owner else NOTHING,
        _accepted(acceptance, today),
        _level_word(risk, against),
    )
    above = against.above(risk)
    return FactRow(f"risks.scenario:{risk.pk}", cells, risk.get_absolute_url(), urgent=above)


def _accepted(acceptance: Acceptance | None, today: date) -> str:
    if acceptance is None:
        return NOTHING
    values = {"money": kroner(acceptance.amount), "day": day(acceptance.expires_on)}
    if acceptance.is_in_force_on(today):
        return _("%(money)s until %(day)s") % values
    return _("Proposed: %(money)s until %(day)s") % values


def _level_word(risk: Scenario, against: Against) -> str:
    if not against.levels:
        return NOTHING
    return _("Above") if against.above(risk) else _("Within")


def _band(risk: Scenario, rank: int | None) -> str:
    return risk.assessment.scale.band(rank).name if rank else NOTHING


def _matrix(
    assessment: Assessment, risks: Iterable[Scenario], of: Picture, heading: str
) -> FactTable:
    cells = ((getattr(one, f"{of}consequence"), getattr(one, f"{of}likelihood")) for one in risks)
    counts = Counter(cell for cell in cells if None not in cell)
    scale: Scale = assessment.scale
    matrix = matrix_of(scale, counts=counts)
    key = f"risks.assessment:{assessment.pk}:{of or 'now_'}"
    rows = _matrix_rows(key, matrix, _counted, assessment.get_absolute_url())
    return FactTable(f"risk_matrix_{of or 'now_'}", heading, "", _matrix_columns(matrix), rows)


def _matrix_columns(matrix: Matrix) -> tuple[str, ...]:
    first = _("Consequence / likelihood")
    return (first, *(f"{step.number}. {step.name}" for step in matrix.columns))


def _matrix_rows(
    key: str, matrix: Matrix, word: Callable[[Cell], str], link: str
) -> tuple[FactRow, ...]:
    return tuple(
        FactRow(
            key=f"{key}:{row.step.number}",
            cells=(f"{row.step.number}. {row.step.name}", *(word(cell) for cell in row.cells)),
            link=link,
        )
        for row in matrix.rows
    )


def _counted(cell: Cell) -> str:
    return f"{cell.count} ({cell.band.name})" if cell.count else NOTHING


def _accepts(cell: Cell) -> str:
    return _("Acceptable") if cell.is_acceptable else NOTHING
