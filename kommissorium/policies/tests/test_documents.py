"""Documents stand in a tree without circles; what is retired is no longer in force."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kommissorium.core.refusals import Refused
from kommissorium.policies.actions.documents import (
    add_document,
    change_document,
    change_level,
    restore_document,
    retire_document,
)
from kommissorium.policies.actions.versions import begin_version
from kommissorium.policies.forms import DocumentForm
from kommissorium.policies.models import Document, LevelSettings
from kommissorium.policies.tests.cases import (
    PDF,
    approved,
    document,
    drafted,
    overall,
    proposed,
    today,
    write,
)
from kommissorium.yearwheel.models import Occurrence

pytestmark = pytest.mark.django_db


def change(cast, found, **values):
    found.refresh_from_db()
    whole = {name: getattr(found, name) for name in DocumentForm.names} | values
    change_document(found, by=cast.coordinator, values=whole, edit_version=found.edit_version)


def test_a_document_says_what_its_level_says_where_it_says_nothing(cast):
    found = document(cast, level="overall", approval="", review_months=None)
    assert (found.approval, found.review_months) == ("council", 12)
    rule = LevelSettings.of("procedure")
    values = {"approval": "executive_board", "review_months": 6}
    change_level("procedure", by=cast.coordinator, values=values, edit_version=rule.edit_version)
    new = document(cast, level="procedure", approval="", review_months=None)
    assert (new.approval, new.review_months) == ("executive_board", 6)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": " "}),
        ("level", {"level": "lov"}),
        ("approval", {"approval": "kongen"}),
        ("review_months", {"review_months": 61}),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(cast, field, values):
    with pytest.raises(Refused) as refused:
        document(cast, **values)
    assert field in refused.value.errors


def test_one_document_is_never_lowered_below_what_its_level_says(cast):
    found = overall(cast)
    for lower in ("owner", "chair", "committee", "executive_board"):
        with pytest.raises(Refused) as refused:
            change(cast, found, approval=lower)
        assert "approval" in refused.value.errors
    low = document(cast)
    change(cast, low, approval="council")  # it can be raised
    change(cast, low, approval="committee")


def test_parents_are_of_a_higher_level_and_never_in_a_circle(cast):
    top = overall(cast)
    policy = document(cast, level="policy", parent=top, title="Politik")
    low = document(cast, parent=policy)
    with pytest.raises(Refused):
        document(cast, level="policy", parent=low)
    with pytest.raises(Refused):
        change(cast, low, parent=low)
    with pytest.raises(Refused):
        change(cast, top, parent=low)
    with pytest.raises(Refused):
        change(cast, policy, level="procedure")  # what is written under it is a guideline


def test_what_is_retired_is_in_force_no_more_and_nothing_is_due(cast):
    made = approved(cast)
    found = made.document
    waiting = Occurrence.objects.open().filter(source=f"policies.document:{found.pk}")
    assert waiting.get().due == made.review_by
    with pytest.raises(Refused) as refused:
        retire_document(found, by=cast.coordinator)
    assert "because" in refused.value.errors
    retire_document(found, by=cast.coordinator, because="Udvalget har samlet reglerne ét sted.")
    assert found.version_on(today()) is None and not waiting.exists()
    with pytest.raises(Refused):
        begin_version(found, by=cast.coordinator)
    restore_document(found, by=cast.coordinator)
    assert found.version_on(today()) is None
    approved(cast, found)
    assert found.version_on(today()) is not None


def test_nothing_is_retired_while_it_waits_for_a_decision_or_has_something_under_it(cast):
    top = overall(cast)
    document(cast, parent=top)
    with pytest.raises(Refused):
        retire_document(top, by=cast.coordinator)
    for made in (proposed(cast), approved(cast, overall(cast))):
        with pytest.raises(Refused):
            retire_document(made.document, by=cast.coordinator)


def test_only_who_keeps_the_register_changes_what_holds(cast):
    found = document(cast)
    for person in (cast.system_owner, cast.chair, cast.employee):
        with pytest.raises(PermissionDenied):
            retire_document(found, by=person)
        with pytest.raises(PermissionDenied):
            add_document(by=person, values={"title": "X", "level": "policy"})


def test_a_new_interval_does_not_postpone_the_review_of_what_is_in_force(cast):
    made = approved(cast)
    due = made.review_by
    change(cast, made.document, review_months=60)
    made.refresh_from_db()
    assert made.review_by == due
    assert drafted(cast, made.document).review_months == 60


def test_a_file_takes_the_place_of_the_text_and_what_cannot_be_read_is_told(cast, client_of):
    made = begin_version(document(cast), by=cast.system_owner)
    write(made, cast.system_owner)
    url = reverse("policy_version_edit", args=[made.pk])
    made.refresh_from_db()
    values = {
        "title": made.title,
        "text": made.text,
        "change": "material",
        "change_because": "Ny",
        "edit_version": made.edit_version,
    }
    for name, data in (("a.docx", b"PK\x03\x04ikke word"), ("a.pdf", PDF), ("a.exe", b"MZ")):
        file = SimpleUploadedFile(name, data)
        answer = client_of("coordinator").post(url, values | {"file": file})
        assert answer.status_code == 400, name
    made.refresh_from_db()
    assert made.text and made.file is None


def test_the_tree_shows_what_is_written_under_what(cast, client_of):
    top = overall(cast)
    document(cast, parent=top)
    page = client_of("coordinator").get(reverse("policies_tree")).content.decode()
    assert page.index(top.title) < page.index("Retningslinje for adgang")
    assert Document.objects.count() == 2
