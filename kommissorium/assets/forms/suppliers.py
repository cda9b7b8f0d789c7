"""Forms for suppliers, agreements and oversight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import danish_order
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.actions.agreements import (
    FIELDS,
    MOST_MONTHS,
    AgreementValues,
    OversightValues,
)
from kommissorium.assets.actions.suppliers import EMAIL_LENGTH, PHONE_LENGTH, SupplierValues
from kommissorium.assets.forms.told import file_field, given_file, text_field
from kommissorium.assets.models import Agreement, Asset, Oversight, Supplier
from kommissorium.assets.models.suppliers import NAME_LENGTH, URL_LENGTH
from kommissorium.assets.oversight import CLOSED, DUE_SOON, OVERDUE, UNCOVERED
from kommissorium.core.ui.forms import (
    FilterForm,
    PlainForm,
    RowsField,
    choice_field,
    words_field,
)
from kommissorium.core.ui.required import When
from kommissorium.yearwheel.cadence import nominal

MONTHS = 12
SHOWS = [
    ("", _("All in use")),
    (OVERDUE, _("Oversight is overdue")),
    (DUE_SOON, _("Oversight is due within 60 days")),
    (UNCOVERED, _("Personal data without an agreement")),
    (CLOSED, _("Closed")),
]


class SupplierFilter(FilterForm):
    """Filters of the list of suppliers. Nonsense in the address narrows nothing."""

    q = words_field()
    show = choice_field(_("Show"), SHOWS)


class SupplierForm(PlainForm):
    """A supplier's details."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    cvr = forms.CharField(
        label=_("CVR number"),
        required=False,
        max_length=20,
        help_text=_("Eight digits."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    contact = forms.CharField(label=_("Contact"), required=False, max_length=NAME_LENGTH)
    email = forms.CharField(
        label=_("E-mail"), required=False, max_length=EMAIL_LENGTH, widget=forms.EmailInput
    )
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=PHONE_LENGTH,
        widget=forms.TextInput({"class": "width-medium"}),
    )
    note = text_field(3, label=_("Note"), required=False)

    def __init__(self, data: Any = None, *, supplier: Supplier | None = None) -> None:
        names = tuple(self.base_fields)
        initial = {name: getattr(supplier, name) for name in names} if supplier else {}
        super().__init__(data, initial=initial)
        if supplier is not None:
            self.keep_version(supplier.edit_version)

    def supplier_values(self) -> SupplierValues:
        return SupplierValues(**{name: self.cleaned_data[name] for name in self.base_fields})

    def change(self) -> dict[str, Any]:
        """Return the changed values, and the version they change."""
        return {"values": self.supplier_values(), "edit_version": self.cleaned_data["edit_version"]}


class AgreementForm(PlainForm):
    """The terms of an agreement, what it covers and how often the supplier is overseen."""

    required_when: Mapping[str, When] = {
        "next_oversight": When(
            _("there is to be oversight"),
            lambda form: bool(form.cleaned_data.get("oversight_months")),
            _("Say when the next oversight is due, or write 0 months where there is to be none."),
        )
    }

    title = forms.CharField(
        label=_("Title"),
        max_length=NAME_LENGTH,
        help_text=_("For example: Data processing agreement on payroll."),
    )
    signed_on = forms.DateField(label=_("Signed on"), required=False)
    expires_on = forms.DateField(label=_("Expires on"), required=False)
    file = file_field(
        label=_("The agreement as a file"), help_text=_("PDF or Word (.docx), up to 25 MB.")
    )
    url = forms.CharField(label=_("Or a link to it"), required=False, max_length=URL_LENGTH)
    assets = RowsField(
        label=_("What it covers"),
        help_text=_("The supplier's systems and data that the agreement is about."),
    )
    oversight_model = forms.ChoiceField(
        label=_("How the supplier is overseen"),
        choices=[("", _("Not decided")), *Agreement.Model.choices],
        required=False,
    )
    oversight_months = forms.IntegerField(
        label=_("Months between oversight"),
        min_value=0,
        max_value=MOST_MONTHS,
        help_text=_("12 is once a year. 0 where there is to be no oversight."),
    )
    next_oversight = forms.DateField(
        label=_("Next oversight is due on"),
        required=False,
        help_text=_("It stands in the committee's year wheel until it is done."),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        supplier: Supplier,
        today: date,
        agreement: Agreement | None = None,
    ) -> None:
        super().__init__(data, files, initial=_initial(agreement, today))
        kept = agreement.responsible if agreement else None
        self.fields["responsible"] = PersonChoice(
            kept=kept,
            label=_("Responsible for the oversight"),
            required=False,
            empty_label=_("None"),
            help_text=_("Is reminded, and can write the conclusion."),
        )
        self._offer(supplier, agreement)
        if agreement and agreement.file_name:
            text = _("There is a file: %(name)s. A new one takes its place.")
            self.fields["file"].help_text = text % {"name": agreement.file_name}
        if agreement is not None:
            self.keep_version(agreement.edit_version)

    def agreement_values(self) -> AgreementValues:
        values = self.cleaned_data
        kept = {name: values[name] for name in FIELDS}
        assets = values.get("assets", [])
        return AgreementValues(**kept, assets=assets, file=given_file(self))

    def change(self) -> dict[str, Any]:
        """Return the changed values, and the version they change."""
        return {
            "values": self.agreement_values(),
            "edit_version": self.cleaned_data["edit_version"],
        }

    def _offer(self, supplier: Supplier, agreement: Agreement | None) -> None:
        offered = Q(supplier=supplier, ended_on=None)
        if agreement is not None:
            offered |= Q(pk__in=agreement.assets.values("pk"))
        rows = list(Asset.objects.filter(offered).order_by(danish_order("name"), "pk"))
        field: Any = self.fields["assets"]
        field.offer(rows)
        if not rows:
            del self.fields["assets"]


class OversightForm(PlainForm):
    """An oversight's method and conclusion."""

    model = forms.ChoiceField(
        label=_("How was it done?"), choices=Agreement.Model.choices, widget=forms.RadioSelect
    )
    done_on = forms.DateField(label=_("When was it done?"))
    result = forms.ChoiceField(
        label=_("What was the result?"),
        choices=Oversight.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the options.")},
    )
    conclusion = text_field(
        5,
        label=_("Conclusion"),
        help_text=_("What it showed, what it means for us, and who follows up on what."),
    )
    file = file_field(
        label=_("The report or the answers"), help_text=_("PDF or Word (.docx), up to 25 MB.")
    )
    url = forms.CharField(label=_("Or a link to them"), required=False, max_length=URL_LENGTH)

    def oversight_values(self) -> OversightValues:
        return OversightValues(**self.cleaned_data | {"file": given_file(self)})


def _initial(agreement: Agreement | None, today: date) -> dict[str, Any]:
    if agreement is None:
        return {"oversight_months": MONTHS, "next_oversight": nominal(today, MONTHS, 1)}
    values = {name: getattr(agreement, name) for name in FIELDS}
    covered = [str(key) for key in agreement.assets.values_list("pk", flat=True)]
    return {**values, "assets": covered}
