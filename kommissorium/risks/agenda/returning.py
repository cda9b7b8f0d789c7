"""Risks of a committee, and what comes back to it by itself.

What comes back: acceptances that run out, actions that are late. The committee that keeps the
register has those without a committee as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from kommissorium.accounts.models import Person
from kommissorium.assets.agenda import keeps_registers
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day, kroner
from kommissorium.meetings.facts import FactRow, FactTable, from_json
from kommissorium.meetings.models import AgendaItem, Decision, Outcome, RowChoice
from kommissorium.meetings.models.proceedings import APPROVING
from kommissorium.meetings.rows_to_choose import Chosen, OfferedRow, keys_at_call
from kommissorium.registers.agenda import AgendaContext, Returning, ReturningItem, Tables
from kommissorium.registers.choosing import END, EXTEND, ReturningRows
from kommissorium.risks.actions.extending import (
    beyond_together,
    end_by_decision,
    extend_by_decision,
    refuse_extending,
)
from kommissorium.risks.actions.plans import agree_to_days
from kommissorium.risks.agenda.expiring_rows import KEY, OF, expiring_rows
from kommissorium.risks.levels import Levels, levels_on
from kommissorium.risks.models import Acceptance, AcceptedRisk, PlanAction, Scenario
from kommissorium.risks.models.plans import SLIPPED, PlanActionQuerySet


def belongs(context: AgendaContext, field: str) -> Q:
    """Return the condition that something with a committee in `field` is the meeting's."""
    own = Q(**{field: context.meeting.committee_id})
    return own | Q(**{f"{field}__isnull": True}) if context.once(keeps_registers) else own


def levels(context: AgendaContext) -> Levels:
    """Return the risk levels that hold today."""
    return levels_on(context.today)


def committee_risks(context: AgendaContext) -> QuerySet[Scenario]:
    """Return the risks of today's picture that are the committee's."""
    own = belongs(context, "assessment__committee")
    return Scenario.objects.in_force().filter(own).order_by()


SOON: Final = timedelta(days=60)


class ExpiringAcceptances(ReturningRows):
    """The acceptances that run out within 60 days of the meeting, or have.

    For each the committee chooses: it is extended, ended, or comes to the next meeting again.
    """

    kind = "risks.expiring"
    known_as = gettext_lazy("Acceptances that run out")

    def is_due(self, context: AgendaContext) -> bool:
        return running_out(context).exists()

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("Risk acceptances that expire"),
            recommendation="",
            link=f"{reverse('acceptances')}?show=expiring",
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        rows = running_out(context).select_related("acceptance__accepted_by", "scenario")
        titles: dict[Acceptance, list[str]] = {}
        for row in rows.order_by("acceptance__expires_on", "pk"):
            titles.setdefault(row.acceptance, []).append(row.scenario.title)
        table = _table(titles, context)
        return dict.fromkeys(keys, (table,))

    def offered(self, item: AgendaItem) -> Sequence[OfferedRow]:
        seen = keys_at_call(item)
        given = Acceptance.objects.standing()
        if seen is None:
            rows = running_out(AgendaContext(item.meeting, [item]))
            return expiring_rows(given.filter(pk__in=rows.values("acceptance")))
        own = [
            int(number)
            for kind, _colon, number in (key.partition(":") for key in seen)
            if kind == OF
        ]
        return expiring_rows(given.filter(pk__in=own))

    def refuse(self, item: AgendaItem, key: str, chosen: Chosen, *, by: Person) -> None:
        if chosen.code == EXTEND and chosen.day:
            found = Acceptance.objects.get(pk=int(key.partition(":")[2]))
            refuse_extending(found, chosen.day, chosen.because, by=by)

    def refuse_together(self, chosen: Mapping[str, Chosen], *, by: Person) -> None:
        days = {
            int(key.partition(":")[2]): one.day
            for key, one in chosen.items()
            if one.code == EXTEND and one.day
        }
        rows = Acceptance.objects.filter(pk__in=days).order_by("pk")
        if faults := beyond_together({one: days[one.pk] for one in rows}, by=by):
            raise Refused(**{KEY.format(one.pk): text for one, text in faults.items()})

    def carry(self, choice: RowChoice, decision: Decision, *, by: Person) -> None:
        found = Acceptance.objects.get(pk=choice.thing)
        if choice.code == EXTEND and choice.day:
            terms = (choice.day, choice.because, decision)
            extend_by_decision(found, *terms, put=choice.chosen_by, by=by)
        elif choice.code == END:
            end_by_decision(found, decision, by=by)


def running_out(context: AgendaContext) -> QuerySet[AcceptedRisk]:
    """Return the accepted risks whose acceptance has run out, or does so within 60 days of the
    meeting, and that are still there and not accepted for longer. Only the committee's own."""
    last = timezone.localdate(context.meeting.starts_at) + SOON
    given = Acceptance.objects.standing().filter(expires_on__lte=last).order_by()
    longer = AcceptedRisk.objects.filter(
        lineage=OuterRef("lineage"),
        acceptance__in=Acceptance.objects.standing().order_by(),
        acceptance__expires_on__gt=OuterRef("acceptance__expires_on"),
    )
    own = committee_risks(context).filter(lineage=OuterRef("lineage"))
    return AcceptedRisk.objects.filter(
        Exists(own), ~Exists(longer.order_by()), acceptance__in=given
    )


