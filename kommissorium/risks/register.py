"""The register of risks, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched, told_along, told_of
from kommissorium.assets.models import Asset
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.localised import day, kroner
from kommissorium.core.ui.todo import FirstStep
from kommissorium.measures.codes import Measure
from kommissorium.registers.actions.kept import keep_due_figures
from kommissorium.registers.agenda import OnItem, alone
from kommissorium.registers.front import FRONTS
from kommissorium.registers.links import FIRST_STEPS, OUT_OF_REACH
from kommissorium.registers.menu import END_NOTICES, PARTS, Deed, MenuLine, Part
from kommissorium.registers.numbers import Counts
from kommissorium.registers.offered import FORESIGHT, RISK_LEVEL, RISK_PICTURE, Foresight
from kommissorium.registers.protocol import Register
from kommissorium.registers.search import SearchedProposal
from kommissorium.risks import todo
from kommissorium.risks.actions.figures import record_risk_figures
from kommissorium.risks.actions.plans import weigh_again
from kommissorium.risks.agenda.assessments import AssessmentProposal
from kommissorium.risks.agenda.draft import risk_draft
from kommissorium.risks.agenda.news import news_table
from kommissorium.risks.agenda.proposals import AcceptanceProposal, LevelProposal
from kommissorium.risks.agenda.returning import ExpiringAcceptances, SlippedActions
from kommissorium.risks.asking import begins_any
from kommissorium.risks.assessment_list import AssessmentList
from kommissorium.risks.checks import LEVELS, PICTURES, shown_by_risks
from kommissorium.risks.current_counts import INDICATORS, count_risks
from kommissorium.risks.elsewhere import asset_part, end_notices, foreseen_risks, risks_as
from kommissorium.risks.front import matrix_picture
from kommissorium.risks.importing.sheet import RiskSheet
from kommissorium.risks.level_document import FILINGS
from kommissorium.risks.models import Acceptance, Assessment, RiskLevel, Scenario
from kommissorium.risks.opening import RiskOpening
from kommissorium.risks.quarterly_status import status_parts
from kommissorium.risks.risk_list import RiskList
from kommissorium.risks.todo import out_of_reach, todos_of


def parts_of(subject: Model, person: Person) -> Iterable[Part]:
    """Yield its part of the page of an asset."""
    if isinstance(subject, Asset):
        context, head = asset_part(subject, person), "risks/matrix_head.html"
        yield Part("risks/parts/asset.html", context, head)


def first_steps(_person: Person) -> Iterable[FirstStep]:
    """Yield with what a new municipality begins here, done or not."""
    yield FirstStep(
        str(_("Risk level")),
        str(_("No risk level is put before the committee yet.")),
        str(_("Propose a risk level")),
        reverse("risk_levels"),
        is_done=RiskLevel.objects.exclude(state=RiskLevel.State.DRAFT).exists(),
    )


class SearchedAssessments(SearchedProposal[Assessment]):
    """Assessments, by their titles and summaries."""

    model, label, proposal = Assessment, _("Risk assessments"), AssessmentProposal()
    fields = ("process", "others", "summary")
    named = ("assessor", "area")
    dated = "assessed_on"

    def title(self, row: Assessment) -> str:
        return row.title


class SearchedRisks(Searched[Scenario]):
    """Risks of today's picture, and those of assessments that are under way."""

    model, label = Scenario, _("Risks")
    fields = ("description", "measures", "treatment_note")
    named = ("owner",)
    related = ("assessment",)

    def visible_to(self, person: Person) -> QuerySet[Scenario]:
        under_way = Q(assessment__state__in=["draft", "proposed"])
        return Scenario.objects.visible_to(person).filter(Q(is_in_force=True) | under_way)

    def past_of(self, person: Person) -> QuerySet[Scenario]:
        return Scenario.objects.visible_to(person)

    def day(self, row: Scenario) -> date:
        return row.assessment.assessed_on

    def history(self, row: Scenario) -> Q:
        return told_of(row) | told_along(row, row.assessment)


class SearchedAcceptances(Searched[Acceptance]):
    """Acceptances, by their reasons and conditions."""

    model, label = Acceptance, _("Accepted risks")
    fields = ("reason", "conditions", "longer_because", "refused_because", "ended_because")
    dated = "proposed_at"

    def title(self, row: Acceptance) -> str:
        values = {"amount": kroner(row.amount), "day": day(row.expires_on)}
        return gettext("Acceptance of %(amount)s until %(day)s") % values


class SearchedLevels(SearchedProposal[RiskLevel]):
    """Risk levels, by what the committee accepts."""

    model, label, proposal = RiskLevel, _("Risk levels"), LevelProposal()
    fields = ("statement",)

    def title(self, row: RiskLevel) -> str:
        return gettext("Risk level of %(year)s") % {"year": str(row.year)}


class RiskRegister(Register):
    """Risks: how they are assessed, treated and accepted."""

    code = "risks"
    stage = 1
    label = _("Risks")
    menu = MenuLine("risks", ("/imports/risks/",))
    place = 20
    searched = (SearchedAssessments(), SearchedRisks(), SearchedAcceptances(), SearchedLevels())
    imports = (RiskSheet,)
    opening = RiskOpening
    lists = (RiskList, AssessmentList)
    deeds = (
        Deed(
            _("New risk assessment"),
            _("add create begin assess risk threat"),
            "assessment_new",
            begins_any,
        ),
    )
    filings = FILINGS
    counts = Counts(
        lambda day: count_risks(day).numbers,
        ("risks", "assets", "tasks"),
        INDICATORS,
        record=record_risk_figures,
    )
    # What others build on comes first: a risk can be accepted once its assessment is approved.
    subjects = (
        LevelProposal(),
        AssessmentProposal(),
        AcceptanceProposal(),
        ExpiringAcceptances(),
        SlippedActions(),
    )

    agenda = {Measure.AGENDA_ONGOING: OnItem(alone(news_table), risk_draft)}
    schedule = (Periodic("risk_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    todos = staticmethod(todos_of)
    reminders = staticmethod(todo.reminders)
    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_risks)


REGISTER = RiskRegister()
FRONTS.offer(RiskRegister.code, matrix_picture)
FORESIGHT.offer(RiskRegister.code, Foresight(foreseen_risks, risks_as, weigh_again))
RISK_LEVEL.offer(RiskRegister.code, LEVELS)
RISK_PICTURE.offer(RiskRegister.code, PICTURES)
OUT_OF_REACH.offer(RiskRegister.code, out_of_reach)
END_NOTICES.offer(RiskRegister.code, end_notices)
PARTS.offer(RiskRegister.code, parts_of)
FIRST_STEPS.offer(RiskRegister.code, first_steps)
