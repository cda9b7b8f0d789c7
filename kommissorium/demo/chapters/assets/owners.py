"""Who came to own what had no owner, and the documents they added, renewed or let expire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache, partial
from string import Template
from typing import Any
from zlib import crc32

from django.db.models import Q, QuerySet

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.demands import add_document_type, set_demands
from kommissorium.assets.actions.documents import waive
from kommissorium.assets.actions.many_documents import GivenDocument, add_documents
from kommissorium.assets.actions.owners import appoint_to_many, hand_over
from kommissorium.assets.models import (
    Asset,
    AssetDocument,
    Criticality,
    Demand,
    DocumentType,
    Kind,
    Ownership,
    Required,
)
from kommissorium.assets.requirement_matrix import cells_now, matrix_version
from kommissorium.demo.chapters.assets.register import rows_of_kind
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, text

CRITICAL = (Criticality.SOCIETY, Criticality.BUSINESS)


def tell_owners(town: Town) -> None:
    """Tell the appointments over time, and what was forgotten when somebody left."""
    days = town.almanac
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for kind in Kind:
        for row in rows_of_kind(kind):
            for told in row["senere"].split():
                months, who = told.split(":")
                found[int(months), who].append(row["ID"])
    for (since, who), ids in found.items():
        town.tell(days.ago(since, "11.20"), partial(_appoint, town, who, ids))
    town.tell_after(6, 16, partial(_succeed, town, "poul.vesterlund", "chair"), "13.15")
    town.tell_after(4, -18, partial(_take_most, town), "10.15")
    town.tell_after(3, 13, partial(_succeed, town, "peter.riis", "michael.strandby"), "10.15")


def answering(town: Town) -> list[Mapping[str, str]]:
    """Return the tables' facts about each owner of this story: what they read and answered."""
    return [row for row in rows("registers/owners.csv") if town.who(row["person"]) == row["person"]]


def _appoint(town: Town, who: str, ids: Sequence[str]) -> None:
    assets = list(Asset.objects.in_register().filter(local_id__in=ids))
    appoint_to_many(assets, town.person(who), by=town.coordinator())


def _succeed(town: Town, old: str, new: str) -> None:
    _hand_over(town, list(_roles(town, old)), new)


def _take_most(town: Town) -> None:
    """Give the new head the critical assets, and the archives. The rest was forgotten."""
    held = _roles(town, "camilla.rostgaard")
    wanted = [
        one for one in held if one.asset.criticality in CRITICAL or one.asset.kind == Kind.ARCHIVE
    ]
    _hand_over(town, wanted, "anders.kvist")


def _hand_over(town: Town, held: Sequence[Ownership], new: str) -> None:
    hand_over(held, town.person(new), by=town.coordinator())


def _roles(town: Town, who: str) -> Sequence[Ownership]:
    current = Ownership.objects.current().filter(person=town.people[who], asset__ended_on=None)
    return list(current.select_related("asset", "person"))


DOCUMENTS = "https://havneby.example/dokumenter"
# Months ago at which documents were collected: first by the coordinator, from the archive of
# cases, then owner by owner with so many days between them.
ROUNDS = (29, 20, 14, 8, 3)
COLLECTED, APART = 3, 2
GIVEN = 94  # of a hundred documents of an asset whose owner does the work
WAIVED = 2  # of a hundred documents that are lacking
RENEWED = 60  # of a hundred assets
OTHERS = 18  # of a hundred assets without an area
TOLD = ("asset__local_id", "asset__criticality", "type__code", "asset__area__name", "document")
AHEAD = 60  # days before a document expires
OWN_KIND, OWN_CELL = 20, (Kind.SYSTEM, Criticality.SOCIETY)
OLDEST = 150  # days: how old a document can be when it is added
SHOWN = {"contingency", "access", "backup"}  # kinds that some have as a file
FILED = ("Løn og Personale", "It og Digitalisering")


def tell_documents(town: Town) -> None:
    """Tell of each round of documents, of those not needed, and of the committee's own kind."""
    days = town.almanac
    town.tell(days.ago(OWN_KIND, "14.20"), partial(_demand_own, town))
    for number, months in enumerate(ROUNDS):
        begun = days.ago(months, "12.40")
        if number < COLLECTED:
            town.tell(begun, partial(_collect, town, number))
            continue
        for place, row in enumerate(answering(town)):
            moment = begun + timedelta(days=APART * place)
            town.tell(moment, partial(_add_own, town, row["person"], number))
    for months in (17, 11, 5):
        town.tell(days.ago(months, "15.40"), partial(_waive, town))


