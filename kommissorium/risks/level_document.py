"""The risk level as a document, and how levels and acceptances are filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.documents import render_pdf
from kommissorium.core.ui.localised import day
from kommissorium.meetings.filing import FiledKind
from kommissorium.registers.documents.record import head_of, proposal_content, proposal_facts
from kommissorium.risks.matrix import Cell, Matrix, matrix_of
from kommissorium.risks.models import Acceptance, RiskLevel

TEMPLATE = Path(__file__).with_name("level.typ")


def category_of(level: RiskLevel) -> str:
    """Return the category in words; for all of them too."""
    return str(level.get_group_display()) if level.group else _("All categories")


def content_of(
    level: RiskLevel, *, decision: str = "", in_force_from: date | None = None
) -> dict[str, Any]:
    """Return what a level says, complete in itself: the scale's words and cells go along."""
    scale, title = level.scale, _("Risk level %(year)d") % {"year": level.year}
    return {
        **proposal_content(level, title, decision=decision, in_force_from=in_force_from),
        "year": level.year,
        "category": category_of(level),
        "statement": level.statement,
        "wide_because": level.wide_because or "",
        "scale": scale.said,
        "acceptable": level.cells,
        "matrix": matrix_data(matrix_of(scale, level=level.cells)),
    }


def matrix_data(matrix: Matrix) -> dict[str, Any]:
    """Return a matrix as plain data for a document, its rows as they are read."""
    return {
        "columns": [step.name for step in matrix.columns],
        "rows": [
            {"name": row.step.name, "cells": [_cell(cell) for cell in row.cells]}
            for row in matrix.rows
        ],
    }


def line_in_words() -> str:
    """Return what the thick line in a matrix means."""
    return _(
        "The line is the risk level: what lies above or to the right of it needs a plan or an "
        "acceptance of its own."
    )


def level_pdf(content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the level, in the active language, as an accessible PDF."""
    return render_pdf(TEMPLATE, _data(content), made_at=made_at)


def draft_pdf(level: RiskLevel) -> bytes:
    """Return a level that is not approved as a document that says so."""
    return level_pdf(content_of(level), made_at=timezone.localtime())


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "band": cell.band.name,
        "tone": cell.band.tone,
        "count": "" if cell.count is None else str(cell.count),
        "acceptable": bool(cell.is_acceptable),
        "lines": list(cell.lines),
    }


def _data(content: Mapping[str, Any]) -> dict[str, Any]:
    scale = content["scale"]
    facts = [
        (_("Category"), content["category"]),
        *proposal_facts(content),
        (
            _("Scale"),
            _("%(title)s, version %(number)s")
            % {"title": scale["name"], "number": scale["version"]},
        ),
    ]
    return {
        **head_of(content, _("What risk is acceptable"), facts),
        "statement": "\n".join(filter(None, (content["statement"], _wide(content)))),
        "matrix": content["matrix"],
        "likelihoods": scale["likelihoods"],
        "consequences": scale["consequences"],
        "words": _words(),
    }


def _wide(content: Mapping[str, Any]) -> str:
    """Return why nearly all is accepted, as a sentence; "" where it is not said."""
    why = content.get("wide_because")
    return _("Why nearly all is accepted: %(why)s") % {"why": why} if why else ""


def _words() -> dict[str, str]:
    return {
        "statement": _("What the committee accepts"),
        "matrix": _("The risk level in the matrix"),
        "likelihood": _("Likelihood"),
        "consequence": _("Consequence"),
        "acceptable": _("Acceptable"),
        "not_acceptable": _("Not acceptable"),
        "steps": _("What the steps mean"),
        "meaning": _("What it means"),
    }


class FiledLevels(FiledKind[RiskLevel]):
    """Risk levels that a committee laid down."""

    kind = "risks.risklevel"
    label = gettext_lazy("Risk levels")

    def rows(self, person: Person) -> QuerySet[RiskLevel]:
        found = RiskLevel.objects.visible_to(person).filter(state=RiskLevel.State.APPROVED)
        return found.select_related("decision").order_by("-pk")

    def title(self, row: RiskLevel) -> str:
        values = {"year": str(row.year), "category": category_of(row)}
        return _("Risk level %(year)s: %(category)s") % values

    def day(self, row: RiskLevel) -> date:
        if row.decision:
            return timezone.localdate(row.decision.decided_at)
        return row.in_force_from or timezone.localdate(row.made_at)


class FiledAcceptances(FiledKind[Acceptance]):
    """Acceptances of risks that were given, whatever became of them."""

    kind = "risks.acceptance"
    label = gettext_lazy("Risk acceptances")

    def rows(self, person: Person) -> QuerySet[Acceptance]:
        found = Acceptance.objects.visible_to(person).filter(state=Acceptance.State.ACCEPTED)
        return found.prefetch_related("risks__scenario").order_by("-pk")

    def title(self, row: Acceptance) -> str:
        values = {
            "risks": "; ".join(one.scenario.title for one in row.risks.all()),
            "money": row.loss_in_words,
            "day": day(row.expires_on),
        }
        return _("%(risks)s: %(money)s until %(day)s") % values

    def day(self, row: Acceptance) -> date:
        return timezone.localdate(row.accepted_at or row.proposed_at)


FILINGS = (FiledLevels(), FiledAcceptances())
