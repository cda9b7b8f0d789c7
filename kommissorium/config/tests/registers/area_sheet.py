"""An ordinary import, as a new register declares it: the areas, with the people who lead them."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area, change_area, close_area
from kommissorium.assets.models import Area
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.registers.importing.names import PERSON, NameGroup
from kommissorium.registers.importing.plan import PlannedRow
from kommissorium.registers.importing.rows import RowImport
from kommissorium.registers.importing.targets import Target
from kommissorium.registers.tests.import_sample import ImportSample


class AreaSheet(RowImport):
    kind, home, home_label = "areas", "assets", "Registers"
    model, keys = Area, ("name",)
    groups: ClassVar = (NameGroup(PERSON, "People"),)
    templates = (("areas", "Areas"),)
    lead = empty = file_hint = columns_hint = "Areas."

    def targets(self):
        return [
            Target("name", "Area", known=("omraade", "område")),
            Target("head", "Head of the area", known=("chef",), group=PERSON),
        ]

    @classmethod
    def example(cls, template):
        return [
            Sheet("Areas", [Column("Area"), Column("Head of the area")], [["Skoler", "Ukendt"]])
        ]

    def refused(self, pk):
        return "It is closed." if Area.objects.get(pk=pk).closed_on else ""

    def write_row(self, row: PlannedRow, by: Person) -> Area:
        values = {"name": row.name, **row.values}
        head = Person.objects.filter(pk=values.get("head")).first()
        if row.thing is None:
            return add_area(by=by, name=values["name"], head=head)
        version = row.thing.edit_version
        change_area(row.thing, by=by, name=values["name"], head=head, edit_version=version)
        return row.thing


def _spoil(cast):
    close_area(Area.objects.get(name="Område 1"), by=cast.coordinator)
    area = Area.objects.get(name="Område 0")
    change_area(area, by=cast.coordinator, name="Andet", head=None, edit_version=1)


AREAS = ImportSample(
    kind="areas",
    acts="registers",
    headings="Område;Chef",
    row=lambda n: f"Område {n};Søren Ødum",
    wrong=";Søren Ødum",
    fault="Area",
    held=lambda: list(Area.objects.order_by("pk").values("name", "head", "closed_on")),
    meddle=lambda cast: add_area(by=cast.coordinator, name="Område 0"),
    spoil=_spoil,
)
