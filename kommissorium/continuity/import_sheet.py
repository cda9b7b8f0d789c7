"""Services and processes from Excel or a .csv file, or from the workbook of our own list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, ClassVar, Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.importing.cells import read_cell
from kommissorium.assets.importing.sheet import AREAS
from kommissorium.assets.models import Asset, Criticality
from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.continuity.actions.services import cleaned, record_undone, write_service
from kommissorium.continuity.models import Service
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.core.documents.sheets import CellRefused
from kommissorium.core.refusals import Refused
from kommissorium.registers.importing.cells import Cell, words_of
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.names import PERSON, NameGroup
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
    "criticality": ("kritikalitet", "criticality", "kritisk"),
    "mtd": ("mtd", "mtpd", "længst tålelig nedetid", "maks nedetid"),
    SYSTEMS: ("systemer", "systems", "it systemer", "afhængigheder", "aktiver"),
    "responsible": ("ansvarlig", "ejer", "owner", "procesejer", "serviceejer"),
    "area": ("område", "afdeling", "forvaltning", "department", "fagområde"),
    "impact": ("konsekvens", "impact", "konsekvens ved nedbrud"),
    "calls": ("ringeliste", "telefonliste", "kontakter", "phone list"),
}


def _hours(cell: Cell) -> Any:
    found: Any = read_cell("mtd", cell)
    if found is not None and not 1 <= found <= MOST_HOURS:
        limits = {"least": 1, "most": MOST_HOURS}
        raise CellRefused(_("Write a number from %(least)s to %(most)s.") % limits)
    return found


class ServiceSheet(RowImport):
    """Services and processes, with the numbers to call and the systems they need."""

    kind, home, home_label = "continuity", "continuity", gettext_lazy("Continuity")
    takes_back = "continuity"
    model, called, keys = Service, "title", (LINK, "title")
    follows = (Service.systems.through,)
    groups: ClassVar = (
        NameGroup(PERSON, gettext_lazy("People")),
        AREAS,
        NameGroup(SYSTEMS, gettext_lazy("Systems and data"), Asset, also="local_id"),
    )
    templates = (("services", gettext_lazy("Services and processes")),)
    lead = gettext_lazy(
        "Services and processes from Excel or a .csv file. You see what each row will do before"
        " anything is taken in."
    )
    empty = gettext_lazy(
        "Hand in a list of what must go on. Until you take the rows in, nothing is changed."
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
        reads: dict[str, Callable[[Cell], object]] = {
            "mtd": _hours,
            "criticality": partial(read_cell, "criticality"),
        }
        found = [
            Target(
                code,
                _label(code),
                known,
                read=reads.get(code, words_of),
                group=grouped.get(code, ""),
                choices=Criticality.choices if code == "criticality" else (),
                says_several=code == SYSTEMS,
            )
            for code, known in KNOWN.items()
        ]
        return [*found, Target(LINK, gettext_lazy("Link to its page here"), ("link",))]

    def refused(self, pk: int) -> str:
        return _("It has been taken out of the register.") if pk in self.retired else ""

    @cached_property
    def retired(self) -> set[int]:
        """Return the keys of the services that have been taken out."""
        return set(Service.objects.filter(is_retired=True).values_list("pk", flat=True))

    def checked(self, values: Mapping[str, Any], *, is_new: bool) -> Mapping[str, Any]:
        if is_new and values.get("responsible") is None:
            raise Refused(responsible=_("Write who answers for it."))
        texts = {code: value for code, value in values.items() if code in TEXTS}
        return {**values, **cleaned(texts)}

    def write_row(self, row: PlannedRow, by: Person) -> Service:
        return write_service(row.thing, row.values, by=by)

    def record_undone(self, row: ImportedRow, by: Person) -> None:
        record_undone(row, by=by)


def _label(code: str) -> Any:
    if code == SYSTEMS:
        return gettext_lazy("Systems and data it needs")
    field: Any = Service._meta.get_field(code)  # noqa: SLF001 Django's documented model API
    return capfirst(field.verbose_name)
