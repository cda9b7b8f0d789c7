"""A risk level before a committee: what the agenda says of it, and what a decision does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.duties import due_of, finish_by_decision
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.parts import Part
from kommissorium.registers.proposing import AgendaText, ProposalKind
from kommissorium.risks.actions.levels import approve_level, propose_level, reopen_level
from kommissorium.risks.agenda.tables import level_tables
from kommissorium.risks.level_document import category_of
from kommissorium.risks.matrix import Row, matrix_of
from kommissorium.risks.models import RiskLevel


class LevelProposal(ProposalKind[RiskLevel]):
    """Proposal to lay down the risk level of a year."""

    kind, model, slug = "risks.risklevel", RiskLevel, "level"
    listed = (gettext_lazy("Risk level"), "risk_levels")
    related = ("committee", "scale", "proposed_by")
    asked = gettext_lazy("A risk level waits for your decision: %(title)s.")
    added = gettext_lazy("The cells of the level are added from the register.")

    for_followers = True

    def title_of(self, proposal: RiskLevel) -> str:
        return str(proposal.year)

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        rows = RiskLevel.objects.filter(pk__in=[int(key) for key in keys]).select_related("scale")
        return {str(one.pk): level_tables(one) for one in rows}

    def text(self, proposal: RiskLevel) -> AgendaText:
        values = {"year": str(proposal.year), "category": category_of(proposal)}
        points = [_("lays down the risk level for %(year)s: %(category)s") % values]
        title = _("Risk level %(year)s: %(category)s") % values
        return AgendaText.of(title, points, [proposal.statement])

    def picture(self, proposal: RiskLevel, person: Person) -> Part:
        matrix = matrix_of(proposal.scale, level=proposal.cells)
        shown = {"matrix": matrix, "caption": _("What is acceptable")}
        return Part("risks/matrix.html", shown, "risks/matrix_head.html")

    def in_words(self, proposal: RiskLevel) -> list[str]:
        matrix = matrix_of(proposal.scale, level=proposal.cells)
        return [_("What is acceptable:"), *(f"– {_acceptable(row)}" for row in matrix.rows)]

    def propose(self, proposal: RiskLevel, committee: Committee, *, by: Person) -> None:
        propose_level(proposal, committee=committee, by=by)

    def approve(self, proposal: RiskLevel, decision: Decision, *, by: Person) -> None:
        approve_level(proposal, decision=decision, by=by)
        if waiting := due_of("risk_level", decision):
            name = _("Risk level of %(year)s") % {"year": str(proposal.year)}
            finish_by_decision(waiting, decision, proposal, name, by=by)

    def send_back(self, proposal: RiskLevel, decision: Decision, *, by: Person) -> None:
        reopen_level(proposal, by=by, decision=decision)

    def approved_in_words(self, decision: Decision) -> str:
        found = RiskLevel.objects.filter(decision=decision).first()
        if found is None:
            return ""
        text = _("The risk level for %(year)s is laid down and holds from %(day)s.")
        return text % {"year": str(found.year), "day": day(found.in_force_from)}


def _acceptable(row: Row) -> str:
    """Return up to which likelihood a consequence is acceptable: whatever is less likely is too."""
    accepted = [cell for cell in row.cells if cell.is_acceptable]
    values = {"consequence": row.step.name}
    if not accepted:
        return _("Consequence “%(consequence)s”: never") % values
    if len(accepted) == len(row.cells):
        return _("Consequence “%(consequence)s”: always") % values
    text = _("Consequence “%(consequence)s”: up to the likelihood “%(likelihood)s”")
    return text % {**values, "likelihood": accepted[-1].likelihood.name}
