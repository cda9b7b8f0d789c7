"""Begin an assessment, change its head, import one, and ask for the picture of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.forms.told import text_field
from kommissorium.assets.models import Area
from kommissorium.core.ui.forms import PlainForm, RowsField, label_of
from kommissorium.registers.forms.uploads import SheetForm
from kommissorium.risks.models import Assessment
from kommissorium.risks.models.assessments import LINE_LENGTH, TITLE_LENGTH


class HeadForm(PlainForm):
    """Form for the head of an assessment. Only coordinators can name another author."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    assessed_on = forms.DateField(label=_("Assessed on"), initial=timezone.localdate)
    assessor = PersonChoice(
        label=_("Assessed by"),
        empty_label=None,
        help_text=_("Writes in it, like the coordinator and the owner."),
    )
    participants = RowsField(label=_("Took part"))
    others = forms.CharField(
        label=_("Others who took part"),
        help_text=_("For example people from the supplier."),
        required=False,
        max_length=LINE_LENGTH,
    )
    with_society = forms.BooleanField(
        label=label_of(Assessment, "with_society"),
        help_text=_("For what many depend on, or where it must be certain who wrote something."),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, by: Person, people: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.by = by
        participants = self.fields["participants"]
        assert isinstance(participants, RowsField)  # noqa: S101 for the type checker
        participants.offer(people)
        if not by.is_coordinator:
            del self.fields["assessor"]

    def head(self) -> dict[str, Any]:
        """Return what is written, without who took part."""
        outside = {"participants", "edit_version", "process", "area", "copies"}
        return {name: value for name, value in self.cleaned_data.items() if name not in outside}


class BeginForm(HeadForm):
    """The same for a new one, and what of it is not an asset."""

    process = forms.CharField(
        label=_("Process"),
        help_text=_("What is done, for example: payment of benefits."),
        max_length=TITLE_LENGTH,
    )
    area = forms.ModelChoiceField(Area.objects.none(), label=_("Area"), empty_label=_("Choose"))
    copies = forms.BooleanField(label=_("Begin with the risks from last time"), required=False)
    field_order = ("process", "area", "title", "copies")

    def __init__(
        self, data: Any = None, *, scope: str, former: Assessment | None, **kw: Any
    ) -> None:
        super().__init__(data, **kw)
        self.fields["area"].queryset = Area.objects.in_use()  # type: ignore[attr-defined]
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Left empty, it is called what is assessed.")
        for name in ("process", "area"):
            if scope != name:
                del self.fields[name]
        if former is None:
            del self.fields["copies"]


class ChangeForm(HeadForm):
    """The same for a draft, with what there is to say of the whole."""

    summary = text_field(
        5, label=_("Summary"), help_text=_("What the committee should know first."), required=False
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)


class DayForm(PlainForm):
    """The day of a new assessment that is made from another."""

    assessed_on = forms.DateField(label=_("Assessed on"), initial=timezone.localdate)


Scope = Assessment.Scope


class ScopeForm(SheetForm):
    """A sheet, and what its risks are about."""

    scope = forms.ChoiceField(
        label=_("What are the risks about?"),
        choices=[
            (Scope.ORGANISATION, _("The whole organisation")),
            (Scope.ASSETS, _("The systems, data sets or archives a column names")),
            (Scope.PROCESS, _("A process")),
        ],
        widget=forms.RadioSelect,
        initial=Scope.ORGANISATION,
        error_messages={"required": _("Choose one of the options.")},
    )
    process = forms.CharField(
        label=_("Which process?"),
        help_text=_("Only for the risks of a process."),
        required=False,
        max_length=TITLE_LENGTH,
    )


class ThenForm(PlainForm):
    """The day to be compared with today."""

    then = forms.DateField(
        label=_("Compare with"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Write the day as a date.")},
    )

    def clean_then(self) -> date:
        then: date = self.cleaned_data["then"]
        if then >= timezone.localdate():
            raise forms.ValidationError(_("Choose a past day."))
        return then
