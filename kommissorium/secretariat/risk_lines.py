"""What became of a decision on risks, in a sentence for its page."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.wording import day, kroner
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.risks.models import Acceptance, Assessment, PlanAction, RiskLevel

APPROVING = (Outcome.APPROVED, Outcome.WITH_CHANGES)


def line_of(decision: Decision) -> str:
    """Return what the decision did to the risks it is about, "" for nothing; two queries."""
    if decision.outcome in APPROVING:
        words = {
            "risks.assessment": _assessment,
            "risks.risklevel": _level,
            "risks.acceptance": _acceptance,
            "risks.slipped": _agreed,
        }
        return words[decision.subject_kind](decision)
    if decision.outcome != Outcome.REJECTED:
        return ""
    if decision.subject_kind == "risks.acceptance":
        return _("The risks are not accepted.")
    if decision.subject_kind == "risks.slipped":
        return _("The new days are not agreed to.")
    return _("It was not approved and is a draft again.")


def _assessment(decision: Decision) -> str:
    found = Assessment.objects.filter(decision=decision).first()
    if found is None:
        return ""
    text = _("The risk assessment “%(title)s” is approved and has held since %(day)s.")
    said = text % {"title": found.title, "day": day(found.in_force_from)}
    return f"{said} {_void(found)}".rstrip()


def _void(assessment: Assessment) -> str:
    """Return how many acceptances ended with its approval, since their risks changed."""
    events = Event.objects.about(assessment).filter(act="risks.assessment_approved")
    number = max((json.loads(event.facts).get("void", 0) for event in events), default=0)
    if not number:
        return ""
    text = ngettext(
        "%(number)d acceptance is void, since the risk changed.",
        "%(number)d acceptances are void, since the risks changed.",
        number,
    )
    return text % {"number": number}


def _level(decision: Decision) -> str:
    found = RiskLevel.objects.filter(decision=decision).first()
    if found is None:
        return ""
    text = _("The risk level for %(year)s is laid down and holds from %(day)s.")
    return text % {"year": str(found.year), "day": day(found.in_force_from)}


def _agreed(decision: Decision) -> str:
    number = PlanAction.objects.filter(agreed_in=decision).count()
    if not number:
        return ""
    text = ngettext(
        "The new day of %(number)d action against a risk is agreed to.",
        "The new days of %(number)d actions against risks are agreed to.",
        number,
    )
    return text % {"number": number}


def _acceptance(decision: Decision) -> str:
    found = Acceptance.objects.filter(decision=decision).first()
    if found is None:
        return ""
    text = _("The risks are accepted for %(money)s until %(day)s.")
    return text % {"money": kroner(found.amount), "day": day(found.expires_on)}
