"""An asset's fields: their groups on its page and in forms, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.assets.actions.checking import fields_of
from kommissorium.assets.models import Asset, Criticality, Kind, Lifecycle, PersonalData
from kommissorium.core.richtext.allowed_characters import safe_address
from kommissorium.core.ui.localised import day

HOURS_OF_A_DAY = 24
TWO_DAYS = 48
# These are asked for where nobody has said; what else is empty is not shown.
MATTERS: Final = {
    *("purpose", "area", "criticality", "confidentiality", "integrity", "availability"),
    *("personal_data", "supplier", "lifecycle", "place", "contents", "access"),
}
# Shown elsewhere on the page: as its title, and with the agreements of a system's supplier.
ELSEWHERE: Final = {("name", kind) for kind in Kind} | {
    *(("agreements", kind) for kind in Kind),
    ("supplier", Kind.SYSTEM),
}
LABELS: Final[Mapping[str, Any]] = {
    "used_by": gettext_lazy("used by"),
    "agreements": gettext_lazy("data processing agreements"),
}
TONES: Final[Mapping[str, str]] = {
    Criticality.SOCIETY: "info",
    Criticality.BUSINESS: "info",
    Criticality.NOT_CRITICAL: "neutral",
    Lifecycle.PHASING_OUT: "warning",
    Lifecycle.OUT_OF_USE: "warning",
}


@dataclass(frozen=True)
class Fact:
    """One line of an asset's page. `text` is "" where nobody has filled it in."""

    name: str
    label: str
    text: str
    url: str = ""
    tone: str = ""
    warning: str = ""


@dataclass(frozen=True)
class Shown:
    """A group of an asset's page; without facts none of its fields is filled in."""

    group: Group
    facts: list[Fact]


def shown_of(asset: Asset) -> list[Shown]:
    """Return the page of an asset in words, group by group; groups of no use are left out."""
    rows = [Shown(group, _facts(asset, group)) for group in groups_of(asset.kind)]
    return [row for row in rows if row.facts]


def label_of(name: str) -> str:
    """Return a field's label, with a capital letter."""
    words = str(LABELS.get(name) or Asset._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
    return words[:1].upper() + words[1:]


def hours(number: int) -> str:
    """Return a number of hours in words: in days too from two days on."""
    if number < TWO_DAYS:
        return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}
    days, rest = divmod(number, HOURS_OF_A_DAY)
    words = ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    if not rest:
        return words
    more = ngettext("%(number)s hour", "%(number)s hours", rest) % {"number": rest}
    return _("%(days)s and %(hours)s") % {"days": words, "hours": more}


def personal_data(asset: Asset) -> str:
    """Return the kinds of personal data in words; "" where nobody has filled them in."""
    labels = dict(PersonalData.choices)
    return ", ".join(str(labels[code]) for code in asset.personal_data_kinds if code in labels)


def _facts(asset: Asset, group: Group) -> list[Fact]:
    facts = [_fact(asset, name) for name in group.fields if (name, asset.kind) not in ELSEWHERE]
    return [fact for fact in facts if fact.text or fact.name in MATTERS]


def _fact(asset: Asset, name: str) -> Fact:
    text = _text(asset, name)
    value = getattr(asset, name)
    address = safe_address(text) if name in {"contract", "processing_record"} else ""
    passed = name == "contract_ends" and value is not None and value < timezone.localdate()
    return Fact(
        name=name,
        label=label_of(name),
        text=text,
        url=address,
        tone=TONES.get(value, "") if isinstance(value, str) else "",
        warning=_("Expired") if passed else "",
    )


def _text(asset: Asset, name: str) -> str:
    value = getattr(asset, name)
    if name == "used_by":
        return ", ".join(area.name for area in value.all())
    if name == "personal_data":
        return personal_data(asset)
    if value is None or value == "":
        return ""
    if name in {"mtd", "rto", "rpo"}:
        return hours(value)
    if isinstance(value, date):
        return day(value)
    shown = getattr(asset, f"get_{name}_display", None)
    return str(shown() if shown else value)


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Group:
    """Some fields under one heading. `lead` explains their purpose to whoever fills them in."""

    key: str
    title: str | StrPromise
    lead: str | StrPromise
    fields: tuple[str, ...]


ALL: Final[tuple[Group, ...]] = (
    Group(
        "what",
        gettext_lazy("What it is"),
        gettext_lazy("So that others know what is meant and who uses it."),
        ("name", "alias", "purpose", "area", "used_by"),
    ),
    Group(
        "place",
        gettext_lazy("Place and access"),
        gettext_lazy("Where the archive stands, what is in it, and who comes in."),
        ("place", "contents", "access", "protection", "keeper"),
    ),
    Group(
        "criticality",
        gettext_lazy("Criticality"),
        gettext_lazy(
            "What happens to the citizens and the work if it is down, wrong or seen by others."
        ),
        ("criticality", "confidentiality", "integrity", "availability", "mtd", "rto", "rpo"),
    ),
    Group(
        "data",
        gettext_lazy("Personal data"),
        gettext_lazy("What it holds on people decides which documents it must have."),
        ("personal_data", "processing_record"),
    ),
    Group(
        "contract",
        gettext_lazy("Supplier and contract"),
        gettext_lazy("Who delivers it, who runs it, and how long one is bound."),
        (
            *("supplier", "agreements", "hosting", "operator"),
            *("contract", "contract_ends", "bound_until"),
        ),
    ),
    Group(
        "lifecycle",
        gettext_lazy("Lifecycle and retention"),
        gettext_lazy("Whether it is in use, and how long what it holds is kept."),
        ("lifecycle", "retention", "preservation"),
    ),
    Group(
        "numbers",
        gettext_lazy("Numbers and rules"),
        gettext_lazy("What other registers call it, and what the law asks about it."),
        ("local_id", "uuid", "kle", "uses_ai", "is_accessible"),
    ),
)
NEW_TITLES: Final[Mapping[str, StrPromise]] = {
    Kind.SYSTEM: gettext_lazy("New IT system"),
    Kind.DATA_SET: gettext_lazy("New data set"),
    Kind.ARCHIVE: gettext_lazy("New physical archive"),
}


def groups_of(kind: str) -> list[Group]:
    """Return the groups a kind of asset has, each with the fields of that kind."""
    there = set(fields_of(kind))
    found = (
        Group(one.key, one.title, one.lead, tuple(name for name in one.fields if name in there))
        for one in ALL
    )
    return [group for group in found if group.fields]


def single_fields(kind: str) -> list[str]:
    """Return the fields of a kind of asset that can be changed one at a time.

    Agreements are chosen among those of the supplier, and so only together with it.
    """
    return [name for name in fields_of(kind) if name != "agreements"]
