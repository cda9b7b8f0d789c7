"""The tables under an agenda item about risks: the picture, the risks, the level, the terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.evidence.models import reference
from kommissorium.core.ui.localised import day, kroner
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.risks.level_document import line_in_words
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


def assessment_tables(
    risks: Sequence[Scenario], accepted: Iterable[AcceptedRisk], levels: Levels, today: date
) -> tuple[FactTable, ...]:
    """Return the picture of an assessment: what it comes to, its matrices, the ten greatest."""
    heading = _("The risk picture")
    if not risks:
        return (FactTable("risk_sum", heading, _("The assessment has no risks.")),)
    _leave_as_today(risks)
    assessment = risks[0].assessment
    by_lineage = {one.lineage: one.acceptance for one in accepted}
    own = {by_lineage[risk.lineage] for risk in risks if risk.lineage in by_lineage}
    lead = [*_taken_back(assessment), *_in_words(risks, levels), *_money(own, today)]
    order = sorted(risks, key=lambda one: (-(one.rank or 0), -(one.residual_rank or 0), one.pk))
    rows = [_worst(one, by_lineage.get(one.lineage), levels, today) for one in order[:WORST]]
    columns = (
        *(_("Risk"), _("Before treatment"), _("Residual risk"), _("Treatment")),
        *(_("Risk owner"), _("Risk acceptance"), _("Risk level")),
    )
    state = _state_row(assessment, str(assessment.get_state_display()))
    return (
        FactTable("risk_sum", heading, " ".join(lead), _pair(), (state,)),
        _matrix(assessment, risks, BEFORE, _("Before treatment"), levels),
        _matrix(assessment, risks, AFTER, _("Residual risk"), levels),
        FactTable("risk_worst", _("The greatest risks"), "", columns, tuple(rows)),
    )


def acceptance_tables(
    rows: Sequence[AcceptedRisk], levels: Levels, today: date
) -> tuple[FactTable, ...]:
    """Return what is to be accepted, on what terms, and the risks it is about."""
    if not rows:
        return ()
    _leave_as_today([row.scenario for row in rows])
    one = rows[0].acceptance
    terms = (
        ("amount", _("Possible loss"), one.loss_in_words),
        ("measure", _("Cost of the measure not taken"), kroner(one.measure_cost)),
        ("year", _("Budget year"), str(one.budget_year)),
        ("until", _("Holds until"), day(one.expires_on)),
        ("by", _("Proposed by"), one.proposed_by.name),
    )
    key = f"risks.acceptance:{one.pk}"
    told = [
        FactRow(f"{key}:{name}", tuple(cells), one.get_absolute_url()) for name, *cells in terms
    ]
    columns = (_("Risk"), _("Before treatment"), _("Residual risk"), _("Risk level"))
    shown = [
        FactRow(
            key=f"risks.accepted:{row.pk}",
            cells=(
                row.scenario.title,
                _band(row.scenario, row.rank),
                _band(row.scenario, row.scenario.residual_rank),
                _level_word(row.scenario, levels),
            ),
            link=row.scenario.get_absolute_url(),
            urgent=is_above(row.scenario, levels),
        )
        for row in rows
    ]
    told.append(_state_row(one, _standing(one, today)))
    return (
        FactTable("risk_terms", _("The terms"), "", _pair(), tuple(told)),
        FactTable("risk_acceptance", _("What is to be accepted"), "", columns, tuple(shown)),
    )


def level_tables(level: RiskLevel) -> tuple[FactTable, ...]:
    """Return how far a level is on its way, and the cells that are to be acceptable."""
    matrix = matrix_of(level.scale, level=level.cells)
    key, link = f"risks.risklevel:{level.pk}", level.get_absolute_url()
    text = _("The cells that are acceptable, on the scale “%(scale)s”.")
    lead = text % {"scale": level.scale.name}
    state = _state_row(level, str(level.get_state_display()))
    rows = _matrix_rows(
        key, matrix, lambda cell: _("Acceptable") if cell.is_acceptable else NOTHING, link
    )
    columns = _matrix_columns(matrix)
    return (
        FactTable("risk_level_state", _("The risk level"), lead, _pair(), (state,)),
        FactTable("risk_level", _("What is acceptable"), "", columns, rows),
    )


def _leave_as_today(risks: Iterable[Scenario]) -> None:
    """Show today's risk as what is left, where nothing is said of what is left."""
    for risk in risks:
        if risk.residual_rank is None:
            risk.residual_rank = risk.rank
            risk.residual_consequence = risk.consequence
            risk.residual_likelihood = risk.likelihood


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


