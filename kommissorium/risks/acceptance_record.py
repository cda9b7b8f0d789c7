"""What was accepted, as it was then: the record that is frozen, and the document of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.ui.localised import day, kroner, moment
from kommissorium.risks.authority import limits_by_capacity, used_of
from kommissorium.risks.level_document import line_in_words, matrix_data
from kommissorium.risks.levels import is_above, level_of, levels_on
from kommissorium.risks.matrix import matrix_of
from kommissorium.risks.models import Acceptance, Capacity, Scale, Scenario
from kommissorium.risks.models.acceptances import in_kroner


def content_of(
    acceptance: Acceptance, risks: Sequence[Scenario], *, word: str = ""
) -> dict[str, Any]:
    """Return all there is to say of an acceptance that is about to be given.

    The risks with their scores, the scale and the level they were held against, and what the
    capacity had used of its limit before. Days and moments are ISO 8601, amounts whole
    kroner.
    """
    decision = acceptance.decision
    return {
        "municipality": Municipality.current().name,
        "number": acceptance.pk,
        "capacity": acceptance.capacity,
        "accepted_by": acceptance.accepted_by.name if acceptance.accepted_by else "",
        "accepted_at": timezone.localtime(acceptance.accepted_at).isoformat(),
        "word": word,
        "decision": {"number": decision.number, "title": decision.title} if decision else None,
        "committee": decision.committee.name if decision else "",
        "proposed_by": acceptance.proposed_by.name,
        "proposed_at": timezone.localtime(acceptance.proposed_at).isoformat(),
        "replaces": acceptance.replaces_id,
        "reason": acceptance.reason,
        "conditions": acceptance.conditions,
        "amount": acceptance.amount,
        "loss": acceptance.loss,
        "measure_cost": acceptance.measure_cost,
        "budget_year": acceptance.budget_year,
        "expires_on": acceptance.expires_on.isoformat(),
        "longer_because": acceptance.longer_because,
        **_risks(risks),
        "totals": _totals(acceptance),
    }


def _risks(risks: Sequence[Scenario]) -> dict[str, Any]:
    levels = levels_on(timezone.localdate())
    scales = {one.assessment.scale_id: one.assessment.scale for one in risks}
    groups = {one.group for one in risks}
    level = level_of(next(iter(groups)), levels) if len(groups) == 1 else levels.get("")
    return {
        "risks": [{**_risk(one), "is_above": is_above(one, levels)} for one in risks],
        "level": {"year": level.year, "statement": level.statement} if level else None,
        "pictures": [
            _picture(scale, risks, level.cells if level else None) for scale in scales.values()
        ],
    }


def _picture(
    scale: Scale, risks: Sequence[Scenario], level: Sequence[Sequence[bool]] | None
) -> dict[str, Any]:
    own = [one for one in risks if one.assessment.scale_id == scale.pk]
    counts = Counter((one.consequence or 0, one.likelihood or 0) for one in own)
    return {
        "scale": scale.said,
        "acceptable": level,
        "matrix": matrix_data(matrix_of(scale, counts=counts, level=level)),
    }


def _risk(one: Scenario) -> dict[str, Any]:
    scale, assessment = one.assessment.scale, one.assessment
    return {
        "risk": one.pk,
        "lineage": str(one.lineage),
        "title": one.title,
        "description": one.description,
        "measures": one.measures,
        "assessment": assessment.title,
        "assessed_on": assessment.assessed_on.isoformat(),
        "group": one.group,
        "owner": one.owner.name if one.owner else "",
        "likelihood": one.likelihood,
        "likelihood_name": scale.likelihood_steps[(one.likelihood or 1) - 1].name,
        "consequence": one.consequence,
        "consequence_name": scale.consequence_steps[(one.consequence or 1) - 1].name,
        "rank": one.rank,
        "band": scale.band(one.rank or 1).name,
    }


def _totals(acceptance: Acceptance) -> dict[str, int | None]:
    """Return what the capacity had used of its limit for the budget year, has now, and may."""
    used = used_of(acceptance.budget_year, acceptance.replaces)
    before = used.get(acceptance.capacity, 0)
    limit = limits_by_capacity().get(acceptance.capacity)
    return {
        "before": before,
        "after": before + acceptance.amount,
        "limit": limit.per_year if limit else None,
    }


TEMPLATE = Path(__file__).with_name("acceptance.typ")


def acceptance_pdf(content: Mapping[str, Any]) -> bytes:
    """Return the acceptance, in the active language, as an accessible PDF."""
    municipality, title = content["municipality"], _("Risk acceptance")
    data = {
        "sheet": about_document(
            title,
            _("What was accepted, by whom, for how much and until when"),
            author=municipality,
            footer=f"{municipality}, {title} {content['number']}",
        ),
        "answer": _answer(content),
        "facts": [
            {"label": label, "text": text, "href": ""} for label, text in _facts(content) if text
        ],
        "reason": content["reason"],
        "conditions": content["conditions"],
        "level": content["level"],
        "risks": [_set_risk(one) for one in content["risks"]],
        "pictures": content["pictures"],
        "words": _words(),
    }
    return render_pdf(TEMPLATE, data, made_at=timezone.localtime())


def _answer(content: Mapping[str, Any]) -> str:
    values = {
        "amount": in_kroner(content["amount"], content["loss"]),
        "year": content["budget_year"],
        "day": day(date.fromisoformat(content["expires_on"])),
    }
    return _("Accepted for %(amount)s in the budget of %(year)s, until %(day)s.") % values


def _facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    decision, totals = content["decision"], content["totals"]
    limit = totals["limit"]
    return [
        (_("Accepted by"), _who(content)),
        (pgettext("risk", "Accepted"), _at(content["accepted_at"])),
        (_("Decision"), f"{decision['number']} {decision['title']}" if decision else ""),
        (_("Committee"), content["committee"]),
        (_("Note"), content["word"]),
        (_("Proposed by"), f"{content['proposed_by']}, {_at(content['proposed_at'])}"),
        (_("Takes the place of"), _("acceptance %(number)d") % {"number": content["replaces"]})
        if content["replaces"]
        else ("", ""),
        (_("Cost of the measure not taken"), kroner(content["measure_cost"])),
        (_("Why it holds beyond the year of the risk level"), content["longer_because"]),
        (_("Used of the year’s limit, with this one"), kroner(totals["after"])),
        (_("Limit for the year"), kroner(limit) if limit is not None else ""),
    ]


def _who(content: Mapping[str, Any]) -> str:
    capacity = str(Capacity(content["capacity"]).label)
    return ", ".join(filter(None, [content["accepted_by"], capacity]))


def _at(text: str) -> str:
    return moment(datetime.fromisoformat(text))


def _set_risk(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "title": one["title"],
        "about": f"{one['assessment']}, {day(date.fromisoformat(one['assessed_on']))}",
        "description": one["description"],
        "measures": one["measures"],
        "owner": one["owner"],
        "score": f"{one['likelihood_name']} × {one['consequence_name']}",
        "band": one["band"],
        "level": _("Above the risk level") if one["is_above"] else "",
    }


def _words() -> dict[str, str]:
    return {
        "reason": _("Why it is accepted"),
        "conditions": _("Conditions"),
        "risks": _("What is accepted"),
        "head_risk": _("Risk"),
        "head_score": _("Likelihood × consequence"),
        "head_owner": _("Risk owner"),
        "measures": _("Measures today"),
        "matrix": _("Where it lies in the matrix"),
        "likelihood": _("Likelihood"),
        "consequence": _("Consequence"),
        "level": _("The risk level it was held against"),
        "line": line_in_words(),
    }
