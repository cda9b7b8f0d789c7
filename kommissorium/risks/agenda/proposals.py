"""A risk level or an acceptance before a committee: what the agenda says, what a decision does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.mail.letter import Grid
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day, kroner
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import due_of, finish_by_decision
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.menu import Part
from kommissorium.registers.proposing import AgendaText, ProposalKind, refuse_anew
from kommissorium.risks.acceptance_risks import RiskThen, matrix_then, risks_then, rows_of
from kommissorium.risks.actions.acceptance_rules import refuse_beyond
from kommissorium.risks.actions.acceptances import accept_by_decision, refuse_by_decision
from kommissorium.risks.actions.levels import approve_level, propose_level, reopen_level
from kommissorium.risks.actions.who_answers import own_matter
from kommissorium.risks.agenda.in_short import figures_of, grid_of, grid_of_level, why_of
from kommissorium.risks.agenda.returning import levels
from kommissorium.risks.agenda.tables import acceptance_tables, level_tables
from kommissorium.risks.authority import committees_of, limits_by_capacity, risks_of, used_of
from kommissorium.risks.level_document import category_of
from kommissorium.risks.levels import levels_on
from kommissorium.risks.matrix import Row, matrix_of
from kommissorium.risks.models import Acceptance, AcceptedRisk, Capacity, RiskLevel


class AcceptanceProposal(ProposalKind[Acceptance]):
    """Proposal to accept risks for an amount, until a day; proposed from the start, not a draft."""

    kind, model, slug = "risks.acceptance", Acceptance, "acceptance"
    listed = (gettext_lazy("Accepted risks"), "acceptances")
    related = ("proposed_by", "replaces")
    is_asked = False  # of it whoever is to accept it is asked
    can_be_changed = False  # it is accepted as it was proposed, or not
    added = gettext_lazy("The terms and the risks are added from the register.")

    def committee_of(self, proposal: Acceptance) -> Committee | None:
        """Return the committee of its risks, whose alone it is to decide."""
        found = committees_of(row.scenario for row in rows_of(proposal))
        return found[0] if len(found) == 1 else None

    def is_draft(self, proposal: Acceptance) -> bool:
        return False

    def drafts(self, person: Person) -> QuerySet[Acceptance]:
        return Acceptance.objects.none()

    def waits(self, proposal: Acceptance) -> bool:
        return proposal.waits_on(timezone.localdate())

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        pks = [int(key) for key in keys]
        found = AcceptedRisk.objects.filter(acceptance__in=pks).order_by("pk")
        people = ("acceptance__proposed_by", "acceptance__accepted_by")
        rows = list(found.select_related(*people, "scenario__assessment__scale"))
        return {
            str(pk): acceptance_tables(
                [row for row in rows if row.acceptance_id == pk],
                context.once(levels),
                context.today,
            )
            for pk in pks
        }

    def text(self, proposal: Acceptance) -> AgendaText:
        titles = [row.scenario.title for row in rows_of(proposal)]
        values = {
            "risks": "; ".join(titles),
            "money": proposal.loss_in_words,
            "year": str(proposal.budget_year),
            "day": day(proposal.expires_on),
            "name": proposal.proposed_by.name,
        }
        terms = _("Proposed by %(name)s: %(money)s in the budget year %(year)s, until %(day)s.")
        paragraphs = [terms % values, proposal.reason, _not_taken(proposal)]
        if proposal.longer_because:
            text = _("It holds beyond the year of the risk level: %(why)s")
            paragraphs.append(text % {"why": proposal.longer_because})
        if proposal.conditions:
            paragraphs.append(_("Conditions: %(text)s") % {"text": proposal.conditions})
        points = [_("accepts the risk for %(money)s until %(day)s: %(risks)s") % values]
        title = _("Acceptance of risk: %(risks)s") % values
        return AgendaText.of(title, points, [*paragraphs, _used_so_far(proposal)])

    def picture(self, proposal: Acceptance, person: Person) -> Part:
        rows, today = rows_of(proposal), levels_on(timezone.localdate())
        shown = {
            "acceptance": proposal,
            "risks": risks_then(rows, person, today),
            "matrix": matrix_then(proposal, rows, today),
        }
        return Part("risks/acceptance_matter.html", shown, "risks/matrix_head.html")

    def in_words(self, proposal: Acceptance) -> list[str]:
        today = levels_on(timezone.localdate())
        shown = risks_then(rows_of(proposal), proposal.proposed_by, today)
        return [_("What is to be accepted:"), *(f"– {_then(one)}" for one in shown)]

    def why(self, proposal: Acceptance) -> list[str]:
        return why_of(proposal)

    def figures(self, proposal: Acceptance) -> list[tuple[str, str]]:
        return figures_of(proposal)

    def grid(self, proposal: Acceptance) -> Grid | None:
        return grid_of(proposal)

    def refuse_before(self, proposal: Acceptance) -> None:
        """Refuse what the committee may not accept."""
        if proposal.capacity == Capacity.EXECUTIVE:
            raise Refused(
                _("It was proposed to the executive board. The committee cannot accept it.")
            )
        try:
            refuse_beyond(Capacity.COMMITTEE, proposal, risks_of(proposal))
        except Refused as refused:
            raise Refused(" ".join(refused.errors.values())) from None

    def bars(self, proposal: Acceptance, person: Person) -> str:
        risks = [row.scenario for row in rows_of(proposal)]
        return super().bars(proposal, person) or own_matter(person, risks)

    def asked_in_short(self, proposal: Acceptance) -> str:
        values = {"money": proposal.loss_in_words, "day": day(proposal.expires_on)}
        return _("Approve? %(money)s until %(day)s") % values

    def refuse_other(self, proposal: Acceptance, decision: Decision) -> None:
        """Refuse what waits no more; the act itself sees to the committee."""
        refuse_anew(proposal.proposed_at, decision, waits=proposal.is_unanswered)

    def refuse_alone(self, proposal: Acceptance, decision: Decision) -> None:
        """Leave it to the act, which counts the eyes by the capacity."""

    def approve(self, proposal: Acceptance, decision: Decision, *, by: Person) -> None:
        accept_by_decision(proposal, decision, by=by)

    def send_back(self, proposal: Acceptance, decision: Decision, *, by: Person) -> None:
        refuse_by_decision(proposal, decision, by=by)

    def approved_in_words(self, decision: Decision) -> str:
        found = Acceptance.objects.filter(decision=decision).first()
        if found is None:
            return ""
        text = _("The risks are accepted for %(money)s until %(day)s.")
        return text % {"money": found.loss_in_words, "day": day(found.expires_on)}

    def refused_in_words(self) -> str:
        return _("The risks are not accepted.")


def _then(one: RiskThen) -> str:
    """Return a risk with its band, its likelihood and its consequence."""
    values = {"risk": one.risk.title, "band": one.band.name}
    values |= {"likelihood": one.likelihood.name, "consequence": one.consequence.name}
    said = _("%(risk)s: %(band)s (likelihood: %(likelihood)s, consequence: %(consequence)s)")
    above = _("above the risk level")
    return f"{said % values}, {above}" if one.is_above else said % values


def _not_taken(acceptance: Acceptance) -> str:
    text = _("The measure that is not taken would have cost %(money)s.")
    return text % {"money": kroner(acceptance.measure_cost)}


def _used_so_far(acceptance: Acceptance) -> str:
    """Return what whoever is asked, the chair or else the committee, has used of their own limit
    for the budget year, expired or not."""
    year, is_chairs = acceptance.budget_year, acceptance.capacity == Capacity.CHAIR
    capacity = Capacity.CHAIR if is_chairs else Capacity.COMMITTEE
    used = used_of(year, acceptance.replaces).get(capacity, 0)
    limit = limits_by_capacity().get(capacity)
    if limit is None:
        return ""
    text = _(
        "The committee has used %(used)s of its limit of %(most)s for the budget year %(year)s, "
        "what has expired counted too."
    )
    if is_chairs:
        text = _(
            "The chair has used %(used)s of an own limit of %(most)s for the budget year %(year)s, "
            "what has expired counted too."
        )
    return text % {"year": str(year), "used": kroner(used), "most": kroner(limit.per_year)}


class LevelProposal(ProposalKind[RiskLevel]):
    """Proposal to lay down the risk level of a year."""

    kind, model, slug = "risks.risklevel", RiskLevel, "level"
    listed = (gettext_lazy("Risk level"), "risk_levels")
    related = ("committee", "scale", "proposed_by")
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
        words = [proposal.statement]
        if proposal.wide_because:
            why = {"why": proposal.wide_because}
            words.append(_("Why nearly all is accepted: %(why)s") % why)
        return AgendaText.of(title, points, words)

    def picture(self, proposal: RiskLevel, person: Person) -> Part:
        matrix = matrix_of(proposal.scale, level=proposal.cells)
        shown = {"matrix": matrix, "caption": _("What is acceptable")}
        return Part("risks/matrix.html", shown, "risks/matrix_head.html")

    def in_words(self, proposal: RiskLevel) -> list[str]:
        matrix = matrix_of(proposal.scale, level=proposal.cells)
        return [_("What is acceptable:"), *(f"– {_acceptable(row)}" for row in matrix.rows)]

    def grid(self, proposal: RiskLevel) -> Grid:
        return grid_of_level(matrix_of(proposal.scale, level=proposal.cells))

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
