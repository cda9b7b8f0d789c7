"""What an agenda item about risks says to begin with: the coordinator goes on from there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.richtext import sanitise
from kommissorium.core.ui.wording import day, kroner
from kommissorium.risks.authority import laid_down, taken_in
from kommissorium.risks.level_document import category_of
from kommissorium.risks.models import (
    Acceptance,
    Assessment,
    Capacity,
    PlanAction,
    RiskLevel,
    Scenario,
)
from kommissorium.secretariat.risk_proposals import Proposal
from kommissorium.tasks.models import Task

TITLE_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What an agenda item is to say; the two texts are formatted."""

    title: str
    recommendation: str
    presentation: str


def draft_of(proposal: Proposal) -> Draft:
    """Return what an item about the proposal says to begin with."""
    if isinstance(proposal, Assessment):
        return _of_assessment(proposal)
    if isinstance(proposal, RiskLevel):
        return _of_level(proposal)
    return _of_acceptance(proposal)


def _of_assessment(assessment: Assessment) -> Draft:
    risks = list(assessment.scenarios.all())
    people = [one.name for one in assessment.participants.order_by("name", "pk")]
    took_part = ", ".join(filter(None, [*people, assessment.others]))
    said = _("Assessed on %(day)s by %(name)s.")
    paragraphs = [said % {"day": day(assessment.assessed_on), "name": assessment.assessor.name}]
    if took_part:
        paragraphs.append(_("Took part: %(names)s.") % {"names": took_part})
    paragraphs += [assessment.summary, *_plan(assessment)]
    points = [
        _("approves the risk assessment “%(title)s”") % {"title": assessment.title},
        _("approves how the risks are treated, and the risk that is left afterwards"),
    ]
    return Draft(
        _title(_("Risk assessment: %(title)s") % {"title": assessment.title}),
        _recommended(points),
        sanitise(_paragraphs(paragraphs) + _bands(assessment, risks)),
    )


def _of_level(level: RiskLevel) -> Draft:
    values = {"year": str(level.year), "category": category_of(level)}
    points = [_("lays down the risk level for %(year)s: %(category)s") % values]
    return Draft(
        _title(_("Risk level %(year)s: %(category)s") % values),
        _recommended(points),
        sanitise(_paragraphs([level.statement])),
    )


def _of_acceptance(acceptance: Acceptance) -> Draft:
    titles = [row.scenario.title for row in acceptance.risks.select_related("scenario")]
    values = {
        "risks": "; ".join(titles),
        "money": kroner(acceptance.amount),
        "year": str(acceptance.budget_year),
        "day": day(acceptance.expires_on),
        "name": acceptance.proposed_by.name,
    }
    paragraphs = [
        _("Proposed by %(name)s: %(money)s in the budget year %(year)s, until %(day)s.") % values,
        acceptance.reason,
    ]
    if acceptance.conditions:
        paragraphs.append(_("Conditions: %(text)s") % {"text": acceptance.conditions})
    paragraphs += _taken(acceptance)
    points = [_("accepts the risk for %(money)s until %(day)s: %(risks)s") % values]
    return Draft(
        _title(_("Acceptance of risk: %(risks)s") % values),
        _recommended(points),
        sanitise(_paragraphs(paragraphs)),
    )


def _taken(acceptance: Acceptance) -> list[str]:
    """Return what the committee has accepted in the budget year, beside what it may."""
    year = acceptance.budget_year
    already = taken_in(year, without=acceptance.replaces).get(Capacity.COMMITTEE, 0)
    limit = laid_down().get(Capacity.COMMITTEE)
    values = {"year": str(year), "taken": kroner(already)}
    if limit is None or limit.per_year is None:
        text = _("The committee has accepted %(taken)s in the budget year %(year)s so far.")
        return [text % values]
    text = _("The committee has accepted %(taken)s of %(most)s in the budget year %(year)s so far.")
    return [text % {**values, "most": kroner(limit.per_year)}]


def _plan(assessment: Assessment) -> list[str]:
    actions = PlanAction.objects.filter(scenario__assessment=assessment)
    standing = actions.exclude(task__state=Task.State.DROPPED).order_by()
    found = standing.aggregate(number=Count("pk"), cost=Sum("cost"), last=Max("task__due"))
    if not found["number"]:
        return [_("No actions are planned.")]
    text = ngettext(
        "%(number)d action is planned, for %(money)s in all. It is due on %(day)s.",
        "%(number)d actions are planned, for %(money)s in all. The last is due on %(day)s.",
        found["number"],
    )
    values = {"money": kroner(found["cost"] or 0), "day": day(found["last"])}
    return [text % {"number": found["number"], **values}]


def _bands(assessment: Assessment, risks: Sequence[Scenario]) -> str:
    rows = [
        [
            band.name,
            str(sum(one.rank == band.rank for one in risks)),
            str(sum((one.residual_rank or one.rank) == band.rank for one in risks)),
        ]
        for band in reversed(assessment.scale.band_list)
    ]
    return _table([_("Risk"), _("Before treatment"), _("After treatment")], rows)


def _title(text: str) -> str:
    return text if len(text) <= TITLE_LENGTH else f"{text[: TITLE_LENGTH - 2]} …"


def _recommended(points: Iterable[str]) -> str:
    lead = _("It is recommended that the committee")
    listed = "".join(f"<li>{escape(one)}</li>" for one in points)
    return sanitise(f"<p>{escape(lead)}</p><ul>{listed}</ul>")


def _paragraphs(texts: Iterable[str]) -> str:
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    first = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><tr>{first}</tr>{body}</table>"
