"""The objectives of a year before a committee: what the document says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.localised import day
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.registers.documents.record import Section
from kommissorium.registers.forms.rows import FORWARD, row_form
from kommissorium.registers.offered import LevelLink, Levels, level_in_words
from kommissorium.registers.proposing import AgendaText, Lack
from kommissorium.registers.standard_proposals import StandardProposal


class ObjectivesProposal(StandardProposal[ObjectiveSet]):
    """Proposal to set the objectives of a year."""

    kind, model, slug = "objectives.objectiveset", ObjectiveSet, "objectives"
    known_as = gettext_lazy("Objectives of the year")
    listed = (gettext_lazy("Objectives"), "objectives")
    added = gettext_lazy("The objectives are added from the register.")
    record_kind = "objectives.set"
    description = gettext_lazy("What the committee wants reached")
    duties = ("objectives",)
    for_followers = True
    form = row_form(ObjectiveSet, "year", "statement")
    form.required_when = {"statement": FORWARD}
    parts = ("objectives__owner", "objectives__area", "objectives__risk_level")

    def told(self, proposal: ObjectiveSet) -> dict[str, Any]:
        return {"kind": self.kind, "year": proposal.year}

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Objectives of %(year)s") % {"year": facts["year"]}

    def begins(self, proposal: ObjectiveSet) -> date:
        return max(timezone.localdate(), date(proposal.year, 1, 1))

    def lacks(self, proposal: ObjectiveSet) -> list[str]:
        rows = list(proposal.objectives.select_related("owner"))
        missing: list[str] = [] if rows else [_("It has no objectives.")]
        if not proposal.statement:
            missing.append(Lack(_("Write what is wanted this year."), "statement"))
        levels = Levels.on(self.begins(proposal))
        for one in rows:
            words = {"title": one.title}
            if not one.has_owner:
                missing.append(_("Nobody answers for “%(title)s”.") % words)
            if not one.unit:
                missing.append(_("“%(title)s” has no unit.") % words)
            if one.is_met_by_any_value:
                missing.append(_("Any value meets the goal of “%(title)s”.") % words)
            if levels.keys and levels.link_of(one.risk_level_id) != LevelLink.CURRENT:
                missing.append(_("“%(title)s” is not linked to the risk level in force.") % words)
        return missing

    def text(self, proposal: ObjectiveSet) -> AgendaText:
        title = self.title_of(proposal)
        points = [_("sets the objectives for %(year)s") % {"year": proposal.year}]
        return AgendaText.of(title, points, [proposal.statement])

    def history(self, proposal: ObjectiveSet) -> Q:
        keys = [str(key) for key in proposal.objectives.values_list("pk", flat=True)]
        parts = Q(object_kind="objectives.objective", object_id__in=keys)
        return super().history(proposal) | parts

    def body(self, proposal: ObjectiveSet) -> dict[str, Any]:
        rows = proposal.objectives.all()
        return {
            "statement": proposal.statement,
            "objectives": [{"figures": _figures(one), "reasons": _reasons(one)} for one in rows],
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        figures = [one["figures"] for one in content["objectives"]]
        reasons = [one["reasons"] for one in content["objectives"]]
        wanted = (_("Wanted"), _("To be reached by"), _("Measured by"), _("Responsible"))
        why = (_("Objective"), _("Why"), _("Goal of the strategy"), _("Risk level"), _("Area"))
        return [
            Section(_("What is wanted this year"), content["statement"]),
            Section(_("Objectives"), "", (_("Objective"), *wanted), figures, (4, 3, 2, 3, 2)),
            Section(_("Why"), "", why, reasons, (3, 4, 5, 3, 2)),
        ]


KIND = ObjectivesProposal()


def _reasons(one: Objective) -> list[str]:
    level = level_in_words(one.risk_level) or "–"
    served = "\n".join(filter(None, (one.serves, one.serves_link)))
    return [one.title, one.why, served, level, one.area_name]


def _figures(one: Objective) -> list[str]:
    owner = one.owner.name if one.owner else "–"
    return [one.title, one.wanted, day(one.due), one.measured_by, owner]
