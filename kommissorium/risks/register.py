"""The register of risks, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.committees.measures import Measure
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import FirstStep
from kommissorium.registers.actions.kept import keep_due_figures
from kommissorium.registers.agenda import OnItem, alone
from kommissorium.registers.links import FIRST_STEPS, OUT_OF_REACH
from kommissorium.registers.menu import END_NOTICES, PARTS, MenuLine, Part
from kommissorium.registers.numbers import Counts
from kommissorium.registers.offered import FORESIGHT, RISK_LEVEL, RISK_PICTURE, Foresight
from kommissorium.registers.past import PastEvent
from kommissorium.registers.protocol import Register
from kommissorium.risks import todo
from kommissorium.risks.actions.figures import record_risk_figures
from kommissorium.risks.actions.plans import weigh_again
from kommissorium.risks.agenda.assessments import AssessmentProposal
from kommissorium.risks.agenda.draft import risk_draft
from kommissorium.risks.agenda.news import news_table
from kommissorium.risks.agenda.proposals import AcceptanceProposal, LevelProposal
from kommissorium.risks.agenda.returning import ExpiringAcceptances, SlippedActions
from kommissorium.risks.assessment_list import AssessmentList
from kommissorium.risks.checks import CHECKS, LEVELS, PICTURES
from kommissorium.risks.checks_past import ACTS, RiskPast, risk_past
from kommissorium.risks.current_counts import INDICATORS, count_risks
from kommissorium.risks.elsewhere import asset_part, end_notices, foreseen_risks, risks_as
from kommissorium.risks.importing.sheet import RiskSheet
from kommissorium.risks.level_document import FILINGS
from kommissorium.risks.models import RiskLevel
from kommissorium.risks.quarterly_status import status_parts
from kommissorium.risks.risk_list import RiskList
from kommissorium.risks.search import SEARCHED
from kommissorium.risks.shown import shown_by_risks
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


class RiskRegister(Register):
    """Risks: how they are assessed, treated and accepted."""

    code = "risks"
    label = _("Risks")
    menu = MenuLine("risks", ("/imports/risks/",))
    place = 20
    searched = SEARCHED
    imports = (RiskSheet,)
    lists = (RiskList, AssessmentList)
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

    acts = ACTS
    agenda = {Measure.AGENDA_ONGOING: OnItem(alone(news_table), risk_draft)}
    checks = CHECKS
    schedule = (Periodic("risk_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> RiskPast:
        return risk_past(events, today)

    todos = staticmethod(todos_of)
    reminders = staticmethod(todo.reminders)
    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_risks)


REGISTER = RiskRegister()
FORESIGHT.offer(RiskRegister.code, Foresight(foreseen_risks, risks_as, weigh_again))
RISK_LEVEL.offer(RiskRegister.code, LEVELS)
RISK_PICTURE.offer(RiskRegister.code, PICTURES)
OUT_OF_REACH.offer(RiskRegister.code, out_of_reach)
END_NOTICES.offer(RiskRegister.code, end_notices)
PARTS.offer(RiskRegister.code, parts_of)
FIRST_STEPS.offer(RiskRegister.code, first_steps)
