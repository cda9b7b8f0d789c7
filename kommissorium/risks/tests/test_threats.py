"""The catalogue of threats."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from kommissorium.core.refusals import Conflict, Refused
from kommissorium.risks.actions.threats import (
    add_threat,
    change_threat,
    restore_threat,
    retire_threat,
    threat_values,
)
from kommissorium.risks.models import Group, Threat
from kommissorium.risks.models.built_in import BUILT_IN
from kommissorium.risks.tests.picture_cases import assess, risk

pytestmark = pytest.mark.both("searches, and keeps names unique")


def add(cast, name="Måger stjæler kabler", **values):
    return add_threat(by=cast.coordinator, **{"group": "physical", "name": name, **values})


def test_the_threats_that_come_along_all_have_words_a_group_and_kinds(db):
    rows = {one.code: one for one in Threat.objects.all()}
    assert set(rows) == set(BUILT_IN)
    assert len(rows) >= 45
    assert {one.group for one in rows.values()} == set(Group.values)
    for code, one in rows.items():
        came = BUILT_IN[code]
        assert (one.group, one.kinds) == (came.group, came.kinds), code
        assert one.label
        assert len(one.label) <= 80, code
        assert one.told, code


def test_no_two_threats_that_come_along_say_the_same(db):
    labels = [one.label.casefold() for one in Threat.objects.all()]
    texts = [one.told.casefold() for one in Threat.objects.all()]
    assert len(set(labels)) == len(set(texts)) == len(labels)


def test_threats_are_chosen_by_the_kind_of_what_is_assessed(cast):
    add(cast, kinds=["archive"])
    names = {one.label for one in Threat.objects.for_kinds(["archive"])}
    assert "Måger stjæler kabler" in names
    codes = set(Threat.objects.for_kinds(["archive"]).values_list("code", flat=True))
    assert {"archive_decay", "fire", "snooping"} <= codes
    assert "ransomware" not in codes
    assert Threat.objects.for_kinds([]).count() == Threat.objects.count()
    both = set(Threat.objects.for_kinds(["archive", "system"]).values_list("code", flat=True))
    assert {"archive_decay", "phishing"} <= both


def test_all_kinds_ticked_is_the_same_as_none(cast):
    assert add(cast, kinds=["system", "data_set", "archive"]).kinds == ""


def test_a_built_in_threat_follows_the_language_until_its_words_are_changed(cast):
    threat = Threat.objects.get(code="fire")
    values = threat_values(threat) | {"description": "Det brænder i arkivet."}
    change_threat(threat, by=cast.coordinator, **values)
    assert (threat.name, threat.text) == ("", "Det brænder i arkivet.")
    with translation.override("en"):
        assert threat.label == str(BUILT_IN["fire"].name)
        assert threat.told == "Det brænder i arkivet."


def test_a_threat_moved_to_another_group_leaves_the_risks_that_came_of_it(cast):
    threat = add(cast)
    found = risk(assess(cast), threat=threat, group="physical")
    change_threat(threat, by=cast.coordinator, **threat_values(threat) | {"group": "operations"})
    found.refresh_from_db()
    assert (threat.group, found.group) == ("operations", "physical")


def test_a_retired_threat_cannot_be_chosen_until_it_is_restored(cast):
    threat = Threat.objects.get(code="fire")
    retire_threat(threat, by=cast.coordinator)
    assert threat not in Threat.objects.in_use()
    with pytest.raises(Refused):
        retire_threat(threat, by=cast.coordinator)
    restore_threat(threat, by=cast.coordinator)
    assert threat in Threat.objects.in_use()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"group": "weather"}, "group"),
        ({"kinds": ["people"]}, "kinds"),
        ({"description": "x" * 2001}, "description"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, values, field):
    with pytest.raises(Refused) as found:
        add(cast, **values)
    assert list(found.value.errors) == [field]


def test_two_threats_cannot_have_the_same_name(cast):
    threat = Threat.objects.get(code="fire")
    with pytest.raises(Refused):
        add(cast, name=threat.label.upper())


def test_two_who_change_a_threat_are_told(cast):
    threat = add(cast)
    values = threat_values(threat)
    change_threat(threat, by=cast.coordinator, **values | {"name": "Først"})
    with pytest.raises(Conflict) as found:
        change_threat(threat, by=cast.coordinator, **values | {"name": "Sidst"})
    assert found.value.current["name"] == "Først"


def test_only_coordinators_keep_the_catalogue(cast):
    threat = add(cast)
    for person in (cast.chair, cast.auditor, cast.employee, cast.administrator):
        for deed in (
            lambda by: add_threat(by=by, group="cyber", name="Ny"),
            lambda by: change_threat(threat, by=by, **threat_values(threat)),
            lambda by: retire_threat(threat, by=by),
            lambda by: restore_threat(threat, by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed(person)


def test_a_threat_without_name_and_code_cannot_be_written(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Threat.objects.create(group="cyber")


def test_the_page_can_be_searched_and_narrowed(cast, client_of):
    add(cast, description="De flyver lavt.", kinds=["archive"])
    browser = client_of("member")
    page = browser.get(reverse("threats"), {"q": "FLYVER måger"}).content.decode()
    assert "Måger stjæler kabler" in page
    fire = Threat.objects.get(code="fire").label
    assert fire not in page
    page = browser.get(reverse("threats"), {"group": "physical", "kind": "system"}).content.decode()
    assert fire in page
    assert "Måger stjæler kabler" not in page
    assert browser.get(reverse("threats"), {"q": "zzz", "group": "x"}).status_code == 200


def test_a_coordinator_adds_changes_retires_and_restores(cast, client_of):
    browser = client_of("coordinator")
    values = {"group": "physical", "name": "Måger", "description": "", "kinds": ["system"]}
    assert browser.post(reverse("threat_new"), values).status_code == 302
    threat = Threat.objects.get(name="Måger")
    change = reverse("threat_change", args=[threat.pk])
    answer = browser.post(change, values | {"name": "Måger <b>", "edit_version": 1})
    assert answer.status_code == 302
    assert browser.post(change, values | {"edit_version": 1}).status_code == 409
    page = browser.get(reverse("threats")).content.decode()
    assert "Måger &lt;b&gt;" in page
    browser.post(reverse("threat_retire", args=[threat.pk]))
    assert Threat.objects.get(pk=threat.pk).is_retired
    assert browser.get(reverse("threat_restore", args=[threat.pk])).status_code == 405
    browser.post(reverse("threat_restore", args=[threat.pk]))
    assert not Threat.objects.get(pk=threat.pk).is_retired


def test_the_workbook_holds_what_the_page_shows(cast, client_of):
    add(cast, name="=1+1")
    answer = client_of("member").get(reverse("threats_file"), {"group": "physical"})
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.iter_rows(min_row=2))
    assert len(rows) == Threat.objects.filter(group="physical").count()
    own = next(row for row in rows if "1+1" in str(row[1].value))
    assert own[1].data_type == "s"
    assert client_of("employee").get(reverse("threats_file")).status_code == 404
