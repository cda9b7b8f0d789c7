"""Keep required documents in step with the matrix, and their reviews on the year wheel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import batched

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import (
    ROLES,
    Asset,
    AssetDocument,
    Demand,
    Lifecycle,
    Ownership,
    RegisterSettings,
    Required,
)
from kommissorium.assets.models.documents import ASKS_NOTHING
from kommissorium.committees.models import Committee
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.actions import GivenEvidence, RegisterDuty, register_done
from kommissorium.yearwheel.actions.register_occurrences import Wanted, keep_all_due
from kommissorium.yearwheel.models import Evidence, Occurrence

type Pairs = set[tuple[int, int]]  # asset and type of document

AT_ONCE = 500  # assets: SQLite takes so many values in a question, and more


def keep_required(keys: Iterable[int]) -> None:
    """Make the required rows of these assets (keys); those no longer demanded go.

    To be called in the transaction of the change that may have moved them. Five queries for
    each five hundred assets.
    """
    demands = list(Demand.objects.filter(type__is_retired=False))
    for some in batched(keys, AT_ONCE):
        _keep(some, demands)


def keep_all_required() -> None:
    """Make them for every asset: the matrix has changed."""
    keep_required(Asset.objects.values_list("pk", flat=True).order_by("pk"))


def _keep(keys: Sequence[int], demands: Sequence[Demand]) -> None:
    wanted = _wanted(keys, demands)
    rows = Required.objects.filter(asset__in=keys).values_list("pk", "asset", "type")
    there = {(asset, type_key): pk for pk, asset, type_key in rows}
    gone = [pk for pair, pk in there.items() if pair not in wanted]
    if gone:
        Required.objects.filter(pk__in=gone).delete()
    new = wanted - there.keys()
    if new:
        Required.objects.bulk_create(_rows(new))


def _wanted(keys: Sequence[int], demands: Sequence[Demand]) -> Pairs:
    assets = Asset.objects.in_register().filter(pk__in=keys)
    asked = assets.exclude(lifecycle__in=ASKS_NOTHING)
    return {
        (pk, demand.type_id)
        for pk, *like in asked.values_list("pk", "kind", "criticality", "personal_data")
        for demand in demands
        if demand.speaks_of(*like)
    }


def _rows(pairs: Pairs) -> list[Required]:
    """Return new rows, each with the newest document there is of its kind."""
    live = AssetDocument.objects.filter(removed_at=None, asset__in={a for a, _t in pairs})
    newest = {(one.asset_id, one.type_id): one for one in live.order_by("added_at", "pk")}
    rows = []
    for asset, type_key in sorted(pairs):
        document = newest.get((asset, type_key))
        until = document.review_by if document else None
        rows.append(Required(asset_id=asset, type_id=type_key, document=document, review_by=until))
    return rows


def point_to(document: AssetDocument | None, asset: int, type_key: int) -> None:
    """Point the required row of an asset and a kind of document, if any, to this one."""
    Required.objects.filter(Q(asset=asset) & Q(type=type_key)).update(
        document=document, review_by=document.review_by if document else None
    )


def point_to_all(documents: Sequence[AssetDocument]) -> None:
    """Point the required rows, if any, to these documents: at most one of a kind for an asset."""
    for some in batched(documents, AT_ONCE):
        keys = [one.pk for one in some]
        same = Q(asset=OuterRef("asset")) & Q(type=OuterRef("type"))
        own = AssetDocument.objects.filter(same, pk__in=keys).order_by()
        Required.objects.filter(asset__in={one.asset_id for one in some}).filter(
            Exists(own)
        ).update(
            document=Subquery(own.values("pk")[:1]),
            review_by=Subquery(own.values("review_by")[:1]),
        )


# Who is asked first: the owner the kind wants, then the others who have a role.
RANK = {role: rank for roles in ROLES.values() for rank, role in enumerate(roles)}


def review_source(asset_key: int) -> str:
    """Return the year wheel's source key for the reviews of an asset's documents."""
    return f"assets.asset:{asset_key}:review"


def follow_reviews(asset_keys: Iterable[int], *, by: Person | None = None) -> None:
    """Bring the year wheel into step with the documents and owners of these assets (keys).

    To be called in the transaction of the change. Five queries for each five hundred assets,
    and some where a date or an owner has changed.
    """
    committee = RegisterSettings.current().wheel_committee
    if committee is None:
        return
    for some in batched(asset_keys, AT_ONCE):
        _follow(some, committee, by)


def follow_all_reviews() -> None:
    """Bring all of it into step: somebody may have left, which no act of the registers tells of."""
    keys = Asset.objects.order_by("pk").values_list("pk", flat=True)
    with transaction.atomic():
        follow_reviews(keys)


def reviewed(before: AssetDocument, document: AssetDocument, *, by: Person) -> None:
    """Note on the year wheel that the review of one document was done; the new one shows it.

    Nothing is said where the wheel waits for the review of another.
    """
    if before.review_by is None:
        return
    source = review_source(document.asset_id)
    waiting = Occurrence.objects.open().filter(source=source, nominal=before.review_by)
    if not waiting.exists():
        return
    register_done(
        source,
        by=by,
        result=Occurrence.Result.DONE,
        evidence=[_evidence(document)],
    )


def _evidence(document: AssetDocument) -> GivenEvidence:
    if document.source == AssetDocument.Source.LINK:
        return GivenEvidence(Evidence.Kind.LINK, label=document.label, url=document.url)
    return GivenEvidence(
        Evidence.Kind.ROW,
        label=document.label,
        url=document.address,
        object_kind="assets.assetdocument",
        object_id=str(document.pk),
    )


def _duty() -> RegisterDuty:
    return RegisterDuty(
        key="asset_reviews",
        title=_("Review the documents of a system, a data set or an archive"),
        method=_(
            "The owner reads the documents whose review is due, corrects what has changed, and"
            " adds them again with a new date."
        ),
        success=_("Every document that is demanded is there and holds."),
        evidence_wanted=_("The reviewed document."),
        measure=Measure.OWNER_DOCUMENTATION,
        requirements=("ISO 27001 7.5.1", "ISO 27002 5.37"),
    )


def _follow(keys: Sequence[int], committee: Committee, by: Person | None) -> None:
    waiting = _waiting(keys)
    dates = _earliest(keys)
    if not waiting and not dates:
        return
    owners = _owners(keys)
    names = dict(Asset.objects.filter(pk__in=keys).values_list("pk", "name"))
    wanted = []
    for key in keys:
        source = review_source(key)
        due, owner = dates.get(key), owners.get(key)
        if not _says(waiting.get(source), committee, due, owner, names[key]):
            link = reverse("asset", args=[key])
            wanted.append(Wanted(source, link, due, names[key], owner))
    if wanted:
        keep_all_due(_duty(), committee, wanted, by=by)


def _says(
    found: Occurrence | None,
    committee: Committee,
    due: date | None,
    owner: Person | None,
    name: str,
) -> bool:
    """Return whether the year wheel says so already."""
    if found is None:
        return due is None
    said = (found.due, found.delegate_id, found.occasion, found.duty.committee_id)
    return said == (due, owner.pk if owner else None, name, committee.pk)


def _waiting(keys: Sequence[int]) -> Mapping[str, Occurrence]:
    rows = Occurrence.objects.open().filter(source__in=[review_source(key) for key in keys])
    return {row.source or "": row for row in rows.select_related("duty")}


def _earliest(keys: Sequence[int]) -> dict[int, date]:
    """Return by asset the first day on which one of its documents is to be reviewed."""
    live = AssetDocument.objects.live().filter(
        asset__in=keys, asset__ended_on=None, type__is_retired=False
    )
    live = live.exclude(asset__lifecycle=Lifecycle.OUT_OF_USE)
    newest = {
        (asset, type_key): until
        for asset, type_key, until in live.order_by("added_at", "pk").values_list(
            "asset", "type", "review_by"
        )
    }
    if not any(newest.values()):
        return {}
    waived = Required.objects.filter(asset__in=keys, waived_at__isnull=False).order_by()
    needless = set(waived.values_list("asset", "type"))
    dates: dict[int, date] = {}
    for (asset, type_key), until in newest.items():
        if until and (asset, type_key) not in needless:
            dates[asset] = min(until, dates.get(asset, until))
    return dates


def _owners(keys: Sequence[int]) -> dict[int, Person]:
    rank = Case(
        *(When(role=role, then=Value(number)) for role, number in RANK.items()),
        default=Value(len(RANK)),
        output_field=IntegerField(),
    )
    roles = Ownership.objects.current().filter(asset__in=keys, person__is_active=True)
    found: dict[int, Person] = {}
    for one in roles.select_related("person").order_by(rank, "pk"):
        found.setdefault(one.asset_id, one.person)
    return found
