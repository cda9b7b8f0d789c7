"""The registers of the demonstration: their assets, the owners and what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from django.utils import timezone, translation

from kommissorium.accounts.demo_cast import DOMAIN
from kommissorium.accounts.models import Person
from kommissorium.assets.models import (
    WANTED_ROLES,
    Agreement,
    Area,
    Asset,
    AssetDocument,
    Completeness,
    Demand,
    DocumentType,
    Kind,
    Lifecycle,
    Oversight,
    Ownership,
    RegisterSettings,
    Relation,
    Required,
    Round,
    Statement,
    Supplier,
)
from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import month_ends
from kommissorium.compliance.history_queries import history_of
from kommissorium.core.evidence.models import Event
from kommissorium.demo.building import KEPT_DAILY
from kommissorium.demo.chapters.assets.register import PEOPLE, TABLES
from kommissorium.demo.tests.stories import of_three_years
from kommissorium.demo.tests.test_texts import CODES
from kommissorium.demo.texts import rows
from kommissorium.measures.answer import find
from kommissorium.measures.findings import Finding, State
from kommissorium.policies.models import Version
from kommissorium.registers.models import ImportRun, SavedList
from kommissorium.registers.tests.check_cases import in_words
from kommissorium.yearwheel.models import Occurrence

pytestmark = pytest.mark.usefixtures("havneby")

PERSONAL = {"ordinary", "cpr", "sensitive", "criminal"}
SENSITIVE = {"sensitive", "criminal"}


def person(code: str) -> Person:
    return Person.objects.get(email=f"{code}@{DOMAIN}")


def kept() -> list[Asset]:
    """Return the contents of the register, sorted out here and not in SQL."""
    return [asset for asset in Asset.objects.all() if asset.ended_on is None]


def owners_by_hand() -> dict[int, list[Person]]:
    """Return by asset the holders of the role its kind wants who are still there."""
    kinds = {asset.pk: asset.kind for asset in Asset.objects.all()}
    found = defaultdict(list)
    for row in Ownership.objects.select_related("person"):
        is_wanted = row.role in WANTED_ROLES[kinds[row.asset_id]]
        if is_wanted and row.to_date is None and row.person.is_active:
            found[row.asset_id].append(row.person)
    return found


def demanded_by_hand() -> set[tuple[int, int]]:
    """Return the matrix's demands, asset by asset and cell by cell."""
    found = set()
    cells = [cell for cell in Demand.objects.select_related("type") if not cell.type.is_retired]
    for asset in kept():
        if asset.lifecycle in (Lifecycle.PLANNED, Lifecycle.OUT_OF_USE):
            continue
        held = set(asset.personal_data.split(","))
        holds = {"any": True, "personal": held & PERSONAL, "sensitive": held & SENSITIVE}
        for cell in cells:
            fits = cell.kind == asset.kind and cell.criticality in ("", asset.criticality)
            if fits and holds[cell.data]:
                found.add((asset.pk, cell.type_id))
    return found


def documents_by_hand(today: date) -> Counter[str]:
    """Return the numbers of demanded documents in force, waived, expired and missing."""
    newest: dict[tuple[int, int], AssetDocument] = {}
    for document in AssetDocument.objects.order_by("added_at", "pk"):
        if document.removed_at is None:
            newest[document.asset_id, document.type_id] = document
    waived = {(one.asset_id, one.type_id) for one in Required.objects.all() if one.waived_at}
    states: Counter[str] = Counter()
    for pair in demanded_by_hand():
        if pair in waived:
            states["waived"] += 1
        elif pair not in newest:
            states["missing"] += 1
        else:
            until = newest[pair].review_by or date.max
            states["current" if until >= today else "expired"] += 1
    return states


def found_of(measure: str) -> Finding:
    """Return the compliance page's answer about the rule today, in English."""
    history, today = history_of(security()), timezone.localdate()
    clause = next(one for one in history.clauses_on(today) if one.measure == measure)
    with translation.override("en"):
        return in_words(find(clause, history, today))


def security() -> Committee:
    return Committee.objects.get(name="Informationssikkerhedsudvalget")


def test_there_are_so_many_systems_data_sets_and_archives():
    assert Counter(asset.kind for asset in kept()) == {"system": 320, "data_set": 60, "archive": 45}
    assert Asset.objects.exclude(ended_on=None).count() == 18
    assert Area.objects.in_use().count() == 14
    assert Area.objects.exclude(closed_on=None).count() == 1
    assert Relation.objects.count() >= 150
    assert Supplier.objects.count() >= 55


