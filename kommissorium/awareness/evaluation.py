"""The evaluation of a half-year before a committee, composed from figures and their change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.awareness.half_figures import held_in, span_figures
from kommissorium.awareness.kind import KIND, in_words
from kommissorium.awareness.models import AwarenessActivity, AwarenessEvaluation
from kommissorium.core.ui.localised import day
from kommissorium.measures.periods import Half
from kommissorium.registers.documents.record import Section
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.standard_proposals import EvaluationProposal
from kommissorium.registers.status import StatusFigure


class AwarenessEvaluationProposal(EvaluationProposal[AwarenessEvaluation]):
    """Proposal to evaluate a half-year's information and teaching, and what follows from it."""

    kind, model, slug = (
        "awareness.awarenessevaluation",
        AwarenessEvaluation,
        "awareness-evaluation",
    )
    listed = (gettext_lazy("Awareness"), "awareness")
    added = gettext_lazy("The figures are added from the register.")
    record_kind = "awareness.evaluation"
    description = gettext_lazy("What people were told and taught, and what came of it")
    duties = ("awareness_evaluation",)
    of = ("year", "number")
    texts = MappingProxyType(
        {
            "effect": gettext_lazy("Write what the figures show."),
            "learning": gettext_lazy("Write what is learned of it."),
            "effort": gettext_lazy("Write what the next half-year is used for."),
        }
    )

    def told(self, proposal: AwarenessEvaluation) -> dict[str, Any]:
        return {"kind": self.kind, "year": proposal.year, "number": proposal.number}

    def named(self, facts: Mapping[str, Any]) -> str:
        half = Half(facts["year"], facts["number"])
        return _("Evaluation of awareness, %(half)s") % {"half": half.label}

    def lacks(self, proposal: AwarenessEvaluation) -> list[str]:
        missing, half = [], proposal.half
        if not half.has_ended(timezone.localdate()):
            missing.append(_("The half-year has not ended yet."))
        if not held_in(half):
            missing.append(_("Nothing was held in the half-year, so there is nothing to evaluate."))
        return [*missing, *super().lacks(proposal)]

    def text(self, proposal: AwarenessEvaluation) -> AgendaText:
        half = {"half": proposal.half.label}
        points = [
            _("evaluates what people were told and taught in %(half)s") % half,
            _("approves the proposal for the next half-year"),
        ]
        return AgendaText.of(self.title_of(proposal), points, [proposal.effect, proposal.effort])

    def body(self, proposal: AwarenessEvaluation) -> dict[str, Any]:
        half = proposal.half
        return {
            **self.written(proposal),
            "figures": [
                [one.label, one.shown, one.shown_before, one.change_in_words]
                for one in figures_of(half)
            ],
            "held": held_rows(half),
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        figures = (_("What"), _("This half-year"), _("The one before"), _("Change"))
        held = (_("What was held"), _("For whom"), _("Held on"), _("Result"))
        return [
            Section(_("Figures"), "", figures, content["figures"], (4, 2, 2, 3)),
            Section(_("What was held"), "", held, content["held"], (4, 3, 2, 4), is_folded=True),
            Section(_("What the figures show"), content["effect"]),
            Section(_("What is learned of it"), content["learning"]),
            Section(_("What the next half-year is used for"), content["effort"]),
        ]


EVALUATION = AwarenessEvaluationProposal()


def of_last_half() -> dict[str, int]:
    """Return the half-year of an evaluation begun today: the one that ended last."""
    half = Half.of(timezone.localdate()).before
    return {"year": half.year, "number": half.number}


def half_to_evaluate(today: date) -> Half | None:
    """Return the half-year that ended last, if something was held in it and nobody has begun."""
    half = Half.of(today).before
    held = AwarenessActivity.objects.approved().filter(held_on__range=(half.first, half.last))
    same = AwarenessEvaluation.objects.filter(year=half.year, number=half.number)
    waits = held.exists() and not same.exclude(state="dropped").exists()
    return half if waits else None


def figures_of(half: Half) -> list[StatusFigure]:
    """Return the figures of a half-year as they are known today, and of the one before."""
    return span_figures(held_in(half), held_in(half.before))


def held_rows(half: Half) -> list[list[str]]:
    """Return the activities held in the half-year, each with its audience and its figures."""
    found = AwarenessActivity.objects.approved().select_related("area", "plan")
    rows = list(found.filter(held_on__range=(half.first, half.last)).order_by("held_on", "pk"))
    KIND.prepare(rows)
    return [[one.title, one.for_whom, day(one.held_on), _came_of(one)] for one in rows]


def _came_of(one: AwarenessActivity) -> str:
    numbers = in_words(one, one.known.total)
    told = [f"{label}: {value}" for label, value in numbers]
    return ", ".join([str(one.get_outcome_display()), *told])
