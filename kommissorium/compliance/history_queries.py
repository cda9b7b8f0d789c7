"""The queries for a committee's history: a date and ten years of months cost the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from kommissorium.committees.models import Clause, Committee, Mandate
from kommissorium.compliance.answer_rows import rows_of
from kommissorium.compliance.history import CommitteeHistory
from kommissorium.core.evidence.models import Record
from kommissorium.measures.activities import RESULT
from kommissorium.measures.beginnings import BEGINNING_ACTS, MUNICIPALITY
from kommissorium.measures.committee_past import past_of
from kommissorium.measures.kinds import MANDATE_APPROVED
from kommissorium.measures.meetings import Kept
from kommissorium.measures.past import ActAbout
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.rows import Row
from kommissorium.measures.tasks import ACTS as OF_TASKS
from kommissorium.measures.terms import ROLE_ACTS, SEAT_ACTS
from kommissorium.measures.told import MEETING, OF_MEETINGS, OF_SEVERAL, Told, records_about
from kommissorium.registers.activity_events import results_telling_of
from kommissorium.registers.counts import counts_now
from kommissorium.registers.installed import register_of
from kommissorium.registers.past import past_events
from kommissorium.registers.status import figures_telling_of
from kommissorium.yearwheel.models import Evidence

COMMITTEE, PERSON, TASK = "committees.committee", "accounts.person", "tasks.task"
FIGURES: Final = ".figures_kept"  # how the acts end that keep figures of a day


def history_of(committee: Committee, on: date | None = None) -> CommitteeHistory:
    """Fetch the committee's past as it is known today, in a fixed number of queries.

    For who asks about the day `on` alone, what tells nothing of it is left: registers' figures of
    other days, and items and decisions of more than a year before.
    """
    rows = rows_of(committee, on)
    mandates = Mandate.objects.approved().filter(committee=committee).defer("source_text")
    clauses = list(_clauses(rows))
    told = Told(
        rows=rows,
        events=past_events(_events_about(committee, rows) | _events_of_registers(on)),
        hashes=_hashes(rows),
        local_day=timezone.localdate,
        today=timezone.localdate(),
        counts=counts_now(),
        records=_records(),
        count=lambda code, day: register_of(code).counts.on(day),
        shown=_evidence(rows["yearwheel_occurrence"]),
    )
    return CommitteeHistory(
        **past_of(committee.pk, told, clauses),
        mandate_rows={one.pk: one for one in mandates.select_related("approved_by")},
        clause_rows={one.pk: one for one in clauses},
        told=told,
    )


def _clauses(rows: Mapping[str, Sequence[Row]]) -> Any:
    """Return the clauses of the mandates, and those that duties are tied to."""
    tied = Q(pk__in=[one["clause_id"] for one in rows["yearwheel_duty"]])
    own = Q(mandate__in=[one["id"] for one in rows["committees_mandate"]])
    return Clause.objects.filter(own | tied).order_by("position")


def _hashes(rows: Mapping[str, Sequence[Row]]) -> dict[int, str]:
    """Return the hashes of the records that rows name, by key."""
    named = {row["record_id"] for table in rows.values() for row in table if "record_id" in row}
    return dict(Record.objects.filter(pk__in=named).values_list("pk", "content_hash"))


def _records() -> dict[str, list[Kept]]:
    """Return the frozen records by what they are about, but those that rules know by themselves."""
    names = ("object_kind", "object_id", "pk", "content_hash", "event_id", "at")
    rows = Record.objects.exclude(object_kind__in=OF_SEVERAL).order_by().values_list(*names)
    return records_about(
        (kind, key, Kept(record, digest, event, timezone.localdate(at)))
        for kind, key, record, digest, event, at in rows
    )


def _evidence(occurrences: Sequence[Row]) -> dict[int, tuple[tuple[str, str], ...]]:
    shown: dict[int, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for one in Evidence.objects.filter(occurrence__in=[row["id"] for row in occurrences]):
        shown[one.occurrence_id] += ((one.label, one.address),)
    return shown


def _events_about(committee: Committee, rows: Mapping[str, Sequence[Row]]) -> Q:
    """Return the events about the committee, its meetings and tasks, people with a role, and mandates."""
    meetings = [
        one["id"] for one in rows["meetings_meeting"] if one["committee_id"] == committee.pk
    ]
    people = {one["person_id"] for one in rows["accounts_organisationrole"]}
    about = (
        (OF_MEETINGS, MEETING, meetings),
        (SEAT_ACTS, COMMITTEE, [committee.pk]),
        (ROLE_ACTS, PERSON, people),
        (BEGINNING_ACTS, MUNICIPALITY, [1]),
        (OF_TASKS, TASK, [one["id"] for one in rows["tasks_task"]]),
    )
    asked = (
        Q(act__in=acts, object_kind=kind, object_id__in=[str(key) for key in keys])
        for acts, kind, keys in about
    )
    return reduce(or_, asked, Q(act=MANDATE_APPROVED))


def _events_of_registers(on: date | None) -> Q:
    """Return the events about registers; of their figures those that tell of the day."""
    asked = {one for register in REGISTERS for one in register.acts}
    acts = {one for one in asked if isinstance(one, str)}
    narrow = [one for one in asked if isinstance(one, ActAbout)]
    wanted = reduce(or_, (Q(act=one.act, object_kind=one.kind) for one in narrow), Q())
    if on is None:
        return wanted | Q(act__in=acts)
    others = [act for act in acts if not act.endswith(FIGURES) and act != RESULT]
    figures = Q(pk__in=[*figures_telling_of(on), *results_telling_of(on)])
    return wanted | Q(act__in=others) | figures
