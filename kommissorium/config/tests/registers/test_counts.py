"""The counts kept of each register match its rows, whatever was done in any order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kommissorium.accounts.actions import close_login, reopen_login
from kommissorium.accounts.models import Person
from kommissorium.assets.actions.agreements import AgreementValues, add_agreement, end_agreement
from kommissorium.assets.actions.assets import add_asset, change_asset, end_asset
from kommissorium.assets.actions.attestation.answer import Given, answer_for
from kommissorium.assets.actions.attestation.round import open_round
from kommissorium.assets.actions.documents import add_document, unwaive, waive
from kommissorium.assets.actions.owners import appoint, release
from kommissorium.assets.actions.suppliers import SupplierValues, add_supplier
from kommissorium.assets.models import (
    WANTED_ROLES,
    Agreement,
    Asked,
    Asset,
    Kind,
    Ownership,
    Required,
    Statement,
)
from kommissorium.conftest import Cast, find_cast
from kommissorium.core.refusals import Conflict, Refused
from kommissorium.core.tests.deep import examples
from kommissorium.policies.tests import cases as policies
from kommissorium.readings.actions.readings import choose_audience, confirm_reading
from kommissorium.registers.counts import counts_now
from kommissorium.registers.installed import registers
from kommissorium.risks.actions.acceptances import withdraw_acceptance
from kommissorium.risks.actions.plans import add_action, say_impossible, say_possible
from kommissorium.risks.models import Acceptance, PlanAction, Scenario
from kommissorium.risks.tests.acceptance_cases import accept, propose
from kommissorium.risks.tests.assessment_cases import add_risk, approve, make_draft
from kommissorium.risks.tests.test_levels import approved
from kommissorium.tasks.actions import drop_task, finish_task, reopen_task

KINDS = (Kind.SYSTEM, Kind.SYSTEM, Kind.DATA_SET, Kind.ARCHIVE)
OWNERS = ("system_owner", "member", "employee")
WHICH = st.integers(0, 30)
DAY = timedelta(days=1)


class Municipality(RuleBasedStateMachine):
    """A municipality's acts on its assets, its risks and its people."""

    cast: Cast

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast = find_cast()
        self.today = timezone.localdate()
        for number in range(3):
            self.add(number)
            self.own(number, number)
        self.guideline = policies.approved(self.cast)
        self.assess(0, 4)
        self.plan(0)
        open_round(by=self.cast.coordinator, title="Svar", due=self.today + 30 * DAY)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Do something; a refusal is an answer like any other."""
        try:
            with transaction.atomic():
                yield
        except (Refused, Conflict, PermissionDenied):
            pass

    def pick[M: models.Model](self, rows: models.QuerySet[M], which: int) -> Iterator[M]:
        """Give one of the rows, if there is any."""
        found = list(rows.order_by("pk"))
        if found:
            yield found[which % len(found)]

    @property
    def assets(self) -> models.QuerySet[Asset]:
        return Asset.objects.in_register()

    @rule(which=WHICH)
    def add(self, which: int) -> None:
        values = {"name": f"Nr. {Asset.objects.count()}", "criticality": "business"}
        kind = KINDS[which % len(KINDS)]
        add_asset(by=self.cast.coordinator, kind=kind, values=values)

    @rule(which=WHICH, criticality=st.sampled_from(["society", "none"]))
    def value(self, which: int, criticality: str) -> None:
        for asset in self.pick(self.assets, which):
            version, values = asset.edit_version, {"criticality": criticality}
            with self.trying():
                change_asset(asset, by=self.cast.coordinator, values=values, edit_version=version)

    @rule(which=WHICH, who=WHICH)
    def own(self, which: int, who: int) -> None:
        for asset in self.pick(self.assets, which):
            role, owner = min(WANTED_ROLES[Kind(asset.kind)]), OWNERS[who % len(OWNERS)]
            with self.trying():
                appoint(asset, role, self.cast.who(owner), by=self.cast.coordinator)

    @rule(which=WHICH)
    def disown(self, which: int) -> None:
        for held in self.pick(Ownership.objects.current(), which):
            with self.trying():
                release(held, by=self.cast.coordinator)

    @rule(which=WHICH)
    def take_out(self, which: int) -> None:
        for asset in self.pick(self.assets, which):
            with self.trying():
                end_asset(asset, by=self.cast.coordinator, because="Er lukket")

    @rule(who=WHICH)
    def leave_or_return(self, who: int) -> None:
        person = Person.objects.get(pk=self.cast.who(OWNERS[who % len(OWNERS)]).pk)
        with self.trying():
            turn = close_login if person.is_active else reopen_login
            turn(person, by=self.cast.administrator)

    @rule(which=WHICH, is_old=st.booleans())
    def document(self, which: int, is_old: bool) -> None:
        for one in self.pick(Required.objects.filter(asset__ended_on=None), which):
            dated, until = (-60, -1) if is_old else (0, 60)
            with self.trying():
                add_document(
                    one.asset,
                    one.type,
                    by=self.cast.coordinator,
                    source="link",
                    url="https://esdh.tryllerup.example/7",
                    label="Sagen",
                    dated_on=self.today + dated * DAY,
                    review_by=self.today + until * DAY,
                )

    @rule(which=WHICH)
    def waive_or_not(self, which: int) -> None:
        for one in self.pick(Required.objects.filter(asset__ended_on=None), which):
            with self.trying():
                if one.waived_at:
                    unwaive(one, by=self.cast.coordinator)
                else:
                    waive(one, by=self.cast.coordinator, because="Er ikke nødvendigt")

    @rule(is_for_owners=st.booleans())
    def ask_to_read(self, is_for_owners: bool) -> None:
        with self.trying():
            groups = ["owners"] if is_for_owners else ["executive"]
            choose_audience(
                self.guideline.document, groups=groups, areas=[], by=self.cast.coordinator
            )

    @rule(which=WHICH)
    def read(self, which: int) -> None:
        for held in self.pick(Ownership.objects.current(), which):
            with self.trying():
                confirm_reading(self.guideline, by=held.person)

    @rule(which=WHICH)
    def answer(self, which: int) -> None:
        for asked in self.pick(Asked.objects.filter(round__closed_at=None), which):
            keys = Statement.objects.filter(asked=asked).values_list("asset", flat=True)
            with self.trying():
                given = {key: Given("correct", "") for key in keys}
                answer_for(asked, given, by=asked.person)

    @rule(days=st.integers(-30, 30))
    def agree(self, days: int) -> None:
        name = f"Leverandør {Agreement.objects.count()}"
        with self.trying():
            supplier = add_supplier(by=self.cast.coordinator, values=SupplierValues(name=name))
            values = AgreementValues(
                title="Drift",
                oversight_model="isae_3000",
                next_oversight=self.today + days * DAY,
                responsible=self.cast.coordinator,
            )
            add_agreement(supplier, by=self.cast.coordinator, values=values)

    @rule(which=WHICH)
    def end_an_agreement(self, which: int) -> None:
        for one in self.pick(Agreement.objects.in_force(), which):
            with self.trying():
                end_agreement(one, by=self.cast.coordinator, because="Er sagt op")

    @rule(which=WHICH, score=st.integers(2, 4))
    def assess(self, which: int, score: int) -> None:
        owned = self.assets.filter(ownerships__role="system_owner", ownerships__to_date=None)
        for asset in self.pick(owned, which):
            with self.trying():
                draft = make_draft(self.cast, asset)
                add_risk(draft, self.cast, likelihood=score)
                add_risk(draft, self.cast, "Strømsvigt", availability_organisation=score)
                approve(self.cast, draft)

    @rule()
    def lay_down_a_level(self) -> None:
        with self.trying():
            approved(self.cast)

    @rule(which=WHICH, days=st.integers(5, 90))
    def accept_one(self, which: int, days: int) -> None:
        for risk in self.pick(Scenario.objects.in_force(), which):
            with self.trying():
                until = self.today + days * DAY
                proposal = propose(self.cast, [risk], expires_on=until, amount=20_000)
                accept(proposal, by=self.cast.chair)

    @rule(which=WHICH)
    def accept_no_longer(self, which: int) -> None:
        for one in self.pick(Acceptance.objects.standing(), which):
            with self.trying():
                withdraw_acceptance(one, by=self.cast.chair, because="Pengene er brugt")

    @rule(which=WHICH)
    def plan(self, which: int) -> None:
        for risk in self.pick(Scenario.objects.in_force(), which):
            with self.trying():
                due, owner = self.today + 30 * DAY, self.cast.member
                add_action(risk, by=self.cast.coordinator, title="Gør noget", owner=owner, due=due)

    @rule(which=WHICH, is_done=st.booleans())
    def end_or_open_a_task(self, which: int, is_done: bool) -> None:
        for action in self.pick(PlanAction.objects.select_related("task"), which):
            with self.trying():
                if action.task.state != "open":
                    reopen_task(action.task, by=self.cast.coordinator, because="Det mangler")
                elif is_done:
                    finish_task(action.task, by=self.cast.coordinator, word="Det er gjort")
                else:
                    drop_task(action.task, by=self.cast.coordinator, because="Det skal ikke gøres")

    @rule(which=WHICH)
    def say_what_is_possible(self, which: int) -> None:
        for action in self.pick(PlanAction.objects.select_related("task"), which):
            with self.trying():
                if action.impossible_at:
                    say_possible(action, by=self.cast.coordinator)
                else:
                    say_impossible(action, by=self.cast.coordinator, because="Ingen kan det")

    @invariant()
    def what_is_kept_is_what_is_there(self) -> None:
        if hasattr(self, "savepoint"):
            assert counts_now() == {one.code: one.counts.on(self.today) for one in registers()}


@pytest.mark.django_db
def test_no_order_of_acts_leaves_a_number_behind(cast):
    run_state_machine_as_test(
        Municipality,
        settings=settings(
            max_examples=examples(4, 8),
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
