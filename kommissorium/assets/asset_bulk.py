"""Fields and roles that can be changed for many assets at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kommissorium.accounts.models import Person, danish_order
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.actions.bulk import (
    OWNER,
    WAIVED,
    moved_owners,
    moved_waivers,
    put_assets_back,
    write_bulk,
)
from kommissorium.assets.actions.checking import fields_of
from kommissorium.assets.actions.documents import reason_of_waiver
from kommissorium.assets.models import (
    ROLES,
    Area,
    Asset,
    DocumentType,
    Ownership,
    Required,
    Role,
)
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.required import When
from kommissorium.registers.lists.bulk import LEAVE, LEFT_ALONE, Bulk, BulkLine, BulkPart, FieldPart
from kommissorium.registers.models import BulkChange, BulkRow

FIELDS: Final = (
    *("criticality", "area", "lifecycle", "confidentiality", "integrity", "availability"),
    "hosting",
)
READ: Final = ("kind", "name", "ended_on", "edit_version", *FIELDS)


class AssetField(FieldPart[Asset]):
    """A field of assets; some kinds do not have it."""

    def offered(self) -> QuerySet[Any]:
        return Area.objects.in_use().order_by(danish_order("name"))

    def refused(self, row: Asset, wish: Any, held: Any) -> str:
        return "" if self.code in fields_of(row.kind) else _("This kind does not have that field.")


class OwnerPart(BulkPart[Asset]):
    """An asset's roles. A wish is role, person and first day; role "" is the one the kind asks for.

    What is held is role, person, first day and the ownership's key; the last two are None of an
    owner who is not there yet.
    """

    code = OWNER
    label = pgettext_lazy("of an asset", "Owner")

    def fields(self) -> Mapping[str, forms.Field]:
        roles = [("", gettext_lazy("The owner that the kind asks for")), *Role.choices]
        person = PersonChoice(
            label=gettext_lazy("New owner"), empty_label=_("Leave as it is"), required=False
        )
        since = forms.DateField(
            label=gettext_lazy("Owner from"), required=False, initial=timezone.localdate
        )
        role = forms.ChoiceField(label=gettext_lazy("In which role"), choices=roles, required=False)
        return {OWNER: person, "role": role, "since": since}

    def wish(self, said: Mapping[str, Any]) -> Any:
        if said[OWNER] is None:
            if said["role"]:
                raise Refused(owner=_("Choose a person."))
            return LEAVE
        since = said["since"] or timezone.localdate()
        if since > timezone.localdate():
            raise Refused(since=_("The day has not come yet. Choose today or an earlier day."))
        return [said["role"], said[OWNER].pk, since.isoformat()]

    def held(self, rows: Sequence[Asset], wish: Any) -> Mapping[int, Any]:
        role = {row.pk: _role(row, wish) for row in rows}
        found = Ownership.objects.filter(role__in=set(role.values()))
        current = found.current().values_list("asset", "role", "person", "from_date", "pk")
        ended = found.exclude(to_date=None).values_list("asset", "role").order_by()
        self.until = {(asset, one): last for asset, one, last in ended.annotate(Max("to_date"))}
        held: dict[int, Any] = {pk: [one, None, None, None] for pk, one in role.items()}
        for asset, one, person, since, pk in current:
            if role.get(asset) == one:
                held[asset] = [one, person, since.isoformat(), pk]
        return held

    def becomes(self, row: Asset, wish: Any, held: Any) -> Any:
        return held if held[1] == wish[1] else [held[0], wish[1], wish[2], None]

    def refused(self, row: Asset, wish: Any, held: Any) -> str:
        role, person, since, _key = held
        begins = date.fromisoformat(wish[2])
        if role not in ROLES[row.kind]:
            return _("This kind does not have that role.")
        if person == wish[1]:
            return ""
        if since and date.fromisoformat(since) > begins:
            return _("Somebody else has had it since a later day.")
        last = self.until.get((row.pk, role))
        return _("Somebody else had it until a later day.") if last and last > begins else ""

    def words(self, values: Iterable[Any]) -> list[str]:
        values = list(values)
        keys = {one[1] for one in values if one[1]}
        names = dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
        return [_owner_words(one, names) for one in values]


class WaivedPart(BulkPart[Asset]):
    """A document that assets need none of. A wish is its kind and the reason, as what is held is.

    Held is "" for the reason where it is demanded, and None where the matrix demands none.
    """

    code = WAIVED
    label = gettext_lazy("A document that is not needed")
    required_when: Mapping[str, When] = {
        "waived_because": When(
            gettext_lazy("a document is chosen"),
            lambda form: bool(form.cleaned_data.get(WAIVED)),
            gettext_lazy("Write why."),
        )
    }

    def fields(self) -> Mapping[str, forms.Field]:
        kinds = [(str(one.pk), one.label) for one in DocumentType.objects.filter(is_retired=False)]
        document = forms.ChoiceField(
            label=self.label, choices=[("", LEFT_ALONE), *kinds], required=False
        )
        because = forms.CharField(
            label=gettext_lazy("Why it is not needed"),
            required=False,
            widget=forms.Textarea({"rows": 3}),
        )
        return {WAIVED: document, "waived_because": because}

    def wish(self, said: Mapping[str, Any]) -> Any:
        because = said["waived_because"].strip()
        if not said[WAIVED]:
            if because:
                raise Refused(waived=_("Choose a document."))
            return LEAVE
        return [int(said[WAIVED]), reason_of_waiver(because, "waived_because")]

    def held(self, rows: Sequence[Asset], wish: Any) -> Mapping[int, Any]:
        found = Required.objects.filter(type=wish[0]).values_list("asset", "waived_because")
        return {asset: [wish[0], because] for asset, because in found}

    def becomes(self, row: Asset, wish: Any, held: Any) -> Any:
        return held if held is None or held[1] else wish

    def refused(self, row: Asset, wish: Any, held: Any) -> str:
        return "" if held else _("No such document is demanded of it.")

    def words(self, values: Iterable[Any]) -> list[str]:
        values = list(values)
        names = DocumentType.objects.in_bulk({one[0] for one in values})
        return [_waiver_words(names[kind].label, because) for kind, because in values]


class AssetBulk(Bulk[Asset]):
    """Many assets at once: by coordinators all of it, by owners the fields of their own."""

    def offered_to(self, person: Person) -> bool:
        return Asset.can_be_added_by(person) or Asset.objects.owned_by(person).exists()

    def parts(self) -> Sequence[BulkPart[Asset]]:
        first, second, *rest = (AssetField(Asset, name) for name in FIELDS)
        return [first, second, OwnerPart(), *rest, WaivedPart()]

    def may_change(self, part: BulkPart[Asset], person: Person) -> bool:
        if part.code == WAIVED:
            return person.is_coordinator
        return part.code != OWNER or Asset.can_be_added_by(person)

    def fetched(self, rows: QuerySet[Asset], by: Person) -> QuerySet[Asset]:
        return rows.asked_for_by(by).only(*READ)  # type: ignore[attr-defined, no-any-return]

    def barred(self, row: Asset, by: Person) -> str:
        if row.is_over:
            return _("It has been taken out of the register and cannot be changed.")
        return "" if row.can_be_changed_by(by) else _("You are not its owner.")

    def write(
        self, lines: Sequence[BulkLine[Asset]], by: Person, change: BulkChange
    ) -> Sequence[BulkRow]:
        return write_bulk(lines, by, change)

    def moved(self, rows: Sequence[BulkRow], things: Mapping[int, Asset]) -> set[int]:
        return super().moved(rows, things) | moved_owners(rows) | moved_waivers(rows)

    def put_back(self, rows: Sequence[BulkRow], by: Person, change: BulkChange) -> None:
        put_assets_back(rows, by, change)


def _role(row: Asset, wish: Any) -> str:
    return str(wish[0] or row.wanted_roles[0])


def _owner_words(value: Any, names: Mapping[int, str]) -> str:
    role, person, since, key = value
    words = {"role": str(Role(role).label).lower(), "name": names.get(person, _("None"))}
    if key or since is None:
        return _("%(name)s (%(role)s)") % words
    words["day"] = day(date.fromisoformat(since))
    return _("%(name)s (%(role)s from %(day)s)") % words


def _waiver_words(document: str, because: str) -> str:
    words = {"document": document, "because": because}
    return (
        _("%(document)s: %(because)s") % words if because else _("%(document)s: demanded") % words
    )
