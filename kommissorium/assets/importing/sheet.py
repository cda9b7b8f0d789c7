"""The import of systems, data sets and archives, with their owners."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.checking import checked
from kommissorium.assets.actions.imports import (
    KnownAssets,
    PlannedAsset,
    changed_since,
    holders,
    put_back,
    record_asset_import,
    record_undone,
    write_assets,
)
from kommissorium.assets.actions.suppliers import SupplierValues, add_supplier
from kommissorium.assets.forms.assets import KindForm
from kommissorium.assets.importing.cells import BUSINESS, SINCE, SOCIETY
from kommissorium.assets.importing.kitos import KITOS, is_overview, kitos_source
from kommissorium.assets.importing.targets import KIND, ROLE, example_sheet, targets_of
from kommissorium.assets.models import Area, Asset, Criticality, Kind, PersonalData, Required
from kommissorium.assets.models.areas import NAME_LENGTH as AREA_LENGTH
from kommissorium.assets.models.suppliers import NAME_LENGTH as SUPPLIER_LENGTH
from kommissorium.assets.models.suppliers import Supplier
from kommissorium.core.documents.excel import Sheet
from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.cells import folded, plain_name, words_of
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.names import PERSON, NameGroup
from kommissorium.registers.importing.plan import Change, Plan, PlannedRow, same_stands_in
from kommissorium.registers.importing.rows import RowImport
from kommissorium.registers.importing.sources import Source, SourceRow, read_source
from kommissorium.registers.importing.targets import Target
from kommissorium.registers.models import ImportedRow

AREAS = NameGroup(
    "area", gettext_lazy("Areas"), Area, AREA_LENGTH, lambda name, by: add_area(by=by, name=name)
)


SUPPLIERS = NameGroup(
    "supplier",
    gettext_lazy("Suppliers"),
    Supplier,
    SUPPLIER_LENGTH,
    lambda name, by: add_supplier(by=by, values=SupplierValues(name)),
)


class AssetSheet(RowImport):
    """Systems, data sets or archives from Excel, a .csv file or KITOS; one kind in each file."""

    kind, home, home_label = "assets", "assets", gettext_lazy("Registers")
    takes_back = "assets"
    tabs, hints = "assets/import_tabs.html", "assets/import_hints.html"
    model, row_type, follows = Asset, PlannedAsset, (Required,)
    keys: ClassVar = (LINK, "uuid", "local_id", "name")
    groups: ClassVar = (
        NameGroup(PERSON, gettext_lazy("People")),
        AREAS,
        SUPPLIERS,
    )
    form, templates = KindForm, Kind.choices
    accept = ".xlsx,.csv,.txt,.json"
    lead = gettext_lazy(
        "Systems, data sets and archives from Excel, a .csv file or KITOS. You see what each row"
        " will do before anything is taken in."
    )
    empty = gettext_lazy(
        "Hand in a sheet of what you have. Until you take the rows in, nothing is changed, and an"
        " import can be undone for the rest of the day."
    )
    file_hint = gettext_lazy(
        "An Excel workbook (.xlsx), a .csv file, or a list of IT systems from KITOS in JSON."
        " At most 25 MB and 10,000 rows. The first row with headings is found by itself."
    )
    columns_hint = gettext_lazy(
        "An empty cell changes nothing. Where two columns are the same, the first that is filled"
        " in counts."
    )

    @classmethod
    def checked_options(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        return {"kind": str(Kind(options["kind"]))}

    @classmethod
    def example(cls, template: str) -> Sequence[Sheet]:
        return [example_sheet(template)]

    @property
    def asset_kind(self) -> Kind:
        """Return the kind of the file's rows."""
        return Kind(self.run.options["kind"])

    def about(self) -> str:
        return str(self.asset_kind.label)

    def targets(self) -> Sequence[Target]:
        return targets_of(self.asset_kind)

    def read_file(self, data: bytes, name: str) -> Source:
        if name.lower().endswith(".json"):
            return kitos_source(data)
        source = read_source(data, name)
        return source.shaped(KITOS) if is_overview(source.headings) else source

    @cached_property
    def known(self) -> KnownAssets:
        """Return the names of all assets."""
        return KnownAssets.of(self.asset_kind)

    def key_value(self, code: str, words: str) -> object:
        if code == "name":
            return plain_name(words)
        try:
            return checked(self.asset_kind, {code: words})[code]
        except Refused:  # said when all values of the row are checked
            return None

    def index(self, code: str) -> Mapping[Any, Sequence[int]]:
        return self.known.by(code)

    def read(self, given: SourceRow) -> PlannedRow:
        row = super().read(given)
        kind = self.cell_value(row, KIND) if KIND in self.columns else None
        if kind not in {None, self.asset_kind}:
            row.left_out = True
            text = _("It is of another kind. Hand the file in once more for those.")
            row.notes.append(text)
        return row

    def refused(self, pk: int) -> str:
        if self.known.kinds[pk] != self.asset_kind:
            sentence = _("“%(name)s” has it, and that is of another kind.")
            return sentence % {"name": self.known.called[pk]}
        return _("It has been taken out of the register.") if pk in self.known.gone else ""

    def fetch(self, keys: Collection[int]) -> None:
        self.roles = [code for code in self.columns if code.startswith(ROLE)]
        self.owners = holders(keys) if self.roles else {}
        self.today = timezone.localdate()
        self.numbers: dict[tuple[str, object], int] = {}
        self.taken = {key: self.known.taken(key) for key in ("uuid", "local_id")}

    def values(self, row: PlannedRow) -> dict[str, Any]:
        fields = (code for code in self.columns if code not in (*self.roles, SINCE, KIND, LINK))
        found = {code: self.cell_value(row, code) for code in fields}
        values = {code: value for code, value in found.items() if value is not None}
        society, business = values.pop(SOCIETY, None), values.pop(BUSINESS, None)
        if society:
            values["criticality"] = Criticality.SOCIETY
        elif business is not None and "criticality" not in values:
            values["criticality"] = Criticality.BUSINESS if business else Criticality.NOT_CRITICAL
        return values

    def checked(self, values: Mapping[str, Any], *, is_new: bool) -> Mapping[str, Any]:
        return checked(self.asset_kind, values, is_new=is_new)

    def finish(self, row: PlannedAsset, kept: Mapping[str, Any]) -> None:
        self._refuse_taken(row, kept)
        if not self.roles:
            return
        since = self.cell_value(row, SINCE) if SINCE in self.columns else None
        row.since = since if isinstance(since, date) else self.today
        if row.since > self.today:
            self.fault(row, SINCE, _("The day has not come yet. Choose today or an earlier day."))
        for code in self.roles:
            self._appoint(row, code)

    def in_words(self, code: str, value: Any) -> str:
        if code == "personal_data" and value:
            labels = dict(PersonalData.choices)
            return ", ".join(str(labels[one]) for one in value.split(",") if one)
        return super().in_words(code, value)

    def write(self, plan: Plan, by: Person) -> None:
        for row in plan.right:
            self.names.add_new(row.values, by)
            row.owners = {role: self.names.kept(one, by) for role, one in row.owners.items()}
        write_assets(self.run, plan.right, by)

    def changed_since(self, rows: Sequence[ImportedRow], things: Mapping[int, Any]) -> set[int]:
        return changed_since(rows, things, self.follows)

    def put_back(self, rows: Sequence[ImportedRow], by: Person) -> None:
        put_back(rows, by)

    def record_undone(self, row: ImportedRow, by: Person) -> None:
        record_undone(row, by)

    def record(self, deed: str, *, by: Person, **facts: Any) -> None:
        record_asset_import(deed, self.run, by=by, facts=facts)

    def _refuse_taken(self, row: PlannedRow, kept: Mapping[str, Any]) -> None:
        for code, taken in self.taken.items():
            value = kept.get(code)
            if not value or code == self.run.key:
                continue
            first = self.numbers.setdefault((code, value), row.number)
            owner = taken.get(value)
            if owner is not None and owner != row.found:
                sentence = _("“%(name)s” has it already.")
                self.fault(row, code, sentence % {"name": self.known.called[owner]})
            elif first != row.number:
                self.fault(row, code, same_stands_in(first))

    def _appoint(self, row: PlannedAsset, code: str) -> None:
        words = [words_of(row.cells[n]) for n in self.columns[code] if n < len(row.cells)]
        filled = sorted(filter(None, words), key=lambda text: "@" not in text)
        if not filled:
            return
        role = code.removeprefix(ROLE)
        held = self.owners.get((row.found or 0, role))
        if held and folded(held.name) in {folded(one) for one in filled}:
            return  # also of one who has left, whom nobody can be asked to choose
        called = next((text for text in filled if "@" not in text), "")
        named = self.value(row, code, lambda: self.names.person(filled[0], called))
        person, note = named or (None, "")
        if person is None or (held and held.person == person):
            return
        if held and row.since and row.since < held.since:
            self.fault(row, code, _("Somebody else has had it since a later day."))
        row.notes += [note] if note else []
        row.owners[role] = person
        if held:
            row.held[role] = held
        name = self.names.people.by_key[person].name
        row.changes.append(Change(code, held.name if held else "", name))
