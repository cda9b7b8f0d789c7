"""The rows that a committee's answer is read from: a query a table, the declared columns alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, Q
from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.models import Committee, Holding
from kommissorium.measures.codes import ROLE_NAMES, Measure
from kommissorium.measures.days import year_before
from kommissorium.measures.kinds import MEETING, PARENTS
from kommissorium.measures.rows import TABLES, Row, taken
from kommissorium.measures.told import BORN, DECISION, ITEM
from kommissorium.meetings.models import Attendance
from kommissorium.yearwheel.models import Duty

FIRST: Final = date(1900, 1, 1)
# Roles, and meetings of all committees: incidents ask who met.
EVERYBODYS: Final = {"accounts_person", "accounts_organisationrole", MEETING}


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


def of_committees(committees: Sequence[Committee]) -> dict[str, Q]:
    """Return which rows of each table tell of these committees; of meetings, all."""
    held = Holding.objects.filter(seat__committee__in=committees)
    there = Attendance.objects.filter(meeting__committee__in=committees)
    people = [one.order_by().values("person") for one in (held, there, OrganisationRole.objects)]
    found = {table: Q(**{f"{_way(table)}__in": committees}) for table in TABLES.keys() - EVERYBODYS}
    person = Q(pk__in=people[0]) | Q(pk__in=people[1]) | Q(pk__in=people[2])
    return found | {**dict.fromkeys(EVERYBODYS, Q()), "accounts_person": person}


def _way(table: str) -> str:
    """Return the way from a table's rows to their committee."""
    names = []
    while table in PARENTS:
        column, table = PARENTS[table]
        names.append(column.removesuffix("_id"))
    return "__".join([*names, "committee"])


def _conditions(committee: Committee, first: datetime) -> dict[str, Q]:
    """Return which rows of each table; of any age what is told of later, reports of before, and
    what the chair decided between meetings, with the items that told of it."""
    settled = Q(meeting__call__isnull=False) | Q(meeting__registered_at__isnull=False)
    reported = Q(clause__measure=Measure.EXECUTIVE_REPORTING)
    decided = Q(item__clause__measure=Measure.EXECUTIVE_REPORTING)
    later, chairs = Q(later_weighing__isnull=False), Q(item=None)
    weighed = Q(decided__later_weighing__isnull=False)
    tied = Q(committee=committee, measure="", clause__isnull=False)
    duties = Duty.objects.filter(tied).order_by().values("pk")
    narrower = {
        "accounts_organisationrole": Q(kind__in=ROLE_NAMES),
        "committees_mandate": Q(approved_at__isnull=False),
        "meetings_agendaitem": settled
        & (Q(meeting__starts_at__gte=first) | reported | weighed | Q(subject_kind=DECISION)),
        "meetings_proceedings": Q(item__meeting__starts_at__gte=first)
        | Q(item__subject_kind=DECISION),
        "meetings_attachment": decided,
        "meetings_decision": Q(decided_at__gte=first) | decided | later | chairs,
        "tasks_quartertask": Q(born_kind=ITEM),
        "tasks_task": Q(born_kind__in=BORN),
        "yearwheel_duty": tied,
        "yearwheel_occurrence": Q(duty__in=duties),
        "yearwheel_move": Q(occurrence__duty__in=duties),
    }
    own = of_committees([committee])
    del own["committees_clause"]
    return {table: where & narrower.get(table, Q()) for table, where in own.items()}
