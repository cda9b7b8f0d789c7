"""What an assessment said: the record that is frozen, and the document with its matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.ui.localised import day, kroner
from kommissorium.meetings.models import Decision
from kommissorium.registers.documents.record import changed_by
from kommissorium.risks.level_document import line_in_words, matrix_data
from kommissorium.risks.levels import ALL_DIMENSIONS, LABELS, levels_on
from kommissorium.risks.matrix import matrix_of
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    Scale,
    Scenario,
    Treatment,
)


def content_of(
    assessment: Assessment, *, decision: Decision | None = None, on: date | None = None
) -> dict[str, Any]:
    """Return all an assessment says: its head, scale, matrices, risks and totals.

    Before it is approved there is no decision and no day from which it holds.
    """
    rows = list(assessment.scenarios.select_related("owner", "threat"))
    level = levels_on(on or timezone.localdate()).get("")
    rows.sort(key=lambda row: (-(row.rank or 0), -(row.residual_rank or 0), row.position, row.pk))
    return {
        **_head(assessment),
        "decision": _decision(decision) if decision else None,
        "in_force_from": on.isoformat() if on else None,
        "scale": {"family": assessment.scale.family, **assessment.scale.said},
        "level": {"year": level.year, "acceptable": level.cells} if level else None,
        "before": _cells(rows, "consequence", "likelihood"),
        "after": _cells(rows, "residual_consequence", "residual_likelihood"),
        "risks": [_risk(row) for row in rows],
        "totals": _totals(assessment, rows),
    }


def accepted_kroner(rows: list[Scenario]) -> int:
    """Return what is accepted of these risks today, in whole kroner."""
    now = timezone.now()
    holding = Acceptance.objects.in_force_at(now, timezone.localdate(now))
    of_rows = AcceptedRisk.objects.filter(lineage__in=[row.lineage for row in rows])
    found = holding.filter(pk__in=of_rows.values("acceptance"))
    total: int | None = found.aggregate(total=Sum("amount"))["total"]
    return total or 0


def _head(assessment: Assessment) -> dict[str, Any]:
    assets = assessment.assets.select_related("area").order_by("name", "pk")
    return {
        "title": assessment.title,
        "scope": assessment.scope,
        "assets": [{"asset": one.pk, "kind": one.kind, "name": one.name} for one in assets],
        "area": assessment.area.name if assessment.area else "",
        "process": assessment.process,
        "assessed_on": assessment.assessed_on.isoformat(),
        "assessor": assessment.assessor.name,
        "participants": [one.name for one in assessment.participants.order_by("name", "pk")],
        "others": assessment.others,
        "summary": assessment.summary,
        "committee": assessment.committee.name if assessment.committee else "",
    }


def _decision(decision: Decision) -> dict[str, Any]:
    changes = changed_by(decision)
    said = {"number": decision.number, "title": decision.title}
    return {**said, "changes": changes} if changes else said


def _cells(rows: list[Scenario], consequence: str, likelihood: str) -> list[list[int]]:
    """Return [consequence, likelihood, number] of each cell that has risks."""
    at = ((getattr(row, consequence), getattr(row, likelihood)) for row in rows)
    return [
        [*cell, number] for cell, number in sorted(Counter(c for c in at if None not in c).items())
    ]


def _risk(row: Scenario) -> dict[str, Any]:
    names = ("consequence", "rank", "residual_likelihood", "residual_consequence", "residual_rank")
    texts = ("group", "title", "description", "measures", "treatment", "treatment_note")
    return {
        "lineage": str(row.lineage),
        **{name: getattr(row, name) for name in texts},
        "likelihood": row.likelihood,
        "dimensions": {name: getattr(row, name) for name in ALL_DIMENSIONS},
        **{name: getattr(row, name) for name in names},
        "owner": row.owner.name if row.owner else "",
    }


def _totals(assessment: Assessment, rows: list[Scenario]) -> dict[str, Any]:
    ranks = range(1, len(assessment.scale.bands) + 1)
    return {
        "risks": len(rows),
        "before": [sum(row.rank == rank for row in rows) for rank in ranks],
        "after": [sum(row.residual_rank == rank for row in rows) for rank in ranks],
        "accepted_kroner": accepted_kroner(rows),
    }


TEMPLATE = Path(__file__).with_name("assessment.typ")


def assessment_pdf(content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return an assessment, as its content has it, in the active language as an accessible PDF."""
    return render_pdf(TEMPLATE, _data(content), made_at=made_at)


