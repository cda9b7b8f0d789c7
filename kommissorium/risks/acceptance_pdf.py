"""An acceptance as a document: what is frozen when risks have been accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.ui.localised import day, kroner, moment
from kommissorium.risks.level_document import line_in_words
from kommissorium.risks.models import Capacity
from kommissorium.risks.models.acceptances import in_kroner

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
        "risks": [_risk(one) for one in content["risks"]],
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


def _risk(one: Mapping[str, Any]) -> dict[str, str]:
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