def _demand_own(town: Town) -> None:
    """Demand a kind of document of the municipality's own, for assets critical to society."""
    by = town.coordinator()
    own = next(row for row in rows("registers/documents.csv") if not row["kode"])
    made = add_document_type(by=by, name=own["titel"], guidance=own["vejledning"], review_months=12)
    cells = {**cells_now(), (made.pk, *OWN_CELL): str(Demand.Data.ANY)}
    set_demands(cells, by=by, edit_version=matrix_version())


def _collect(town: Town, number: int) -> None:
    owned = Ownership.objects.current().filter(person__is_active=True)
    assets = Asset.objects.in_register().filter(pk__in=owned.values("asset"))
    _add(town, assets, number, town.coordinator())


def _add_own(town: Town, who: str, number: int) -> None:
    """Let an owner add documents missing from some assets, and renew most of those falling due."""
    person = town.person(who) if who in town.people else None
    if person and person.is_active:
        by = person if person.has_login else town.coordinator()
        _add(town, Asset.objects.in_register().owned_by(person), number, by)


def _add(town: Town, assets: QuerySet[Asset], number: int, by: Person) -> None:
    soon = town.almanac.day_it_is() + timedelta(days=AHEAD)
    found = Required.objects.filter(asset__in=assets, waived_at=None)
    due = found.filter(Q(document=None) | Q(review_by__lt=soon, document__by_register=False))
    wanted = [one["pk"] for one in due.values("pk", *TOLD) if _is_wanted(number, one)]
    if wanted:
        chosen = Required.objects.filter(pk__in=wanted).select_related("asset__area", "type")
        add_documents([_given(town, one) for one in chosen], by=by)


def _is_wanted(number: int, told: Mapping[str, Any]) -> bool:
    """Return whether a document is added or renewed in the round of that number.

    Of what is critical, twice as many have their documents.
    """
    name = told["asset__local_id"]
    if told["document"] is not None:
        return _lot(name, "igen") < RENEWED
    turn, share = _lot(name), _shares().get(told["asset__area__name"] or "", OTHERS)
    is_critical = told["asset__criticality"] in CRITICAL
    is_theirs = turn < share * (4 if is_critical else 2) // 3 and turn % len(ROUNDS) <= number
    return is_theirs and _lot(name, told["type__code"]) < GIVEN


def _given(town: Town, one: Required) -> GivenDocument:
    today, code = town.almanac.day_it_is(), one.type.code
    is_new = one.document_id is None
    age = _lot(one.asset.local_id, "alder") * OLDEST // 100 if is_new else 3
    written = today - timedelta(days=age)
    title = Template(_words(one.type)["titel"]).substitute(navn=one.asset.name)
    until = one.type.review_after(written)
    if code in SHOWN and is_new and _is_filed(one.asset):
        words = Template(text(f"registers/files/{code}.txt")).substitute(navn=one.asset.name)
        file = f"{title}.txt", words.encode()
        source, url = AssetDocument.Source.FILE, ""
    else:
        place = f"{one.asset.local_id.lower()}/{code or 'vikarer'}-{written.year}"
        file, source, url = None, AssetDocument.Source.LINK, f"{DOCUMENTS}/{place}"
    return GivenDocument(
        one.asset, one.type, source, written, until, label=title, url=url, file=file
    )


def _waive(town: Town) -> None:
    """Let the coordinator note why some documents are not needed."""
    lacking = Required.objects.filter(document=None, waived_at=None, asset__ended_on=None)
    drawn = [
        pk
        for pk, local_id, code in lacking.values_list("pk", "asset__local_id", "type__code")
        if _lot(local_id, code, "fri") < WAIVED
    ]
    for one in Required.objects.filter(pk__in=drawn).select_related("asset", "type"):
        if because := _words(one.type)["fravalgt"]:
            waive(one, by=town.coordinator(), because=because)


def _words(kind: DocumentType) -> Mapping[str, str]:
    return next(row for row in rows("registers/documents.csv") if row["kode"] == kind.code)


@cache
def _shares() -> Mapping[str, int]:
    """Return by area the percentage of assets whose documents are made."""
    return {row["navn"]: int(row["dokumenteret"]) for row in rows("registers/areas.csv")}


def _is_filed(asset: Asset) -> bool:
    return bool(asset.area and asset.area.name in FILED and asset.criticality)


def _lot(*words: str) -> int:
    """Draw a lot from 0 to 99, the same one for the same words."""
    return crc32(" ".join(words).encode()) % 100
