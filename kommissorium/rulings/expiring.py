"""Dispensations that run out: they come back to the committee that gave them, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.measures.days import add_months
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.meetings.models import AgendaItem, Decision, RowChoice
from kommissorium.meetings.rows_to_choose import Chosen, OfferedRow, keys_at_call
from kommissorium.registers.agenda import AgendaContext, ReturningItem, Tables
from kommissorium.registers.choosing import END, EXTEND, LEAST_GAIN, RETURN, ReturningRows, ways
from kommissorium.rulings.actions.rulings import (
    end_by_decision,
    extend_by_decision,
    refuse_renewal,
    values_until,
)
from kommissorium.rulings.models import SOON, YEARS, Dispensation

KEY: Final = "rulings.dispensation:{}"


class ExpiringDispensations(ReturningRows):
    """The dispensations that run out within 60 days of the meeting, or have.

    For each the committee chooses: it is extended, ended, or comes to the next meeting again.
    """

    kind = "rulings.expiring"
    known_as = gettext_lazy("Dispensations that run out")

    def is_due(self, context: AgendaContext) -> bool:
        return expiring(context).exists()

    def item(self) -> ReturningItem:
        return ReturningItem(
            title=_("Dispensations that run out"),
            recommendation="",
            link=f"{reverse('dispensations')}?expiring=1",
        )

    def facts(self, keys: Iterable[str], context: AgendaContext) -> Mapping[str, Tables]:
        rows = expiring(context).select_related("document").order_by("last_day", "pk")
        return dict.fromkeys(keys, (expiring_table(rows, context),))

    def offered(self, item: AgendaItem) -> Sequence[OfferedRow]:
        seen = keys_at_call(item)
        if seen is None:
            rows: Any = expiring(AgendaContext(item.meeting, [item]))
        else:
            given = Dispensation.objects.filter(committee=item.meeting.committee_id)
            rows = given.filter(state="approved", in_force_to=None)
        found = rows.select_related("document", "area", "asset", "made_by")
        ordered = found.order_by("last_day", "pk")
        return [_row(one) for one in ordered if seen is None or KEY.format(one.pk) in seen]

    def refuse(self, item: AgendaItem, key: str, chosen: Chosen, *, by: Person) -> None:
        if chosen.code == EXTEND and chosen.day:
            found = Dispensation.objects.get(pk=int(key.partition(":")[2]))
            _refuse_until(found, chosen.day, by)

    def carry(self, choice: RowChoice, decision: Decision, *, by: Person) -> None:
        found = Dispensation.objects.get(pk=choice.thing)
        if choice.code == EXTEND and choice.day:
            extend_by_decision(found, choice.day, decision, put=choice.chosen_by, by=by)
        elif choice.code == END:
            end_by_decision(found, decision, by=by)


def expiring(context: AgendaContext) -> QuerySet[Dispensation]:
    """Return those that the meeting's committee gave and that run out within 60 days of it."""
    given = Dispensation.objects.filter(committee=context.meeting.committee_id)
    return given.running_out(context.met + SOON)


def expiring_table(rows: Iterable[Dispensation], context: AgendaContext) -> FactTable:
    """Return dispensations as a table, those that have run out marked."""
    found = tuple(
        FactRow(
            KEY.format(one.pk),
            (
                one.rule,
                one.place,
                one.measure,
                day(one.last_day),
                _("Has run out") if one.last_day < context.today else _("Expires soon"),
            ),
            one.get_absolute_url(),
            urgent=one.last_day < context.today,
        )
        for one in rows
    )
    columns = (_("Rule"), _("Where"), _("What is done instead"), _("Last day"), _("State"))
    return FactTable("dispensations_expiring", _("Dispensations that run out"), "", columns, found)


def _row(one: Dispensation) -> OfferedRow:
    thing = {"rule": one.rule, "where": one.place}
    return OfferedRow(
        key=KEY.format(one.pk),
        title=f"{one.rule} ({one.place})",
        facts=((_("What is done instead"), one.measure), (_("Last day"), day(one.last_day))),
        options=ways(
            extend=_("extend the dispensation from %(rule)s (%(where)s) to") % thing,
            end=_("end the dispensation from %(rule)s (%(where)s)") % thing,
            put_off=_("put the dispensation from %(rule)s (%(where)s) off to the next meeting")
            % thing,
        ),
        proposed=partial(_proposed, one),
        link=one.get_absolute_url(),
    )


def _proposed(one: Dispensation) -> Chosen:
    """Return what is recommended: a year more, within what one may last, if it may be."""
    today = timezone.localdate()
    until = min(add_months(one.last_day, 12), add_months(today, 12 * YEARS))
    if until < max(one.last_day, today) + LEAST_GAIN:
        return Chosen(RETURN)
    try:
        _refuse_until(one, until, one.made_by)
    except Refused:
        return Chosen(RETURN)
    return Chosen(EXTEND, until)


def _refuse_until(found: Dispensation, until: date, by: Person) -> None:
    """Raise Refused where it could not be extended to the day today."""
    if until <= found.last_day:
        text = _("It holds until %(day)s already. Choose a later day.")
        raise Refused(text % {"day": day(found.last_day)})
    refuse_renewal(found, values_until(found, until), by)