def test_r4_agrees_with_a_count_by_hand():
    owners = owners_by_hand()
    without = Counter(asset.kind for asset in kept() if asset.pk not in owners)
    finding = found_of("ownership")
    assert finding.state == State.NOT_FULFILLED
    assert 15 <= without.total() <= 50
    assert f"{without.total()} of 425 assets have no owner" in finding.sentence
    assert set(without) == set(Kind.values)
    assert f"{without['system']} systems" in finding.sentence
    assert f"{without['data_set']} data sets" in finding.sentence
    assert f"{without['archive']} archives" in finding.sentence


def test_r4_agrees_with_systems_without_a_data_owner_counted_by_hand():
    has = set()
    for row in Ownership.objects.filter(to_date=None, role="data_owner", person__is_active=True):
        has.add(row.asset_id)
    for one in Relation.objects.filter(kind="stored_in", from_asset__kind="data_set"):
        if one.from_asset.ended_on is None and one.from_asset_id in has:
            has.add(one.to_asset_id)
    needing = [
        asset
        for asset in kept()
        if asset.kind == Kind.SYSTEM and (asset.personal_data != ",none," or not asset.criticality)
    ]
    lacking = sum(asset.pk not in has for asset in needing)
    bare = sum(not (asset.personal_data and asset.criticality) for asset in kept())
    said = found_of("ownership").sentence
    assert f"{lacking} of {len(needing)} systems with personal data have no data owner" in said
    assert f"{bare} assets are not classified" in said


def test_r5_agrees_with_a_count_by_hand():
    today, finding = timezone.localdate(), found_of("owner_guidelines")
    in_force = Version.objects.in_force_on(today).get(document__audiences__kind="owners")
    assert in_force.number == 2 and today < in_force.review_by
    assert finding.state == State.DUE_SOON, "six of them have not read it"
    keys = {asset.pk for asset in kept()}
    current = Ownership.objects.filter(to_date=None).select_related("person")
    owners = {one.person_id for one in current if one.asset_id in keys and one.person.is_active}
    read = {one.person_id for one in in_force.readings.all()} & owners
    assert len(owners) / 2 < len(read) < len(owners) * 0.8
    assert f"{len(owners)} owners are to read it." in finding.sentence
    assert f"{len(read)} owners have confirmed having read it." in finding.sentence


def test_r6_agrees_with_a_count_by_hand():
    states, finding = documents_by_hand(timezone.localdate()), found_of("owner_documentation")
    assert finding.state == State.NOT_FULFILLED
    assert f"{states['current']} of the {states.total()} documents" in finding.sentence
    lacking = f"{states['missing']} are missing and {states['expired']} have expired"
    assert f"{states['waived']} are waived, {lacking}" in finding.sentence
    assert states["waived"] > 5
    assert states["current"] > 500
    assert states["expired"] > 15
    assert AssetDocument.objects.count() > 800
    assert {str(one) for one in AssetDocument.objects.values_list("source", flat=True)} == {
        *("file", "link", "row")
    }


def test_what_is_demanded_is_kept_in_step_with_the_matrix():
    there = {(one.asset_id, one.type_id) for one in Required.objects.all()}
    assert there == demanded_by_hand()
    own = DocumentType.objects.get(code="")
    assert Required.objects.filter(type=own).exists()


def test_the_newest_figures_say_what_was_so_at_the_end_of_that_day():
    newest = Completeness.newest(timezone.localdate())
    assert newest is not None
    changed = Event.objects.filter(act__startswith="assets.", at__date__gt=newest.day)
    assert not changed.exclude(act__startswith="assets.import").exists()
    owners, states = owners_by_hand(), documents_by_hand(newest.day)
    assert newest.assets == 425
    assert newest.owned == sum(asset.pk in owners for asset in kept())
    assert (newest.required, newest.current) == (states.total(), states["current"])


