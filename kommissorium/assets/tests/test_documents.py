"""Documents of an asset: added, replaced, removed, waived; refused; and the year wheel follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.assets import change_asset, end_asset
from kommissorium.assets.actions.demands import retire_document_type
from kommissorium.assets.actions.documents import remove_document, unwaive, waive
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.actions.required_documents import follow_reviews, review_source
from kommissorium.assets.models import AssetDocument, RegisterSettings
from kommissorium.assets.tests.document_cases import (
    PDF,
    add,
    day,
    required,
    system,
    type_of,
    waiting,
)
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.models import Duty, Evidence, Occurrence


def test_a_document_meets_the_demand_until_its_review(cast: Cast) -> None:
    asset = system(cast)
    assert required(asset).state_on(day(0)) == "missing"
    document = add(cast, asset, review_by=day(60))
    row = required(asset)
    assert row.document == document
    states = [row.state_on(day(days)) for days in (0, 29, 30, 60, 61)]
    assert states == ["current", "current", "soon", "soon", "expired"]


def test_a_file_an_address_and_a_row_are_kept_as_what_they_are(cast: Cast) -> None:
    asset = system(cast)
    file = add(cast, asset, "access", source="file", url="", file=("C:\\x\\Adgang.pdf", PDF))
    assert (file.label, file.file and file.file.read()) == ("Adgang.pdf", PDF)
    assert file.address == f"/asset-documents/{file.pk}/"
    row = ("assets.agreement", "7", "/agreements/7/")
    page = add(cast, asset, "agreement", source="row", row=row, label="Aftale", review_by=None)
    assert (page.address, page.object_kind, page.object_id) == (row[2], row[0], "7")
    link = add(cast, asset, "backup")
    assert link.address == link.label == "https://esdh.example/procedure"


def test_the_newest_one_counts_and_removing_it_brings_the_one_before_back(cast: Cast) -> None:
    asset = system(cast)
    first = add(cast, asset, review_by=day(10))
    second = add(cast, asset, review_by=day(400))
    assert required(asset).document == second
    remove_document(second, by=cast.coordinator)
    assert (required(asset).document, required(asset).review_by) == (first, day(10))
    with pytest.raises(Refused):
        remove_document(second, by=cast.coordinator)
    remove_document(first, by=cast.coordinator)
    assert required(asset).document is None


def test_what_a_document_is_never_changes(cast: Cast) -> None:
    document = add(cast, system(cast))
    with pytest.raises(DatabaseError), transaction.atomic():
        AssetDocument.objects.filter(pk=document.pk).update(review_by=day(4000))
    with pytest.raises(DatabaseError), transaction.atomic():
        document.delete()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"url": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "//esdh.example/x"}, "url"),
        ({"url": f"https://esdh.example/{'x' * 2000}"}, "url"),
        ({"source": "file"}, "file"),
        ({"source": "file", "file": ("virus.exe", b"MZ")}, "file"),
        ({"source": "file", "file": ("virus.pdf", b"MZ")}, "file"),
        ({"source": "row", "row": ("tasks.task", "1", "https://x.example/")}, "url"),
        ({"source": "row"}, "url"),
        ({"dated_on": day(1)}, "dated_on"),
        ({"dated_on": day(0), "review_by": day(-1)}, "review_by"),
        ({"review_by": None}, "review_by"),
        ({"review_by": day(4000)}, "review_by"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    cast: Cast, values: dict[str, Any], field: str
) -> None:
    asset = system(cast)
    with pytest.raises(Refused) as caught:
        add(cast, asset, **values)
    assert set(caught.value.errors) == {field}
    assert not asset.documents.exists()


def test_a_second_press_adds_no_second_document(cast: Cast) -> None:
    asset = system(cast)
    add(cast, asset)
    with pytest.raises(Refused):
        add(cast, asset)
    add(cast, asset, review_by=day(366))
    assert asset.documents.count() == 2


def test_a_kind_out_of_use_and_an_asset_out_of_the_register_get_no_documents(cast: Cast) -> None:
    asset = system(cast)
    document = add(cast, asset)
    retire_document_type(type_of("backup"), by=cast.coordinator)
    with pytest.raises(Refused):
        add(cast, asset, "backup")
    end_asset(asset, by=cast.coordinator, because="Afløst")
    with pytest.raises(Refused):
        add(cast, asset, "operations")
    with pytest.raises(Refused):
        remove_document(AssetDocument.objects.get(pk=document.pk), by=cast.coordinator)


def test_owners_and_the_coordinator_add_and_only_the_coordinator_waives(cast: Cast) -> None:
    asset = system(cast)
    document = add(cast, asset, by=cast.employee)
    row = required(asset, "backup")
    acts: list[Callable[[Person], object]] = [
        lambda who: add(cast, asset, "operations", by=who),
        lambda who: remove_document(document, by=who),
        lambda who: waive(row, by=who, because="Nej"),
        lambda who: unwaive(row, by=who),
    ]
    for who in (cast.chair, cast.auditor, cast.executive, cast.system_owner):
        for act in acts:
            with pytest.raises(PermissionDenied):
                act(who)
    with pytest.raises(PermissionDenied):
        waive(row, by=cast.employee, because="Nej")


def test_a_waiver_has_a_reason_and_is_taken_back(cast: Cast) -> None:
    asset = system(cast)
    row = required(asset)
    with pytest.raises(Refused) as caught:
        waive(row, by=cast.coordinator, because=" ")
    assert set(caught.value.errors) == {"because"}
    waive(row, by=cast.coordinator, because="Ingen kan logge på")
    assert required(asset).state_on(day(0)) == "waived"
    with pytest.raises(Refused):
        waive(row, by=cast.coordinator, because="Igen, igen")
    unwaive(row, by=cast.coordinator)
    assert required(asset).state_on(day(0)) == "missing"
    with pytest.raises(Refused):
        unwaive(row, by=cast.coordinator)


# The year wheel


def test_the_earliest_review_stands_on_the_wheel_with_the_owner(cast: Cast) -> None:
    asset = system(cast)
    add(cast, asset, "access", review_by=day(200))
    add(cast, asset, "backup", review_by=day(90))
    [found] = waiting(asset)
    assert (found.due, found.delegate, found.source_link) == (
        day(90),
        cast.employee,
        asset.get_absolute_url(),
    )
    assert found.duty.committee == cast.committee
    assert found.duty.measure == "owner_documentation"


def test_a_renewed_document_is_the_evidence_and_the_next_date_waits(cast: Cast) -> None:
    asset = system(cast)
    with time_is(in_days(-300, 9)):
        add(cast, asset, "access", review_by=day(65), dated_on=day(0))
        add(cast, asset, "backup", review_by=day(200), dated_on=day(0))
    assert waiting(asset)[0].due == day(-235)
    renewed = add(cast, asset, "access", review_by=day(365))
    done = Occurrence.objects.get(source=review_source(asset.pk), state="done")
    assert (done.result, done.ended_by) == ("done", cast.coordinator)
    assert Evidence.objects.get(occurrence=done).url == renewed.url
    assert [one.due for one in waiting(asset)] == [day(-100)]


def test_a_document_put_right_on_its_first_day_was_not_reviewed(cast: Cast) -> None:
    asset = system(cast)
    add(cast, asset, review_by=day(100))
    add(cast, asset, review_by=day(200))
    assert [one.due for one in waiting(asset)] == [day(200)]
    assert not Occurrence.objects.filter(state="done").exists()


def test_renewing_another_document_leaves_the_one_that_waits(cast: Cast) -> None:
    asset = system(cast)
    with time_is(in_days(-20, 9)):
        add(cast, asset, "access", review_by=day(70), dated_on=day(0))
        add(cast, asset, "backup", review_by=day(300), dated_on=day(0))
    add(cast, asset, "backup", review_by=day(350))
    assert [one.due for one in waiting(asset)] == [day(50)]
    assert not Occurrence.objects.filter(state="done").exists()


def test_nothing_waits_for_what_is_waived_removed_or_out_of_the_register(cast: Cast) -> None:
    asset = system(cast)
    document = add(cast, asset)
    row = required(asset)
    waive(row, by=cast.coordinator, because="Ikke nødvendig")
    assert not waiting(asset)
    unwaive(row, by=cast.coordinator)
    assert waiting(asset)
    remove_document(document, by=cast.coordinator)
    assert not waiting(asset)
    add(cast, asset)
    end_asset(asset, by=cast.coordinator, because="Afløst")
    follow_reviews([asset.pk], by=cast.coordinator)
    assert not waiting(asset)


def test_a_new_owner_is_asked_and_a_new_name_is_told(cast: Cast) -> None:
    asset = system(cast)
    add(cast, asset, review_by=day(100))
    appoint(asset, "system_owner", cast.member, by=cast.coordinator)
    change_asset(asset, by=cast.coordinator, values={"name": "Nyt navn"}, edit_version=1)
    follow_reviews([asset.pk], by=cast.coordinator)
    [found] = waiting(asset)
    assert (found.delegate, found.due, found.occasion) == (cast.member, day(100), "Nyt navn")


def test_the_owner_the_kind_wants_is_asked_before_others_and_nobody_who_has_left(
    cast: Cast,
) -> None:
    asset = system(cast, owned=False)
    appoint(asset, "manager", cast.head_of_it, by=cast.coordinator)
    add(cast, asset)
    assert waiting(asset)[0].delegate == cast.head_of_it
    appoint(asset, "system_owner", cast.member, by=cast.coordinator)
    follow_reviews([asset.pk])
    assert waiting(asset)[0].delegate == cast.member
    Person.objects.filter(pk__in=[cast.member.pk, cast.head_of_it.pk]).update(is_active=False)
    follow_reviews([asset.pk])
    assert waiting(asset)[0].delegate is None


def test_bringing_the_wheel_in_step_again_writes_nothing_and_asks_little(
    cast: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    assets = [system(cast, f"System {number}") for number in range(30)]
    for asset in assets[:10]:
        add(cast, asset)
    versions = list(Occurrence.objects.values_list("pk", "edit_version"))
    with django_assert_max_num_queries(8):
        follow_reviews([asset.pk for asset in assets])
    assert list(Occurrence.objects.values_list("pk", "edit_version")) == versions


def test_reviews_stand_with_the_committee_of_the_registers_and_a_duty_is_made_once(
    cast: Cast,
) -> None:
    RegisterSettings.objects.create(pk=1, committee=cast.committee)
    for name in ("A", "B"):
        add(cast, system(cast, name))
    assert Duty.objects.filter(default_key="asset_reviews").count() == 1
