"""Forms about rules: a question, an application, why one ends, a task to change it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.person_choice import PersonChoice
from kommissorium.assets.models import Area, Asset
from kommissorium.core.ui.forms import PlainForm
from kommissorium.policies.models import Document
from kommissorium.registers.forms.rows import RowForm
from kommissorium.rulings.actions.rulings import APPLIED
from kommissorium.rulings.models import Dispensation
from kommissorium.rulings.rules import heading_choices


def heading_field(document: Document) -> forms.ChoiceField:
    """Return the field for the rule that is meant: a heading of the document, or the whole."""
    choices = heading_choices(document, timezone.localdate())
    return forms.ChoiceField(label=_("Which rule"), choices=choices, required=False)


class QuestionForm(PlainForm):
    """Form for a question about a rule."""

    question = forms.CharField(
        label=_("What is in doubt?"),
        help_text=_("Say what you want to do, and what makes you doubt. Name no persons."),
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, data: Any = None, *, document: Document, heading: str = "") -> None:
        super().__init__(data, initial={"heading": heading})
        self.fields = {"heading": heading_field(document), **self.fields}


class AssetByName(forms.CharField):
    """The name of a system, data set or archive that the person may see; gives the row."""

    def __init__(self, person: Person, **kwargs: Any) -> None:
        self.seen = Asset.objects.visible_to(person).in_register()
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        if not (name := super().clean(value)):
            return None
        found = self.seen.filter(name__iexact=name).order_by("pk").first()
        if found is None:
            raise forms.ValidationError(_("There is no such system, data set or archive."))
        return found


class ApplicationForm(RowForm):
    """Form to apply for a dispensation: where, why, what is done instead and until when."""

    model = Dispensation
    names = APPLIED

    def __init__(
        self,
        data: Any = None,
        *,
        person: Person,
        row: Dispensation | None = None,
        document: Document | None = None,
        heading: str = "",
    ) -> None:
        self.person = person
        super().__init__(data, row=row)
        if row and row.asset:
            self.initial["asset"] = row.asset.name
        if document:
            self.initial["heading"] = heading
            self.fields = {"heading": heading_field(document), **self.fields}

    def field_of(self, name: str) -> forms.Field:
        if name == "asset":
            label = _("System, data set or archive")
            text = _("As it is called in the register. Leave it empty where it is about none.")
            return AssetByName(self.person, label=label, help_text=text)
        if name == "area":
            rows = Area.objects.in_use()
            none = _("No area chosen")
            return forms.ModelChoiceField(rows, required=False, empty_label=none, label=_("Area"))
        return super().field_of(name)


class EndForm(PlainForm):
    """Form to say how the rule is followed now."""

    because = forms.CharField(
        label=_("How is the rule followed now?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


class ChangeForm(PlainForm):
    """Form to say who is to change the rule, and by when."""

    owner = PersonChoice(label=_("Who changes it"))
    due = forms.DateField(label=_("Due"))
