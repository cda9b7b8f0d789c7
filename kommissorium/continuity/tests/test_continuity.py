"""Services, plans, tests, evaluations and paper: what holds, and what is refused in words."""

from __future__ import annotations

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from kommissorium.assets.models import AssetDocument
from kommissorium.conftest import PEOPLE
from kommissorium.continuity.actions.plans import draft_plans, note_copy, return_copy
from kommissorium.continuity.actions.services import add_service, change_service, retire_service
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.kind import TEST_PLAN
from kommissorium.continuity.lines import rows_of, tidy_calls, tidy_steps
from kommissorium.continuity.models import ContinuityPlan, ContinuityTest, Service
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.service_status import Standing, statuses_of, warnings_of
from kommissorium.continuity.tests.cases import (
    ALARM,
    RESTORE,
    approved,
    approved_plans,
    drafted,
    drafted_plans,
    evaluated,
    hold,
    named,
    plan_values,
    service,
    service_values,
    system,
    write_plans,
)
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.activities import draft_evaluation
from kommissorium.registers.tests.activity_cases import decision_on
from kommissorium.yearwheel.models import Occurrence


@pytest.mark.parametrize("phone", ["ring til Ole", "12", "12 34 56 78x", ""])
def test_a_phone_number_with_letters_is_refused_by_line(phone):
    with pytest.raises(Refused) as refused:
        tidy_calls(f"Vagten; 112\nOle; {phone}", "calls")
    assert "2" in str(refused.value.errors["calls"])


def test_lines_are_kept_in_their_order_and_tidied():
    text = tidy_calls(" Vagten ;+45 12 34 56 78\n\nOle; (33) 44-55; hverdage", "calls")
    assert [row[0] for row in rows_of(text)] == ["Vagten", "Ole"]
    assert rows_of(text)[0][2] == ""
    for bad in ("Kun hvem", "Hvem; hvad; hvor; mere", "; hvad"):
        with pytest.raises(Refused):
            tidy_steps(bad, "recovery")


@pytest.mark.parametrize(
    ("field", "value"),
    [("mtd", 0), ("mtd", -3), ("mtd", 9000), ("title", ""), ("calls", "Ole; nej")],
)
def test_a_service_that_makes_no_sense_is_refused(cast, field, value):
    with pytest.raises(Refused) as refused:
        add_service(by=cast.coordinator, values=service_values(cast, **{field: value}))
    assert field in refused.value.errors


def test_what_is_typed_wrong_stands_beside_its_field_and_nothing_is_lost(cast, client_of):
    typed = {
        "title": "Hjemmepleje",
        "impact": "Meget",
        "criticality": "society",
        "mtd": "-4",
        "responsible": cast.member.pk,
        "calls": "Ole; nej",
        "systems": "Findes ikke",
    }
    answer = client_of("coordinator").post(reverse("continuity_service_new"), typed)
    assert answer.status_code == 400
    assert {"mtd", "systems"} <= answer.context["form"].errors.keys()
    assert "Findes ikke" in answer.content.decode()
    typed |= {"mtd": "4", "systems": ""}
    answer = client_of("coordinator").post(reverse("continuity_service_new"), typed)
    assert answer.status_code == 400 and answer.context["form"].errors["calls"]


def test_a_system_that_is_back_too_late_is_kept_with_a_warning(cast):
    slow, unsaid = system(cast, "Langsom", rto=24), system(cast, "Uvis", rto=None)
    found = service(cast, mtd=8, systems=[slow, unsaid, system(cast)])
    told = " ".join(warnings_of(found))
    assert "Langsom" in told and "Uvis" in told and "Omsorg" not in told


def test_how_a_service_stands(cast):
    found = service(cast)

    def standing() -> Standing:
        found.refresh_from_db()
        return statuses_of([found], timezone.localdate())[0].standing

    assert standing() == Standing.LACKING
    approved_plans(cast, found, recovery="")
    assert standing() == Standing.LACKING
    approved_plans(cast, found)
    assert standing() == Standing.COVERED
    change_service(
        found, by=cast.coordinator, values=service_values(cast, mtd=None), edit_version=1
    )
    assert standing() == Standing.UNASSESSED


def test_a_draft_is_read_by_its_writers_and_a_service_by_those_of_the_register(cast):
    drafted_plans(cast)
    services, plans = (
        {name for name in PEOPLE if model.objects.visible_to(cast.who(name)).exists()}
        for model in (Service, ContinuityPlan)
    )
    assert {*PEOPLE} - services == {"administrator", "employee"}
    assert plans == {"coordinator", "system_owner"}


