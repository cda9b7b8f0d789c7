"""Form fields of an asset, each with a word on its meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.facts import label_of
from kommissorium.assets.forms.told import text_field
from kommissorium.assets.models import (
    Answer,
    Area,
    Criticality,
    Hosting,
    Level,
    Lifecycle,
    PersonalData,
    Preservation,
    Supplier,
)
from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.core.ui.forms import RowsField

HELP: Final[Mapping[str, Any]] = {
    "name": _("What you call it from day to day."),
    "alias": _("Earlier names, abbreviations, the product's own name."),
    "purpose": _("A few lines: for what task, and for whom."),
    "area": _("The part of the organisation that answers for it."),
    "used_by": _("Others who use it as well."),
    "local_id": _("The number or code your own lists have for it."),
    "uuid": _("From the register it comes from, such as KITOS. Others leave it empty."),
    "kle": _("The number of the task in KLE, for example 27.18.00."),
    "criticality": _(
        "Critical to society: lives, health or order are at stake if it fails. Critical to "
        "business: the municipality cannot do a task it must do."
    ),
    "confidentiality": _("How bad it is if outsiders see it."),
    "integrity": _("How bad it is if it is wrong."),
    "availability": _("How bad it is if it is down."),
    "mtd": _("In hours (MTD): after that the work can no longer be done without it."),
    "rto": _("In hours (RTO): how soon it must run again. Less than the longest downtime."),
    "rpo": _("In hours (RPO): how old the newest backup can be."),
    "processing_record": _("A link to the record, or its number."),
    "supplier": _("Is a supplier not in the list? Ask the coordinator to add it."),
    "agreements": _("Those of the supplier that concern this one."),
    "operator": _("The team or the company one calls when it does not run."),
    "contract": _("A link to the contract, or its number in the records."),
    "bound_until": _("The first day it can be left."),
    "retention": _("How long what it holds is kept, for example: 5 years after the case ends."),
    "preservation": _("What the archive authority has decided."),
    "place": _("Building, floor and room."),
    "contents": _("What it holds, from which years, and about how much."),
    "access": _("Who comes in, who has keys and codes, and how visits are noted."),
    "protection": _("Doors, alarms, pipes, distance to the floor."),
    "keeper": _("Who sees to it from day to day."),
}


def field_for(name: str) -> forms.Field:
    """Return a new field of that name, without the rows it may choose among."""
    made = MAKERS.get(name, _line)(name)
    made.label = label_of(name)
    made.help_text = HELP.get(name, "")
    return made


def _line(name: str, *, most: int = 200) -> forms.Field:
    return forms.CharField(required=name == "name", max_length=most)


def _address(_name: str) -> forms.Field:
    return forms.CharField(required=False, max_length=2000)


def _short(name: str) -> forms.Field:
    field = _line(name, most=60)
    field.widget.attrs["class"] = "width-medium"
    return field


def _text(_name: str) -> forms.Field:
    return text_field(4, required=False)


def _day(_name: str) -> forms.Field:
    return forms.DateField(required=False)


def _hours(_name: str) -> forms.Field:
    return forms.IntegerField(required=False, min_value=0, max_value=MOST_HOURS)


def _level(_name: str) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("", _("Not assessed")), *Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )


def _of(choices: Any, widget: type[forms.Widget] | None = None) -> Callable[[str], forms.Field]:
    def make(_name: str) -> forms.Field:
        return forms.ChoiceField(choices=choices, required=False, widget=widget or forms.Select)

    return make


def _kinds(_name: str) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=PersonalData.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _rows(_name: str) -> forms.Field:
    return RowsField()


def _area(_name: str) -> forms.Field:
    return forms.ModelChoiceField(
        Area.objects.none(), required=False, empty_label=_("No area chosen")
    )


def _supplier(_name: str) -> forms.Field:
    return forms.ModelChoiceField(
        Supplier.objects.none(), required=False, empty_label=_("No supplier")
    )


MAKERS: Final[Mapping[str, Callable[[str], forms.Field]]] = {
    "purpose": _text,
    "contents": _text,
    "access": _text,
    "protection": _text,
    "local_id": _short,
    "uuid": _short,
    "kle": _short,
    "area": _area,
    "used_by": _rows,
    "criticality": _of(Criticality.choices, forms.RadioSelect),
    "confidentiality": _level,
    "integrity": _level,
    "availability": _level,
    "mtd": _hours,
    "rto": _hours,
    "rpo": _hours,
    "personal_data": _kinds,
    "processing_record": _address,
    "lifecycle": _of(Lifecycle.choices),
    "preservation": _of(Preservation.choices),
    "supplier": _supplier,
    "agreements": _rows,
    "hosting": _of(Hosting.choices),
    "contract": _address,
    "contract_ends": _day,
    "bound_until": _day,
    "uses_ai": _of(Answer.choices),
    "is_accessible": _of(Answer.choices),
}