def _data(content: Mapping[str, Any]) -> dict[str, Any]:
    municipality, title = Municipality.current().name, content["title"]
    return {
        "sheet": about_document(
            _("Risk assessment: %(title)s") % {"title": title},
            _("What can happen, how likely and how bad it is, and what is done"),
            author=municipality,
            footer=f"{municipality}, {title}",
        ),
        "facts": [{"label": label, "text": words, "href": ""} for label, words in _facts(content)],
        "summary": content["summary"],
        "matrices": [
            {"title": _("Before treatment"), **_matrix(content, "before")},
            {"title": _("Residual risk"), **_matrix(content, "after")},
        ],
        "level": line_in_words() if _has_line(content) else "",
        "total_rows": _total_rows(content),
        "accepted": accepted_words(content),
        "risks": [_set_risk(content, one) for one in content["risks"]],
        "words": _words(),
    }


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [
        (_("What is assessed"), about(content)),
        (_("Assessed on"), day(date.fromisoformat(content["assessed_on"]))),
        (_("Assessed by"), content["assessor"]),
        (_("Took part"), ", ".join([*content["participants"], *filter(None, [content["others"]])])),
        (_("Scale"), _scale_word(content["scale"])),
        (_("Committee"), content["committee"]),
    ]
    if decision := content["decision"]:
        rows.append((_("Decision"), f"{decision['number']} {decision['title']}"))
        rows.append((_("Approved with changes"), decision.get("changes", "")))
    if begun := content["in_force_from"]:
        rows.append((_("In force from"), day(date.fromisoformat(begun))))
    return [(label, words) for label, words in rows if words]


def about(content: Mapping[str, Any]) -> str:
    """Return in words what the assessment is about."""
    scope = str(Assessment.Scope(content["scope"]).label)
    names = [one["name"] for one in content["assets"]] or [content["area"] or content["process"]]
    told = ", ".join(filter(None, names))
    return f"{scope}: {told}" if told else scope


def _scale_word(scale: Mapping[str, Any]) -> str:
    return _("%(title)s, version %(number)s") % {
        "title": scale["name"],
        "number": scale["version"],
    }


def _has_line(content: Mapping[str, Any]) -> bool:
    level = content["level"]
    return bool(level) and len(level["acceptable"]) == len(content["scale"]["consequences"])


def _matrix(content: Mapping[str, Any], of: str) -> dict[str, Any]:
    given, level = content["scale"], content["level"]
    scale = Scale(size=len(given["consequences"]), **given)
    counts = {(one[0], one[1]): one[2] for one in content[of]}
    cells = level["acceptable"] if level else None
    return matrix_data(matrix_of(scale, counts=counts, level=cells))


def _band(scale: Mapping[str, Any], rank: int | None) -> dict[str, str]:
    if rank is None:
        return {"band": _("Not assessed"), "tone": ""}
    band = scale["bands"][rank - 1]
    return {"band": band["name"], "tone": band["tone"]}


def _total_rows(content: Mapping[str, Any]) -> list[list[str]]:
    totals, bands = content["totals"], content["scale"]["bands"]
    rows = [
        [band["name"], str(totals["before"][place]), str(totals["after"][place])]
        for place, band in reversed(list(enumerate(bands)))
    ]
    return [*rows, [_("In all"), str(totals["risks"]), str(totals["risks"])]]


def _set_risk(content: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Any]:
    scale = content["scale"]
    lines = [
        (_("How, and what it would mean"), one["description"]),
        (_("Measures today"), one["measures"]),
        (_("Likelihood"), _step(scale["likelihoods"], one["likelihood"])),
        (_("Consequence"), _consequences(scale["consequences"], one["dimensions"])),
        (_("Treatment"), _treatment(one)),
        (_("Residual risk"), _left(scale, one)),
        (_("Risk owner"), one["owner"]),
    ]
    return {
        "title": one["title"],
        **_band(scale, one["rank"]),
        "left": _band(scale, one["residual_rank"]),
        "lines": [{"label": label, "text": words, "href": ""} for label, words in lines if words],
    }


def _step(steps: Sequence[Mapping[str, str]], number: int | None) -> str:
    return "" if number is None else f"{number} {steps[number - 1]['name']}"


def _consequences(steps: Sequence[Mapping[str, str]], of: Mapping[str, int | None]) -> str:
    told = [f"{LABELS[name]}: {_step(steps, step)}" for name, step in of.items() if step]
    return "\n".join(told)


def _treatment(one: Mapping[str, Any]) -> str:
    word = str(Treatment(one["treatment"]).label)
    return f"{word}. {one['treatment_note']}" if one["treatment_note"] else word


def _left(scale: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    if one["residual_rank"] is None:
        return ""
    likely = _step(scale["likelihoods"], one["residual_likelihood"])
    bad = _step(scale["consequences"], one["residual_consequence"])
    band = _band(scale, one["residual_rank"])["band"]
    return f"{band} ({_('likelihood')} {likely}, {_('consequence')} {bad})"


def _words() -> dict[str, Any]:
    return {
        "summary": _("Summary"),
        "matrix": _("The picture"),
        "likelihood": _("Likelihood"),
        "consequence": _("Consequence"),
        "totals": _("Risks in numbers"),
        "totals_head": [_("Risk"), _("Before treatment"), _("Residual risk")],
        "risks": _("Risks"),
        "after": _("Residual risk"),
        "none": _("No risks were written down."),
    }


def accepted_words(content: Mapping[str, Any]) -> str:
    """Return what is accepted of the risks, in kroner; "" for nothing."""
    total = content["totals"]["accepted_kroner"]
    if not total:
        return ""
    return _("Accepted of these risks when it was approved: %(kroner)s") % {"kroner": kroner(total)}