def _table(titles: Mapping[Acceptance, list[str]], context: AgendaContext) -> FactTable:
    today = context.today
    rows = tuple(
        FactRow(
            key=KEY.format(one.pk),
            cells=(
                "; ".join(titles[one]),
                one.loss_in_words,
                one.accepted_by.name if one.accepted_by else str(one.get_capacity_display()),
                day(one.expires_on),
                _("Expired") if one.expires_on < today else _("Expires soon"),
            ),
            link=one.get_absolute_url(),
            urgent=one.expires_on < today,
        )
        for one in titles
    )
    in_force = sum(one.amount for one in titles if one.is_in_force_on(today))
    lead = _("Of these %(money)s is in force on %(day)s.")
    lead %= {"money": kroner(in_force), "day": day(today)}
    columns = (_("Risks"), _("Possible loss"), _("Accepted by"), _("Holds until"), _("State"))
    heading = _("Risk acceptances that expire")
    return FactTable("risk_expiring", heading, lead if rows else "", columns, rows)


TABLE: Final = "risk_slipped"
DUE: Final = 4  # the cell of the table that says when an action is due


class SlippedActions(Returning):
    """The actions that are late, put off, cannot be done, or lie far ahead."""

    kind = SLIPPED
    known_as = gettext_lazy("Actions that are late or put off")

    def is_due(self, context: AgendaContext) -> bool:
        return slipping(context).exists()

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("Actions against risks that do not go as planned"),
            recommendation=_(
                "It is recommended that the committee agrees to the new days of the actions that "
                "are put off, and asks those responsible for the late ones, and those that cannot "
                "be done, to propose a new day or another action before the next meeting."
            ),
            link=f"{reverse('plan')}?show=slipped",
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        rows = slipping(context).select_related("task__owner", "scenario")
        table = _slipped_table(rows.order_by("task__due", "pk"), context.today)
        return dict.fromkeys(keys, (table,))

    def decide(self, decision: Decision, *, by: Person) -> None:
        """Agree to the days to which actions were put off, as the committee saw them.

        What was put off further since the call comes again.
        """
        facts = from_json(decision.item.facts) if decision.item else None
        if facts is None or decision.outcome not in APPROVING:
            return
        tables = (table for table in facts.tables if table.key == TABLE)
        seen = {int(row.key.partition(":")[2]): row.cells[DUE] for t in tables for row in t.rows}
        rows = PlanAction.objects.to_decide(timezone.localdate()).filter(pk__in=seen)
        slipped = list(rows.select_related("task", "scenario").order_by("pk"))
        later = [one for one in slipped if one.is_put_off or one.is_far]
        put_off = [one for one in later if not one.is_impossible]
        agreed = [one for one in put_off if seen[one.pk] in _in_each_language(one.task.due)]
        agree_to_days({one: one.task.due for one in agreed}, decision, by=by)

    def sentence(self, decision: Decision) -> str:
        if decision.outcome == Outcome.REJECTED:
            return _("The new days are not agreed to.")
        number = PlanAction.objects.filter(agreed_in=decision).count()
        if not number:
            return ""
        text = ngettext(
            "The new day of %(number)d action against a risk is agreed to.",
            "The new days of %(number)d actions against risks are agreed to.",
            number,
        )
        return text % {"number": number}


def slipping(
    context: AgendaContext, of: Callable[[date], PlanActionQuerySet] = PlanAction.objects.to_decide
) -> PlanActionQuerySet:
    """Return the actions against the committee's risks that are late, put off or impossible, or
    more than twelve months ahead without its word; those `of` the day where that is given."""
    own = committee_risks(context).filter(lineage=OuterRef("scenario__lineage"))
    return of(context.today).filter(Exists(own))


def _slipped_table(actions: Iterable[PlanAction], today: date) -> FactTable:
    rows = tuple(
        FactRow(
            key=f"risks.planaction:{one.pk}",
            cells=(
                one.task.title,
                one.scenario.title,
                one.task.owner.name,
                day(one.first_due),
                day(one.task.due),
                _state(one, today),
            ),
            link=reverse("risk", args=[one.scenario_id]),
            urgent=True,
        )
        for one in actions
    )
    columns = (_("Action"), _("Risk"), _("Who"), _("First due"), _("Due"), _("State"))
    return FactTable(TABLE, _("Actions against risks"), "", columns, rows)


def _state(action: PlanAction, today: date) -> str:
    if action.is_impossible:
        because = action.impossible_because
        return _("Cannot be done: %(why)s") % {"why": because} if because else _("Cannot be done")
    if action.task.due < today:
        return _("Overdue")
    return _("Put off") if action.is_put_off else _("More than twelve months ahead")


def _in_each_language(due: date) -> set[str]:
    words = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.add(day(due))
    return words
