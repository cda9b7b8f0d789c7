"""Check the values of an asset, field by field: in forms, imports and the demonstration alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area, Asset, Kind, PersonalData, Supplier
from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.core.cleaning import clean_line, clean_text, refuse_outside
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext.allowed_characters import safe_address

KLE: Final = re.compile(r"\d\d(\.\d\d(\.\d\d)?)?")
FIRST_DAY = date(1900, 1, 1)
# What an action may be handed: everything people fill in.
FIELDS: Final[tuple[str, ...]] = (
    *("name", "alias", "local_id", "uuid", "purpose", "area", "used_by", "criticality"),
    *("confidentiality", "integrity", "availability", "mtd", "rto", "rpo", "personal_data"),
    *("kle", "processing_record", "lifecycle", "retention", "preservation", "agreements"),
    *Asset.SYSTEM_FIELDS,
    *Asset.ARCHIVE_FIELDS,
)


def checked(kind: str, values: Mapping[str, Any], *, is_new: bool = False) -> dict[str, Any]:
    """Return the values as they are kept. Raises Refused with a sentence for each field at fault.

    Raises ValueError for a kind or a field there is not: that is the caller's fault.
    """
    unknown = set(values) - set(fields_of(kind))
    if unknown:
        message = f"a {kind} has no {', '.join(sorted(unknown))}"
        raise ValueError(message)
    kept: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, value in values.items():
        try:
            kept[name] = _value(name, value)
        except Refused as refused:
            faults.update(refused.errors)
    if is_new and not kept.get("name") and "name" not in faults:
        faults["name"] = _("Write a name.")
    if faults:
        raise Refused(**faults)
    return kept


def fields_of(kind: str) -> list[str]:
    """Return the names of the fields a kind of asset has. Raises ValueError for an unknown kind."""
    other = {
        Kind.SYSTEM: Asset.ARCHIVE_FIELDS,
        Kind.DATA_SET: Asset.ARCHIVE_FIELDS,
        Kind.ARCHIVE: (*Asset.SYSTEM_FIELDS, "agreements", "mtd", "rto", "rpo"),
    }[Kind(kind)]
    return [name for name in FIELDS if name not in other]


def refuse_taken(
    kind: str, fields: Mapping[str, Any], *, by: Person, own: int | None = None
) -> None:
    """Raise Refused where another asset has the UUID, or one of its kind the local ID.

    Which one it is, is told only where `by` may read it.
    """
    others = Asset.objects.exclude(pk=own or 0)
    uuid, local_id = fields.get("uuid"), fields.get("local_id")
    if uuid and (other := others.filter(uuid=uuid).first()):
        if not _reads(other, by):
            raise Refused(uuid=_("Another entry in the register has it already."))
        raise Refused(uuid=_("“%(name)s” has it already.") % {"name": other.name})
    taken = others.filter(kind=kind, local_id=local_id) if local_id else others.none()
    if other := taken.first():
        if not _reads(other, by):
            raise Refused(local_id=_("Another entry in the register has it already."))
        raise Refused(local_id=_("“%(name)s” has it already.") % {"name": other.name})


def _reads(asset: Asset, person: Person) -> bool:
    return Asset.objects.visible_to(person).filter(pk=asset.pk).exists()


def _value(name: str, value: Any) -> Any:
    if name in CHECKS:
        return CHECKS[name](value)
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    if isinstance(field, models.ManyToManyField):
        return list(value or [])
    if field.choices:
        return _choice(name, value, field)
    if isinstance(field, models.DateField):
        return _day(name, value)
    if isinstance(field, models.PositiveIntegerField):
        return _hours(name, value)
    is_long = isinstance(field, models.TextField)
    return (
        clean_text(value or "", name)
        if is_long
        else clean_line(value or "", name, field.max_length or 200)
    )


def _choice(name: str, value: Any, field: Any) -> Any:
    allowed = {code for code, _label in field.flatchoices}
    if value in (None, ""):
        return None if field.null else ""
    if value not in allowed:
        raise Refused(**{name: _("Choose from the list.")})
    return value


def _day(name: str, value: Any) -> date | None:
    if value is not None and value < FIRST_DAY:
        raise Refused(**{name: _("That is too long ago.")})
    found: date | None = value
    return found


def _hours(name: str, value: Any) -> int | None:
    if value in (None, ""):
        return None
    refuse_outside(value, name, 0, MOST_HOURS)
    return int(value)


def _name(value: Any) -> str:
    return clean_line(value or "", "name", 200, wanted=_("Write a name."))


def _kle(value: Any) -> str:
    number = clean_line(value or "", "kle", 20)
    if number and not KLE.fullmatch(number):
        raise Refused(kle=_("Write a KLE number like 27.18.00."))
    return number


def _uuid(value: Any) -> UUID | None:
    if value in (None, ""):
        return None
    try:
        return value if isinstance(value, UUID) else UUID(str(value).strip())
    except ValueError:
        raise Refused(uuid=_("This is not a UUID.")) from None


def _personal(value: Any) -> str:
    """Return the codes as they are kept, ",ordinary,cpr,": a list, or a text between commas."""
    given = value.split(",") if isinstance(value, str) else [str(code) for code in value or ()]
    codes = [code for code in given if code]
    if set(codes) - set(PersonalData.values):
        raise Refused(personal_data=_("Choose from the list."))
    if PersonalData.NONE in codes and len(set(codes)) > 1:
        sentence = _("It cannot both hold personal data and hold none.")
        raise Refused(personal_data=sentence)
    ordered = [code for code in PersonalData.values if code in codes]
    return f",{','.join(ordered)}," if ordered else ""


def _address(name: str, most: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        found = clean_line(value or "", name, most)
        if found and ":" in found.split("/")[0] and not safe_address(found):
            raise Refused(**{name: _("Write an address that begins with https://.")})
        return found

    return check


def _row(name: str, model: type[models.Model]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value is not None and not isinstance(value, model):
            raise Refused(**{name: _("Choose from the list.")})
        return value

    return check


CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "name": _name,
    "kle": _kle,
    "uuid": _uuid,
    "personal_data": _personal,
    "processing_record": _address("processing_record", 2000),
    "contract": _address("contract", 2000),
    "area": _row("area", Area),
    "supplier": _row("supplier", Supplier),
}
