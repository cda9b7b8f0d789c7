"""The risk level as a document: what is frozen when the committee has approved it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.documents import render_pdf
from kommissorium.registers.documents.record import head_of, proposal_content, proposal_facts
from kommissorium.risks.matrix import Cell, Matrix, matrix_of
from kommissorium.risks.models import RiskLevel

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
        "scale": {
            "name": scale.name,
            "version": scale.version,
            "likelihoods": scale.likelihoods,
            "consequences": scale.consequences,
            "bands": scale.bands,
            "cells": scale.cells,
        },
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
        "statement": content["statement"],
        "matrix": content["matrix"],
        "likelihoods": scale["likelihoods"],
        "consequences": scale["consequences"],
        "words": _words(),
    }


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