def _in_words(risks: Sequence[Scenario], levels: Levels) -> list[str]:
    number = len(risks)
    said = ngettext("%(number)s risk.", "%(number)s risks.", number) % {"number": number}
    if not levels:
        return [said, _("No risk level holds today.")]
    above = sum(is_above(one, levels) for one in risks)
    left = sum(is_above(one, levels, AFTER) for one in risks)
    if not above:
        return [said, _("None lies above the risk level.")]
    text = ngettext(
        "%(above)d lies above the risk level; once the treatment works, %(left)d still does.",
        "%(above)d lie above the risk level; once the treatment works, %(left)d still do.",
        above,
    )
    return [said, text % {"above": above, "left": left}]


def _money(acceptances: Iterable[Acceptance], today: date) -> list[str]:
    acceptances = list(acceptances)
    given = [one.amount for one in acceptances if one.is_in_force_on(today)]
    asked = [one.amount for one in acceptances if one.waits_on(today)]
    said = []
    if given:
        text = _("Of these risks %(money)s is accepted, in force on %(day)s.")
        said.append(text % {"money": kroner(sum(given)), "day": day(today)})
    if asked:
        said.append(_("%(money)s is proposed for acceptance.") % {"money": kroner(sum(asked))})
    return said


def _worst(risk: Scenario, acceptance: Acceptance | None, levels: Levels, today: date) -> FactRow:
    treatment = str(risk.get_treatment_display()) if risk.treatment else NOTHING
    cells = (
        risk.title,
        _band(risk, risk.rank),
        _band(risk, risk.residual_rank),
        treatment,
        risk.owner.name if risk.owner else NOTHING,
        _accepted(acceptance, today),
        _level_word(risk, levels),
    )
    above = is_above(risk, levels)
    return FactRow(f"risks.scenario:{risk.pk}", cells, risk.get_absolute_url(), urgent=above)


def _accepted(acceptance: Acceptance | None, today: date) -> str:
    if acceptance is None:
        return NOTHING
    values = {"amount": acceptance.loss_in_words, "date": day(acceptance.expires_on)}
    if acceptance.is_in_force_on(today):
        return _("%(amount)s until %(date)s") % values
    return _("Proposed: %(amount)s until %(date)s") % values


def _level_word(risk: Scenario, levels: Levels) -> str:
    if not levels:
        return NOTHING
    return _("Above") if is_above(risk, levels) else _("Within")


def _band(risk: Scenario, rank: int | None) -> str:
    return risk.assessment.scale.band(rank).name if rank else NOTHING


def _matrix(
    assessment: Assessment, risks: Iterable[Scenario], of: Picture, heading: str, levels: Levels
) -> FactTable:
    cells = ((getattr(one, f"{of}consequence"), getattr(one, f"{of}likelihood")) for one in risks)
    counts = Counter(cell for cell in cells if None not in cell)
    scale: Scale = assessment.scale
    level = levels.get("")
    matrix = matrix_of(scale, counts=counts, level=level.cells if level else None)
    lead = line_in_words() if matrix.has_level and of == BEFORE else ""
    key = f"risks.assessment:{assessment.pk}:{of or 'now_'}"
    rows = _matrix_rows(key, matrix, _counted, assessment.get_absolute_url())
    return FactTable(f"risk_matrix_{of or 'now_'}", heading, lead, _matrix_columns(matrix), rows)


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
            looks=("", *(" ".join([cell.band.tone, *cell.lines]) for cell in row.cells)),
        )
        for row in matrix.rows
    )


def _counted(cell: Cell) -> str:
    return f"{cell.count} ({cell.band.name})" if cell.count else cell.band.name
