"""Services and processes from Excel or a .csv file, or from the workbook of our own list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, ClassVar, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.importing.cells import read_cell
from kommissorium.assets.models import Area, Asset, Criticality
from kommissorium.assets.models.areas import NAME_LENGTH
from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.continuity.actions.imports import record_undone, write_service
from kommissorium.continuity.actions.services import cleaned
from kommissorium.continuity.models import Service
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.cells import Cell, folded, several, shown, words_of
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.names import PERSON, NameGroup, NameRefused
from kommissorium.registers.importing.plan import PlannedRow
from kommissorium.registers.importing.rows import RowImport
from kommissorium.registers.importing.targets import Target
from kommissorium.registers.models import ImportedRow

SYSTEMS: Final = "systems"
TEXTS: Final = ("title", "impact", "criticality", "mtd", "calls")
KNOWN: Final[Mapping[str, Sequence[str]]] = {
    "title": (
        "service",
        "proces",
        "navn",
        "ydelse",
        "aktivitet",
        "service eller proces",
        "process",
    ),
    "criticality": ("kritikalitet", "criticality"),
    "mtd": ("mtd", "mtpd", "længst tålelig nedetid", "maks nedetid"),
    SYSTEMS: ("systemer", "systems", "it systemer", "afhængigheder", "aktiver"),
    "responsible": ("ansvarlig", "ejer", "owner", "procesejer", "serviceejer"),
    "area": ("område", "afdeling", "forvaltning", "department"),
    "impact": ("konsekvens", "impact", "konsekvens ved nedbrud"),
    "calls": ("ringeliste", "telefonliste", "kontakter", "phone list"),
}


def _hours(cell: Cell) -> Any:
    found: Any = read_cell("mtd", cell)
    if found is not None and not 1 <= found <= MOST_HOURS:
        raise CellRefused(_("Write from 1 to %(most)d hours.") % {"most": MOST_HOURS})
    return found


def _add_area(name: str, by: Person) -> Area:
    return add_area(by=by, name=name)


class ServiceSheet(RowImport):
    """Services and processes, with whom one phones and the systems they need."""

    kind, home, home_label = "continuity", "continuity", gettext_lazy("Continuity")
    takes_back = "continuity"
    model, called, keys = Service, "title", (LINK, "title")
    follows = (Service.systems.through,)
    groups: ClassVar = (
        NameGroup(PERSON, gettext_lazy("People")),
        NameGroup("area", gettext_lazy("Areas"), Area, NAME_LENGTH, _add_area),
        NameGroup(SYSTEMS, gettext_lazy("Systems and data"), Asset),
    )
    templates = (("services", gettext_lazy("Services and processes")),)
    lead = gettext_lazy(
        "Services and processes from Excel or a .csv file. You see what each row will do before"
        " anything is taken in."
    )
    empty = gettext_lazy(
        "Hand in a list of what must go on. Until you take the rows in, nothing is changed."
    )
    file_hint = gettext_lazy(
        "An Excel workbook (.xlsx) or a .csv file. At most 25 MB and 10,000 rows. The first row"
        " with headings is found by itself."
    )
    columns_hint = gettext_lazy(
        "An empty cell changes nothing. Systems stand in one cell with commas or semicolons"
        " between, by name or local ID."
    )

    @classmethod
    def example(cls, _template: str) -> Sequence[Sheet]:
        heads = [Column(str(_label(code)), width=30) for code in KNOWN]
        calls = _("The officer on duty; 12 34 56 78; day and night")
        row = (
            *(_("Example: write over this row"), str(Criticality.BUSINESS.label), 24, ""),
            *("navn@kommune.example", "", _("Citizens get no answer after a day."), calls),
        )
        return [Sheet(_("Services and processes"), heads, [row])]

    def targets(self) -> Sequence[Target]:
        grouped = {"area": "area", "responsible": PERSON, SYSTEMS: SYSTEMS}
        codes = partial(read_cell, "criticality")
        reads: dict[str, Callable[[Cell], object]] = {"mtd": _hours, "criticality": codes}
        found = [
            Target(
                code,
                _label(code),
                known,
                read=reads.get(code, words_of),
                group=grouped.get(code, ""),
                choices=[one for one in Criticality.choices if code == "criticality"],
            )
            for code, known in KNOWN.items()
        ]
        return [*found, Target(LINK, gettext_lazy("Link to its page here"), ("link",))]

    def things(self, keys: Sequence[int]) -> Mapping[int, Any]:
        found: Mapping[int, Any] = Service.objects.prefetch_related("systems").in_bulk(keys)
        return found

    def refused(self, pk: int) -> str:
        return _("It has been taken out of the register.") if pk in self.retired else ""

    @cached_property
    def retired(self) -> set[int]:
        """Return the keys of the services that have been taken out."""
        return set(Service.objects.filter(is_retired=True).values_list("pk", flat=True))

    @cached_property
    def systems(self) -> Mapping[str, Sequence[Asset]]:
        """Return all that systems can be called: their names and local IDs, folded."""
        found: dict[str, list[Asset]] = defaultdict(list)
        for one in self.names.by_key(SYSTEMS).values():
            for words in {folded(one.name), folded(one.local_id)} - {""}:
                found[words].append(one)
        return found

    def cell_value(self, row: PlannedRow, code: str) -> object:
        if code != SYSTEMS:
            return super().cell_value(row, code) if code != LINK else None
        parts = several(self.cell(code, row.cells))
        return self.value(row, code, lambda: self._named(row, parts)) or None

    def before(self, thing: Any, code: str) -> Any:
        if thing is not None and code == SYSTEMS:
            return _in_order(thing.systems.all())
        return super().before(thing, code)

    def in_words(self, code: str, value: Any) -> str:
        if code == SYSTEMS:
            return ", ".join(sorted(one.name for one in value or ()))
        return super().in_words(code, value)

    def checked(self, values: Mapping[str, Any], *, is_new: bool) -> Mapping[str, Any]:
        if is_new and values.get("responsible") is None:
            raise Refused(responsible=_("Write who answers for it."))
        texts = {code: value for code, value in values.items() if code in TEXTS}
        return {**values, **cleaned(texts)}

    def write_row(self, row: PlannedRow, by: Person) -> Service:
        return write_service(row.thing, row.values, by=by)

    def record_undone(self, row: ImportedRow, by: Person) -> None:
        record_undone(row, by=by)

    def _named(self, row: PlannedRow, parts: Sequence[str]) -> list[Asset]:
        """Return the systems of a cell; a name may have commas in it. Raises NameRefused."""
        held = {one.pk for one in row.thing.systems.all()} if row.thing else set()
        found: dict[int, Asset] = {}
        rest = list(parts)
        while rest:
            most = next((n for n in range(len(rest), 1, -1) if self._known(rest[:n], held)), 1)
            for one in self._known(rest[:most], held) or self._asked(rest[0]):
                found[one.pk] = one
            rest = rest[most:]
        return _in_order(found.values())

    def _known(self, parts: Sequence[str], held: Collection[int]) -> Sequence[Asset]:
        """Return what is called so: what the service has already, else the one in the register."""
        called = self.systems.get(folded(" ".join(parts)), ())
        if own := [one for one in called if one.pk in held]:
            return own
        open_ = [one for one in called if not one.is_over]
        if len(open_) > 1:
            sentence = _("Several are called “%(name)s”. Write the local ID.")
            raise NameRefused(sentence % {"name": shown(", ".join(parts))})
        return open_

    def _asked(self, words: str) -> Sequence[Asset]:
        """Return what was chosen for a name that nothing has. Raises NameRefused until it is."""
        one = self.names.row(SYSTEMS, words)
        return [one] if one is not None else []


def _label(code: str) -> Any:
    if code == SYSTEMS:
        return gettext_lazy("Systems and data it needs")
    field: Any = Service._meta.get_field(code)  # noqa: SLF001 Django's documented model API
    return capfirst(field.verbose_name)


def _in_order(rows: Any) -> list[Asset]:
    return sorted(rows, key=lambda one: one.pk)
