"""A dispensation before a committee: its text, what it says and its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision
from kommissorium.registers.documents.record import Section
from kommissorium.registers.proposing import AgendaText, refuse_as_chair
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.rulings.models import Dispensation
from kommissorium.rulings.rules import rule_of, told_of


class DispensationProposal(StandardProposal[Dispensation]):
    """Proposal to let a rule not be followed somewhere, until a day."""

    kind, model, slug = "rulings.dispensation", Dispensation, "dispensation"
    listed = (gettext_lazy("Dispensations"), "dispensations")
    related = ("committee", "proposed_by", "document", "made_by", "area", "asset")
    added = gettext_lazy("The application is added from the register.")
    record_kind = "rulings.dispensation"
    description = gettext_lazy("A rule that need not be followed, and until when")

    def edit_url(self, proposal: Dispensation) -> str:
        return reverse("dispensation_change", args=[proposal.pk])

    def same_as(self, proposal: Dispensation) -> QuerySet[Dispensation]:
        return Dispensation.objects.filter(lineage=proposal.lineage)

    def told(self, proposal: Dispensation) -> dict[str, Any]:
        dated = {"until": proposal.last_day, "lineage": str(proposal.lineage)}
        return told_of(self.kind, proposal) | dated

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Dispensation from %(rule)s") % {"rule": rule_of(facts)}

    def lacks(self, proposal: Dispensation) -> list[str]:
        if proposal.last_day <= timezone.localdate():
            return [_("Its last day is over. Choose a later one.")]
        return []

    def text(self, proposal: Dispensation) -> AgendaText:
        values = {"rule": proposal.rule, "where": proposal.place, "day": day(proposal.last_day)}
        point = _("grants a dispensation from %(rule)s for %(where)s until %(day)s")
        instead = _("Instead: %(measure)s") % {"measure": proposal.measure}
        return AgendaText.of(self.title_of(proposal), [point % values], [proposal.reason, instead])

    def body(self, proposal: Dispensation) -> dict[str, Any]:
        return {
            "rule": proposal.rule,
            "where": proposal.place,
            "area": proposal.area.name if proposal.area else "",
            "asset": proposal.asset.name if proposal.asset else "",
            "reason": proposal.reason,
            "measure": proposal.measure,
            "last_day": proposal.last_day.isoformat(),
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        rows = [
            (_("Rule"), content["rule"]),
            (_("Where"), content["where"]),
            (_("Area"), content["area"]),
            (_("System, data set or archive"), content["asset"]),
            (_("Why the rule cannot be followed"), content["reason"]),
            (_("What is done instead"), content["measure"]),
            (_("Last day"), day(date.fromisoformat(content["last_day"]))),
        ]
        shown = [row for row in rows if row[1]]
        return [Section(_("The dispensation"), "", (_("What"), _("Text")), shown, (3, 7))]

    def refuse_alone(self, proposal: Dispensation, decision: Decision) -> None:
        super().refuse_alone(proposal, decision)
        own = _("You applied for it, so somebody else must decide on it.")
        refuse_as_chair(decision, proposal.made_by, own)

    def undecided(self, person: Person) -> QuerySet[Dispensation]:
        return super().undecided(person).exclude(made_by=person)

    def drafts(self, person: Person) -> QuerySet[Dispensation]:
        return Dispensation.objects.none()  # applications are told of by the room's own to-dos


KIND = DispensationProposal()
