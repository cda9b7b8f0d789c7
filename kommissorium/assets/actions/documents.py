"""Add the documents of an asset, handed in as a file or an address; remove wrong ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.required_documents import follow_reviews, point_to, reviewed
from kommissorium.assets.models import Asset, AssetDocument, DocumentType, Required
from kommissorium.assets.models.documents import NAME_LENGTH
from kommissorium.core.cleaning import clean_line, clean_reason
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.files.models import StoredFile
from kommissorium.core.files.picture_places import DamagedPicture, without_place
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext.allowed_characters import safe_address

URL_LENGTH = 2000
SHORTEST = 8  # letters of a reason why a document is not needed


class GivenFile(NamedTuple):
    """A file as it was handed in."""

    name: str
    data: bytes


def kept_file(given: GivenFile) -> tuple[StoredFile, str]:
    """Return the stored file and its clean name. Raises Refused (file) for one not allowed."""
    try:
        return store_file(given.data, given.name), clean_name(given.name)
    except FileRefused as refused:
        raise Refused(file=str(refused)) from None


def stripped(file: GivenFile) -> GivenFile:
    """Return a file without the location in a picture's metadata. Raises Refused (file)."""
    try:
        return GivenFile(file.name, without_place(file.data))
    except DamagedPicture:
        raise Refused(file=_("The picture is damaged. Try another one.")) from None


def web_address(url: str) -> str:
    """Return a complete address of the web; "" for none. Raises Refused (url) for any other."""
    found = clean_line(url, "url", URL_LENGTH)
    if found and (not safe_address(found) or not found.startswith(("https://", "http://"))):
        raise Refused(url=_("Write an address that begins with https://."))
    return found


Source = AssetDocument.Source
FARTHEST = timedelta(days=3660)  # ten years until a review, as a kind of document may ask for


@transaction.atomic
def add_document(
    asset: Asset,
    type_: DocumentType,
    *,
    by: Person,
    source: str,
    label: str = "",
    url: str = "",
    file: tuple[str, bytes] | None = None,
    row: tuple[str, str, str] | None = None,
    dated_on: date,
    review_by: date | None,
) -> AssetDocument:
    """Give an asset a document: a file (name, bytes), an address, or a row of a register.

    `row` is the kind the chain calls it by, its key and the path of its page. It takes the place
    of the one of its kind that was there; where that one's review was on the year wheel, the
    review is done. `review_by` None means for ever, for kinds that are never reviewed. Raises
    Refused, by field (`file`, `url`, `dated_on`, `review_by`).
    """
    _refuse_closed(asset, by)
    if type_.is_retired:
        raise Refused(_("This kind of document is not used any more."))
    refuse_dates(type_, dated_on, review_by)
    given = checked_given(source, label, url, file, row)
    before = newest_of(asset, type_)
    document = AssetDocument(
        asset=asset,
        type=type_,
        source=source,
        dated_on=dated_on,
        review_by=review_by,
        added_by=by,
        added_at=timezone.now(),
        **given,
    )
    refuse_same(document, before)
    document.save(force_insert=True)
    point_to(document, asset.pk, type_.pk)
    if before is not None and is_old(before):
        reviewed(before, document, by=by)
    follow_reviews([asset.pk], by=by)
    facts = {**type_.facts, "document": document.pk, "source": source, "until": review_by}
    record("assets.document_added", asset, by=by, facts=facts)
    return document


@transaction.atomic
def remove_document(document: AssetDocument, *, by: Person) -> None:
    """Take a wrong document away; the one before it, if any, counts again. Raises Refused."""
    asset = document.asset
    _refuse_closed(asset, by)
    if document.by_register:
        raise Refused(_("It goes by itself when it no longer holds. Add a newer one in its place."))
    row = AssetDocument.objects.live().filter(pk=document.pk)
    if not row.update(removed_at=timezone.now()):
        raise Refused(_("It has been done already."))
    document.refresh_from_db()
    point_to(newest_of(asset, document.type), asset.pk, document.type_id)
    follow_reviews([asset.pk], by=by)
    facts = {**document.type.facts, "document": document.pk}
    record("assets.document_removed", asset, by=by, facts=facts)


