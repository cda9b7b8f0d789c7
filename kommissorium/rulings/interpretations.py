"""An interpretation before a committee: what was asked of a rule, and how it is understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.ui.required import When
from kommissorium.registers.documents.record import Section
from kommissorium.registers.forms.rows import FORWARD, RowForm
from kommissorium.registers.proposing import AgendaText, Lack
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.rulings.models import Interpretation
from kommissorium.rulings.rules import rule_of, told_of


class RulingForm(RowForm):
    """Form for how the rule is to be understood."""

    model = Interpretation
    names = ("question", "ruling")
    required_when: Mapping[str, When] = {"ruling": FORWARD}


class InterpretationProposal(StandardProposal[Interpretation]):
    """Proposal to rule how something laid down is to be understood."""

    kind, model, slug = "rulings.interpretation", Interpretation, "interpretation"
    listed = (gettext_lazy("Interpretations"), "interpretations")
    related = ("committee", "proposed_by", "document", "made_by")
    added = gettext_lazy("The question and the ruling are added from the register.")
    record_kind = "rulings.interpretation"
    description = gettext_lazy("How a rule is to be understood")
    form = RulingForm

    def same_as(self, proposal: Interpretation) -> QuerySet[Interpretation]:
        return Interpretation.objects.none()  # each answers a question of its own

    def told(self, proposal: Interpretation) -> dict[str, Any]:
        return told_of(self.kind, proposal)

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Interpretation of %(rule)s") % {"rule": rule_of(facts)}

    def lacks(self, proposal: Interpretation) -> list[str]:
        text = _("Write how the rule is to be understood.")
        return [] if proposal.ruling else [Lack(text, "ruling")]

    def text(self, proposal: Interpretation) -> AgendaText:
        point = _("decides that the rule is to be understood as it stands in the interpretation")
        case = [proposal.question, proposal.ruling]
        return AgendaText.of(self.title_of(proposal), [point], case)

    def body(self, proposal: Interpretation) -> dict[str, Any]:
        return {"rule": proposal.rule, "question": proposal.question, "ruling": proposal.ruling}

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        rows = [
            (_("Rule"), content["rule"]),
            (_("Question"), content["question"]),
            (_("How the rule is to be understood"), content["ruling"]),
        ]
        return [Section(_("The interpretation"), "", (_("What"), _("Text")), rows, (3, 7))]

    def drafts(self, person: Person) -> QuerySet[Interpretation]:
        return Interpretation.objects.none()  # what waits is told with how long it has waited


KIND = InterpretationProposal()
