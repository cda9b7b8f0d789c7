"""The rows that a committee's answer is read from: a query a table, the declared columns alone."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, Q
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.models import Committee, Holding
from kommissorium.measures.codes import ROLE_NAMES, Measure
from kommissorium.measures.days import year_before
from kommissorium.measures.rows import TABLES, Row, taken
from kommissorium.measures.told import BORN, ITEM
from kommissorium.meetings.models import Attendance
from kommissorium.yearwheel.models import Duty, Occurrence

FIRST: Final = date(1900, 1, 1)


def rows_of(committee: Committee, on: date | None = None) -> dict[str, list[Row]]:
    """Return the rows, by table; for who asks about a day alone, those that tell of its year.

    Clauses are no part of it: they are read as models.
    """
    asked = _conditions(committee, _first_moment(on))
    models = {one._meta.db_table: one for one in apps.get_models()}  # noqa: SLF001
    return {table: taken_from(models[table], where) for table, where in asked.items()}


def taken_from(model: type[Model], where: Q) -> list[Row]:
    """Return the declared columns of a table's rows, as facts hold them."""
    columns, zone = TABLES[model._meta.db_table], timezone.get_current_timezone()  # noqa: SLF001
    hows = tuple(columns.values())
    rows: Any = model._default_manager.filter(where).order_by()  # noqa: SLF001
    return [
        {"id": key}
        | {name: taken(one, how, zone) for name, one, how in zip(columns, row, hows, strict=True)}
        for key, *row in rows.values_list("pk", *columns)
    ]


def _first_moment(on: date | None) -> datetime:
    """Return when the twelve months began that the rules look at; for no day all there is."""
    begins = year_before(on) if on and on.year > FIRST.year else FIRST
    return timezone.make_aware(datetime.combine(begins, time()))


def _conditions(committee: Committee, first: datetime) -> dict[str, Q]:
    """Return which rows of each table; of any age what is told of later, and reports of before."""
    roles = OrganisationRole.objects.filter(kind__in=ROLE_NAMES)
    held = Holding.objects.filter(seat__committee=committee)
    there = Attendance.objects.filter(meeting__committee=committee, presence="present")
    people = [one.order_by().values("person") for one in (roles, held, there)]
    own, of_meeting = Q(committee=committee), Q(meeting__committee=committee)
    settled = Q(meeting__call__isnull=False) | Q(meeting__registered_at__isnull=False)
    reported = Q(clause__measure=Measure.EXECUTIVE_REPORTING)
    decided = Q(item__clause__measure=Measure.EXECUTIVE_REPORTING)
    later = Q(later_weighing__isnull=False)
    tied = Q(committee=committee, measure="", clause__isnull=False)
    duties = Duty.objects.filter(tied).order_by().values("pk")
    times = Occurrence.objects.filter(duty__in=duties).order_by().values("pk")
    return {
        "accounts_person": Q(pk__in=people[0]) | Q(pk__in=people[1]) | Q(pk__in=people[2]),
        "accounts_organisationrole": Q(kind__in=ROLE_NAMES),
        "committees_mandate": own & Q(approved_at__isnull=False),
        "committees_seat": own,
        "committees_holding": Q(seat__committee=committee),
        "meetings_meeting": Q(),  # of all committees: incidents ask who met
        "meetings_call": of_meeting,
        "meetings_minutes": of_meeting,
        "meetings_approval": Q(minutes__meeting__committee=committee),
        "meetings_registration": of_meeting,
        "meetings_attendance": of_meeting,
        "meetings_agendaitem": of_meeting
        & settled
        & (Q(meeting__starts_at__gte=first) | reported | Q(decided__later_weighing__isnull=False)),
        "meetings_proceedings": Q(
            item__meeting__committee=committee, item__meeting__starts_at__gte=first
        ),
        "meetings_confirmation": Q(item__meeting__committee=committee),
        "meetings_attachment": Q(item__meeting__committee=committee) & decided,
        "meetings_decision": own & (Q(decided_at__gte=first) | decided | later),
        "meetings_laterweighing": Q(decision__committee=committee),
        "tasks_quartertask": own & Q(born_kind=ITEM),
        "tasks_task": own & Q(born_kind__in=BORN),
        "yearwheel_duty": tied,
        "yearwheel_occurrence": Q(duty__in=duties),
        "yearwheel_move": Q(occurrence__in=times),
    }