@transaction.atomic
def waive(required: Required, *, by: Person, because: str) -> None:
    """Note that this asset needs no such document, and why. Raises Refused."""
    asset = required.asset
    if not required.can_be_waived_by(by):
        raise PermissionDenied
    because = reason_of_waiver(because)
    row = Required.objects.filter(pk=required.pk, waived_at=None)
    if not row.update(waived_because=because, waived_by=by, waived_at=timezone.now()):
        raise Refused(_("Somebody else has already done this."))
    required.refresh_from_db()
    follow_reviews([asset.pk], by=by)
    record("assets.document_waived", asset, by=by, facts=required.type.facts)


def reason_of_waiver(words: str, field: str = "because") -> str:
    """Return why a document is not needed. Raises Refused (field) where nobody could tell."""
    because = clean_reason(words, field=field)
    if len(because) < SHORTEST:
        raise Refused(**{field: _("Write a reason that others can understand.")})
    return because


@transaction.atomic
def unwaive(required: Required, *, by: Person) -> None:
    """Demand the document again. Raises Refused where it is demanded already."""
    asset = required.asset
    if not required.can_be_waived_by(by):
        raise PermissionDenied
    row = Required.objects.filter(pk=required.pk, waived_at__isnull=False)
    if not row.update(waived_because="", waived_by=None, waived_at=None):
        raise Refused(_("It is demanded already."))
    required.refresh_from_db()
    follow_reviews([asset.pk], by=by)
    record("assets.document_demanded_again", asset, by=by, facts=required.type.facts)


def _refuse_closed(asset: Asset, by: Person) -> None:
    if asset.is_over:
        raise Refused(_("It has been taken out of the register and cannot be changed."))
    if not asset.can_be_changed_by(by):
        raise PermissionDenied


def refuse_dates(type_: DocumentType, dated_on: date, review_by: date | None) -> None:
    today = timezone.localdate()
    if dated_on > today:
        raise Refused(dated_on=_("The day has not come yet. Choose today or an earlier day."))
    if review_by is None:
        if type_.review_months:
            raise Refused(review_by=_("Must be filled in."))
        return
    if review_by < dated_on:
        raise Refused(review_by=_("It cannot be reviewed before it was written."))
    if review_by > today + FARTHEST:
        raise Refused(review_by=_("That is too far off. Choose a day within ten years."))


def checked_given(
    source: str,
    label: str,
    url: str,
    file: tuple[str, bytes] | None,
    row: tuple[str, str, str] | None,
) -> dict[str, object]:
    """Return the fields that say where the document is. Raises ValueError for no source."""
    label = clean_line(label, "label", NAME_LENGTH)
    match Source(source):
        case Source.FILE:
            if file is None:
                raise Refused(file=_("Choose a file."))
            stored, name = kept_file(GivenFile(*file))
            return {"file": stored, "label": name}
        case Source.ROW:
            kind, key, path = row or ("", "", "")
            if not (kind and key and path.startswith("/") and not path.startswith("//")):
                raise Refused(url=_("This page cannot be found."))
            return {"object_kind": kind, "object_id": key, "url": path, "label": label or path}
        case _:
            address = web_address(url)
            if not address:
                raise Refused(url=_("Choose a file, or write an address."))
            return {"url": address, "label": label or address[:NAME_LENGTH]}


def newest_of(asset: Asset, type_: DocumentType) -> AssetDocument | None:
    """Return the document of a kind that counts for an asset."""
    live = AssetDocument.objects.live().filter(asset=asset, type=type_)
    return live.order_by("-added_at", "-pk").first()


def refuse_same(document: AssetDocument, before: AssetDocument | None) -> None:
    """Raise Refused for a document that is there already, with the same dates: a second press."""
    names = ("source", "url", "file_id", "dated_on", "review_by")
    if before and all(getattr(before, name) == getattr(document, name) for name in names):
        raise Refused(_("It is there already, with the same dates."))


def is_old(before: AssetDocument) -> bool:
    """Return whether it came before today: one put right on its first day was not reviewed."""
    return timezone.localdate(before.added_at) < timezone.localdate()