def test_what_is_proposed_of_plans_never_changes_and_approved_it_stays(cast):
    found = drafted_plans(cast)
    PLAN.propose(found, cast.committee, by=cast.coordinator)
    rows = ContinuityPlan.objects.filter(pk=found.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(recovery="Andet")
    PLAN.approve(found, decision_on(cast, PLAN, found), by=cast.chair)
    for changes in ({"state": "draft"}, {"no_recovery": "Nej"}, {"in_force_from": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**changes)


def test_who_wrote_the_plans_does_not_approve_them_alone(cast):
    found = service(cast, responsible=cast.chair)
    made = draft_plans(found, by=cast.chair)
    write_plans(made, cast.chair, plan_values())
    PLAN.propose(made, cast.committee, by=cast.coordinator)
    decision = decision_on(cast, PLAN, made)
    with pytest.raises(Refused):
        PLAN.decide(decision, by=cast.chair)


def test_steps_and_no_plan_are_not_both_said_and_something_is(cast):
    found = draft_plans(service(cast), by=cast.coordinator)
    with pytest.raises(Refused):
        write_plans(found, cast.coordinator, plan_values(no_recovery="Ingen"))
    nothing = plan_values(contingency="", emergency="", recovery="")
    write_plans(found, cast.coordinator, nothing)
    with pytest.raises(Refused):
        PLAN.propose(found, cast.committee, by=cast.coordinator)
    with pytest.raises(Refused):
        draft_plans(found.service, by=cast.coordinator)
    with pytest.raises(PermissionDenied):
        draft_plans(found.service, by=cast.auditor)


def test_approved_it_is_the_systems_document_and_its_review_a_duty(cast):
    asset = system(cast)
    first = approved_plans(cast, service(cast, systems=[asset]))
    documents = AssetDocument.objects.live().filter(asset=asset, by_register=True)
    assert [one.object_id for one in documents] == [str(first.pk)]
    second = approved_plans(cast, first.service)
    assert [one.object_id for one in documents.all()] == [str(second.pk)]
    waiting = Occurrence.objects.open().filter(source=f"continuity.service:{first.service_id}")
    assert [one.due for one in waiting] == [second.review_by]


def test_a_service_taken_out_is_reviewed_no_more(cast):
    found = approved_plans(cast).service
    retire_service(found, by=cast.coordinator, because="Den er lagt sammen med en anden.")
    assert not Occurrence.objects.open().filter(source=f"continuity.service:{found.pk}").exists()
    with pytest.raises(PermissionDenied):
        draft_plans(type(found).objects.get(pk=found.pk), by=cast.coordinator)


def test_a_changed_plan_tells_who_holds_a_printed_copy(cast):
    first = approved_plans(cast)
    values = {
        "service": None,
        "holder": cast.member,
        "place": "Vagten",
        "printed_on": timezone.localdate(),
    }
    copy = note_copy(by=cast.coordinator, values=values)
    gone = note_copy(by=cast.coordinator, values=values | {"holder": cast.dpo})
    return_copy(gone, by=cast.coordinator)
    approved_plans(cast, first.service)
    mails = OutboxMail.objects.filter(kind="continuity.copy_outdated")
    assert [one.recipient for one in mails] == [copy.holder.email]
    assert "70 10" not in mails[0].body
    later = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused):
        note_copy(by=cast.coordinator, values=values | {"printed_on": later})


def test_a_test_of_plans_there_are_none_of_is_refused(cast):
    found = service(cast)
    test = named(approved(cast, {**RESTORE, "service": found}), "Genskab")
    with pytest.raises(Refused) as refused:
        hold(test, cast.coordinator, actual_rto=2)
    assert "held_on" in refused.value.errors
    approved_plans(cast, found)
    hold(test, cast.coordinator, actual_rto=2)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("actual_rto", {"actual_rto": -1}),
        ("actual_rto", {"actual_rto": None}),
        ("actual_rpo", {"actual_rto": 1, "actual_rpo": -2}),
        ("outcome", {"actual_rto": 9, "outcome": "met"}),
    ],
)
def test_times_below_zero_and_a_missed_target_that_is_called_reached_are_refused(
    cast, field, values
):
    found = service(cast, systems=[system(cast, rto=4)])
    approved_plans(cast, found)
    test = named(approved(cast, {**RESTORE, "service": found}), "Genskab")
    with pytest.raises(Refused) as refused:
        hold(test, cast.coordinator, **values)
    assert field in refused.value.errors
    test.refresh_from_db()
    assert test.held_on is None


def test_the_targets_are_those_of_the_systems_and_stay_with_the_test(cast):
    found = service(cast, systems=[system(cast, rto=4), system(cast, "Net", rto=6)], mtd=5)
    approved_plans(cast, found)
    test = named(approved(cast, {**RESTORE, "service": found}), "Genskab")
    hold(test, cast.coordinator, actual_rto=6, actual_rpo=1, outcome="not_met")
    test.refresh_from_db()
    assert (test.target_rto, test.target_rpo, test.is_missed) == (5, 1, True)
    made = draft_evaluation(EVALUATION, by=cast.coordinator, test_id=test.pk)
    assert len(made.test.title) > 1
    with pytest.raises(Refused):
        draft_evaluation(EVALUATION, by=cast.coordinator, test_id=test.pk)


def test_a_real_activation_cannot_be_planned(cast):
    plan = drafted(cast, {}, {**ALARM, "sort": "activation"})
    assert len(type(plan).slug) and plan.activities.filter(sort="activation").exists()
    assert len(TEST_PLAN.lacks(plan)) == 1


def test_the_package_opens_on_paper_without_the_program(cast, client_of):
    approved_plans(cast)
    service(cast, title="Uden planer")
    answer = client_of("member").get(reverse("continuity_package"))
    with ZipFile(io.BytesIO(answer.content)) as found:
        names = found.namelist()
        assert len(names) == 2 and names[0].startswith("00-")
        assert all(found.read(name).startswith(b"%PDF") for name in names)
    assert client_of("system_owner").get(reverse("continuity_package")).status_code == 404


def test_the_way_of_a_missed_test_to_the_improved_plan(cast, client_of):
    found = service(cast, systems=[system(cast, rto=4)])
    approved_plans(cast, found)
    test = named(approved(cast, {**RESTORE, "service": found}), "Genskab")
    hold(test, cast.coordinator, actual_rto=9, outcome="not_met")
    page = client_of("coordinator").get(test.get_absolute_url())
    assert reverse("continuity_evaluation_new", args=[test.pk]) in page.content.decode()
    evaluated(cast, ContinuityTest.objects.get(pk=test.pk))
    better = approved_plans(cast, found, improves=test)
    page = client_of("member").get(test.get_absolute_url()).content.decode()
    assert better.get_absolute_url() in page
    for url in (found.get_absolute_url(), better.get_absolute_url(), reverse("continuity")):
        assert client_of("member").get(url).status_code == 200