@of_three_years
def test_the_register_grew_and_its_rules_were_fulfilled_by_turns():
    today = timezone.localdate()
    whole = list(Completeness.objects.filter(is_whole=True).order_by("day"))
    assert whole[0].assets == 90
    assert (today - whole[0].day).days > 890
    late = [row for row in whole if row.day > today - KEPT_DAILY]
    assert len(late) >= KEPT_DAILY.days - 1
    assert any(row.owned == row.assets for row in whole)
    assert [row.day for row in late if row.owned == row.assets] == []
    history = history_of(security())
    clauses = {c.measure: c for c in history.clauses_on(today)}
    ends = month_ends(today, 28)
    states = {
        measure: {find(clauses[measure], history, day).state for day in ends}
        for measure in ("ownership", "owner_guidelines", "owner_documentation")
    }
    assert State.FULFILLED not in states["ownership"], "systems always lacked data owners"
    assert {State.DUE_SOON, State.NOT_FULFILLED} <= states["owner_guidelines"]
    assert State.FULFILLED not in states["owner_documentation"]


@of_three_years
def test_owners_are_as_the_lists_are_to_show_them():
    owned = Counter()
    for people in owners_by_hand().values():
        owned.update({who.pk for who in people})
    many = RegisterSettings.current().many_assets
    assert many == 25
    assert [who for who, number in owned.items() if number >= many] == [person("head_of_it").pk]
    assert 8 <= owned[person("system_owner").pk] <= 12
    assert not Ownership.objects.filter(person=person("employee")).exists()
    left = Ownership.objects.current().filter(person__is_active=False)
    names = {one.person.name for one in left.select_related("person")}
    assert names == {"Camilla Rostgaard", "Birgit Overgaard Lind"}


@of_three_years
def test_two_attestations_are_closed_and_one_waits_for_answers():
    closed = Round.objects.exclude(closed_at=None)
    assert closed.count() == 2
    for one in closed.select_related("record"):
        assert one.record is not None
        assert one.record.pdf
        assert one.answered_count < one.asked_count
    current = Round.current()
    assert current is not None
    assert current.due >= timezone.localdate()
    asked = current.asked.count()
    done = current.asked.exclude(answered_at=None).count()
    assert asked / 4 < done < asked * 3 / 4
    waiting = Statement.objects.filter(asked__round=current).wanting()
    assert {str(one.answer) for one in waiting} == {"change", "not_mine"}
    own = Statement.objects.filter(asked__round=current, asked__person=person("system_owner"))
    assert {str(one.answer) for one in own} == {""}


@of_three_years
def test_suppliers_are_overseen_some_late_and_one_with_critical_remarks():
    today = timezone.localdate()
    assert Agreement.objects.count() >= 35
    assert Oversight.objects.count() >= 45
    assert Oversight.objects.filter(result=Oversight.Result.CRITICAL).count() == 1
    overdue = Agreement.objects.in_force().filter(next_oversight__lt=today)
    assert 1 <= overdue.count() <= 10
    oldest = Oversight.objects.order_by("done_on").first()
    assert oldest is not None
    assert (today - oldest.done_on).days > 700


def test_imports_were_done_undone_and_wait_for_choices():
    states = Counter(str(one.state) for one in ImportRun.objects.filter(kind="assets"))
    assert states == {"done": 8, "undone": 1, "read": 1}
    assert ImportRun.objects.filter(shape="kitos", state="done").count() == 1
    assert [
        one.faulty for one in ImportRun.objects.filter(kind="assets", state="done") if one.faulty
    ] == []
    assert Asset.objects.filter(local_id="S-009").values_list("area__name", flat=True).get() == (
        "It og Digitalisering"
    )
    assert SavedList.objects.filter(person=person("coordinator")).count() == 3


def test_the_wheel_waits_once_for_each_asset_and_not_too_often_in_vain():
    waiting = Occurrence.objects.open().of_registers()
    sources = Counter(waiting.values_list("source", flat=True))
    assert set(sources.values()) == {1}
    assert waiting.count() > 100
    assert 1 <= waiting.filter(due__lt=timezone.localdate()).count() <= 60


@pytest.mark.parametrize("kind", Kind)
def test_a_table_has_no_id_or_name_twice_and_names_those_who_live_here(kind: Kind):
    table = rows(TABLES[kind])
    for column in ("ID", "Navn"):
        assert len({row[column] for row in table}) == len(table)
    named = {row[column] for row in table for column in PEOPLE & set(row)}
    later = {told.split(":")[1] for row in table for told in row["senere"].split()}
    assert (named | later) - {""} <= CODES
