"""Many documents in one act: all or none, each as if it had been added by itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from kommissorium.assets.actions.assets import end_asset
from kommissorium.assets.actions.many_documents import GivenDocument, add_documents
from kommissorium.assets.models import AssetDocument
from kommissorium.assets.tests.document_cases import add, day, required, system, type_of, waiting
from kommissorium.conftest import in_days, time_is
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.models import Occurrence

LINK = "https://esdh.example/procedure"


def given(asset, code="access", **values) -> GivenDocument:
    fields = {"source": "link", "dated_on": day(0), "review_by": day(365), "url": LINK, **values}
    return GivenDocument(asset, type_of(code), **fields)


def test_each_counts_and_is_told_of_by_itself(cast):
    one, other = system(cast, "Et"), system(cast, "Et andet")
    wanted = [given(one), given(one, "backup", review_by=day(90)), given(other)]
    made = add_documents(wanted, by=cast.employee)
    assert [document.label for document in made] == [LINK] * 3
    assert required(one).document == made[0]
    assert required(one, "backup").review_by == day(90)
    assert required(other).document == made[2]
    told = Event.objects.filter(act="assets.document_added").order_by("seq")
    assert [event.object_id for event in told] == [str(one.pk), str(one.pk), str(other.pk)]
    assert [row.due for row in (*waiting(one), *waiting(other))] == [day(90), day(365)]


def test_a_newer_one_takes_the_place_of_the_old_and_its_review_is_done(cast):
    asset = system(cast)
    with time_is(in_days(-40, 10)):
        add(cast, asset, dated_on=day(0), review_by=day(30))
    made = add_documents([given(asset)], by=cast.coordinator)
    assert required(asset).document == made[0]
    done = Occurrence.objects.get(state=Occurrence.State.DONE)
    assert done.ended_by == cast.coordinator
    assert [row.due for row in waiting(asset)] == [day(365)]


def test_one_that_cannot_be_added_names_its_asset_and_keeps_all_out(cast):
    good, bad = system(cast, "Godt"), system(cast, "Skidt")
    with pytest.raises(Refused) as refused:
        add_documents([given(good), given(bad, dated_on=day(1))], by=cast.coordinator)
    assert refused.value.errors["dated_on"].startswith("Skidt: ")
    with pytest.raises(Refused):
        add_documents([given(good), given(bad, url="ftp://x")], by=cast.coordinator)
    assert not AssetDocument.objects.exists()
    assert not Event.objects.filter(act="assets.document_added").exists()


def test_only_who_may_change_every_one_of_them(cast):
    own, foreign = system(cast, "Eget"), system(cast, "Fremmed", owned=False)
    for who in (cast.employee, cast.auditor, cast.chair):
        with pytest.raises(PermissionDenied):
            add_documents([given(own), given(foreign)], by=who)
    add_documents([given(own), given(foreign)], by=cast.coordinator)
    end_asset(foreign, by=cast.coordinator, because="Ikke i brug")
    with pytest.raises(Refused):
        add_documents([given(foreign)], by=cast.coordinator)


def test_neither_twice_for_one_asset_nor_too_many_at_once(cast):
    asset = system(cast)
    with pytest.raises(ValueError, match="two documents"):
        add_documents([given(asset), given(asset)], by=cast.coordinator)
    with pytest.raises(Refused):
        add_documents([given(asset)] * 501, by=cast.coordinator)
    assert add_documents([], by=cast.coordinator) == []
