"""Whatever a committee does in whatever order: numbers run on, and what is decided stays.

A machine plans, calls, holds, reviews, approves, cancels and decides as it likes, and tries to
change what may never change. After every step the law of the house must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kommissorium.conftest import Cast, find_cast, time_is
from kommissorium.core.evidence.chain_check import check_database
from kommissorium.core.evidence.models import Record
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.tests.deep import examples
from kommissorium.meetings.actions.agenda import add_item
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.actions.call import add_late_item, withdraw_item
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import (
    AgendaItem,
    Approval,
    Attendance,
    Call,
    Confirmation,
    Decision,
    Meeting,
    Minutes,
    Proceedings,
)
from kommissorium.secretariat.actions.cycle import approve, call, end

FROZEN: tuple[type[models.Model], ...] = (Call, Approval, Confirmation, Decision, Record)
PEOPLE = ("coordinator", "chair", "deputy", "dpo", "member", "auditor")
WEIGHING = {
    "security": "stronger",
    "usability": "harder",
    "economy": "costs",
    "proportion": "fitting",
}


class Committee(RuleBasedStateMachine):
    """The cast's committee, its meetings, and a clock that only goes forward."""

    cast: Cast

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast = find_cast()
        self.now = timezone.now()
        self.seen: dict[tuple[str, int], dict[str, Any]] = {}

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            report = check_database()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)
            assert report.faults == []

    @contextmanager
    def trying(self, moment: datetime | None = None) -> Iterator[None]:
        """Do something at the moment; being refused is an answer like any other."""
        self.now = max(self.now, moment or self.now) + timedelta(minutes=1)
        try:
            with time_is(self.now), transaction.atomic():
                yield
        except (Refused, Conflict, PermissionDenied):
            pass

    def meetings(self, *states: str) -> list[Meeting]:
        found = Meeting.objects.filter(state__in=states).select_related("committee")
        return list(found.order_by("starts_at"))

    def pick(self, index: int, *states: str) -> Meeting | None:
        found = self.meetings(*states)
        return found[index % len(found)] if found else None

    @rule(days=st.integers(20, 200))
    def plan(self, days: int) -> None:
        starts_at = self.now + timedelta(days=days)
        with self.trying():
            plan_meeting(
                self.cast.committee,
                by=self.cast.coordinator,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
                place="Rådhuset",
            )

    @rule(which=st.integers(0, 5), closed=st.booleans())
    def add(self, which: int, closed: bool) -> None:
        meeting = self.pick(which, "planned")
        if meeting:
            with self.trying():
                add_item(
                    meeting,
                    by=self.cast.coordinator,
                    title="Nyt punkt",
                    type=AgendaItem.Type.DECISION,
                    is_closed=closed,
                    closed_ground="Sikkerhed" if closed else "",
                )

    @rule(which=st.integers(0, 5), who=st.sampled_from(PEOPLE))
    def send_call(self, which: int, who: str) -> None:
        meeting = self.pick(which, "planned")
        if meeting:
            with self.trying():
                call(meeting, by=self.cast.who(who), late_because="Vi har travlt")

    @rule(which=st.integers(0, 5), who=st.sampled_from(PEOPLE))
    def come_late(self, which: int, who: str) -> None:
        meeting = self.pick(which, "called", "held")
        if meeting:
            with self.trying():
                add_late_item(
                    meeting,
                    by=self.cast.who(who),
                    late_because="Kom i går",
                    title="Sent punkt",
                    type=AgendaItem.Type.DECISION,
                )

    @rule(which=st.integers(0, 5), number=st.integers(1, 10))
    def withdraw(self, which: int, number: int) -> None:
        meeting = self.pick(which, "called")
        item = meeting and meeting.items.filter(number=number).first()
        if item:
            with self.trying():
                withdraw_item(item, by=self.cast.coordinator, because="Ikke klar")

    @rule(
        which=st.integers(0, 5),
        number=st.integers(1, 10),
        field=st.sampled_from(["outcome", "decision", "not_discussed", "nothing_new", "security"]),
        value=st.sampled_from(["approved", "with_changes", "deferred", "stronger", "tekst", ""]),
        version=st.integers(0, 2),
    )
    def write(self, which: int, number: int, field: str, value: str, version: int) -> None:
        meeting = self.pick(which, "called", "held", "in_review", "approved", "confirmed")
        item = meeting and meeting.items.filter(number=number).first()
        if item:
            with self.trying():
                save_field(item, field, value, by=self.cast.coordinator, version=version)

    @rule(which=st.integers(0, 5), outcome=st.sampled_from(["approved", "rejected", "deferred"]))
    def hold(self, which: int, outcome: str) -> None:
        meeting = self.pick(which, "called")
        if meeting is None:
            return
        with self.trying(meeting.starts_at + timedelta(hours=1)):
            chair = meeting.attendances.filter(person=self.cast.chair)
            chair.update(presence=Attendance.Presence.PRESENT)
            for item in meeting.items.standing().select_related("clause", "meeting__committee"):
                recorded = Proceedings.objects.filter(item=item).first() or Proceedings()
                if item.takes_decisions and not recorded.has_answer:
                    version = recorded.version_of("outcome")
                    by = self.cast.coordinator
                    save_field(item, "outcome", outcome, by=by, version=version)
            end(meeting, by=self.cast.coordinator)

    @rule(which=st.integers(0, 5))
    def review(self, which: int) -> None:
        meeting = self.pick(which, "held", "called", "in_review")
        if meeting:
            with self.trying():
                send_to_review(meeting, by=self.cast.coordinator)

    @rule(which=st.integers(0, 5), who=st.sampled_from(PEOPLE))
    def approve_them(self, which: int, who: str) -> None:
        found = list(Minutes.objects.select_related("meeting__committee"))
        if found:
            with self.trying():
                approve(
                    found[which % len(found)], by=self.cast.who(who), chair_absent_because="Ferie"
                )

    @rule(which=st.integers(0, 5))
    def cancel(self, which: int) -> None:
        meeting = self.pick(which, "planned", "called", "held", "approved")
        if meeting:
            with self.trying():
                cancel_meeting(meeting, by=self.cast.coordinator, because="Sygdom")

    @rule(who=st.sampled_from(PEOPLE), closed=st.booleans())
    def decide(self, who: str, closed: bool) -> None:
        with self.trying():
            decide_as_chair(
                self.cast.committee,
                by=self.cast.who(who),
                title="Ny procedure",
                text="<p>Den gælder fra i dag.</p>",
                why_now="Et udbud venter",
                is_impartial=True,
                weighing=WEIGHING,
                chair_absent_because="Ferie",
                is_closed=closed,
                closed_ground="Sikkerhed" if closed else "",
            )

    @precondition(lambda self: Record.objects.filter(kind__startswith="meetings.").exists())
    @rule(index=st.integers(0, 50), way=st.sampled_from(["update", "delete", "save"]))
    def tamper(self, index: int, way: str) -> None:
        rows = [row for model in FROZEN for row in model._default_manager.order_by("pk")]
        row = rows[index % len(rows)]
        field = next(f for f in row._meta.fields if f.name in {"at", "title"})
        with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
            if way == "delete":
                type(row)._default_manager.filter(pk=row.pk)._raw_delete("default")
            else:
                value = self.now if field.name == "at" else "ændret"
                if way == "save":
                    setattr(row, field.name, value)
                    row.save()
                else:
                    type(row)._default_manager.filter(pk=row.pk).update(**{field.name: value})

    @invariant()
    def what_is_frozen_stays(self) -> None:
        if not hasattr(self, "seen"):
            return
        for model in FROZEN:
            for values in model._default_manager.values():
                key = (model.__name__, values[model._meta.pk.attname])
                assert self.seen.setdefault(key, values) == values
        total = sum(model._default_manager.count() for model in FROZEN)
        assert total == len(self.seen)

    @invariant()
    def numbers_run_without_gaps(self) -> None:
        if not hasattr(self, "seen"):
            return
        by_year: dict[int, list[int]] = {}
        for year, number in Meeting.objects.exclude(number=None).values_list("year", "number"):
            by_year.setdefault(year, []).append(number)
        for numbers in by_year.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))
        for meeting in Meeting.objects.exclude(number=None):
            numbers = list(meeting.items.values_list("number", flat=True))
            assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def an_item_has_one_decision_and_a_decision_one_number(self) -> None:
        if not hasattr(self, "seen"):
            return
        numbers = list(Decision.objects.values_list("number", flat=True))
        assert len(numbers) == len(set(numbers))
        closed = Meeting.objects.filter(state__in=Meeting.CLOSED)
        decided = Proceedings.objects.filter(item__meeting__in=closed).exclude(outcome="")
        decided = decided.filter(item__withdrawn_because="")
        assert Decision.objects.exclude(item=None).count() == decided.count()
        for decision in Decision.objects.exclude(item=None).select_related("item__proceedings"):
            assert decision.outcome == decision.item.proceedings.outcome

    @invariant()
    def what_is_left_comes_again_once(self) -> None:
        if not hasattr(self, "seen"):
            return
        carried = AgendaItem.objects.exclude(carried_from=None).exclude(meeting__state="cancelled")
        sources = list(carried.values_list("carried_from", flat=True))
        assert len(sources) == len(set(sources))


@pytest.mark.django_db
def test_no_order_of_acts_changes_what_is_decided(cast):
    run_state_machine_as_test(
        Committee,
        settings=settings(
            max_examples=examples(6, 12),
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
