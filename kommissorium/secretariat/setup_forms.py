"""Forms of the settings and of the setup assistant: its first step, and who is invited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kommissorium.accounts.actions import change_municipality
from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.ui.forms import PlainForm, label_of

FIELDS = (
    *("name", "mfa_required", "anchor_email", "one_may_adopt_mandates", "top_management"),
    *("closed_items_offline", "edit_version"),
)


class MunicipalityForm(PlainForm):
    """Name, sign-in and the mailbox that keeps the anchors."""

    name = forms.CharField(label=gettext_lazy("Name of the municipality"), max_length=120)
    mfa_required = forms.BooleanField(
        label=gettext_lazy("Everybody signs in with a second step"),
        help_text=gettext_lazy("A passkey or a code from the phone, besides the password."),
        required=False,
    )
    anchor_email = forms.EmailField(
        label=label_of(Municipality, "anchor_email"),
        help_text=gettext_lazy(
            "Each day the end of the evidence chain is sent there. Choose a mailbox outside the "
            "program, such as the auditor's: what is kept there proves that nothing was changed."
        ),
        required=False,
    )
    one_may_adopt_mandates = forms.BooleanField(
        label=gettext_lazy("One person may both enter and approve a mandate"),
        help_text=gettext_lazy(
            "For small municipalities. It is shown where it is answered whether the mandate is "
            "fulfilled."
        ),
        required=False,
    )
    top_management = forms.CharField(
        label=gettext_lazy("Top management"),
        help_text=gettext_lazy(
            "Who reviews the information security of the year, as ISO 27001, 9.3, asks. Left empty "
            "it is the executive board."
        ),
        max_length=120,
        required=False,
    )
    closed_items_offline = forms.BooleanField(
        label=gettext_lazy("Closed items may be read without network"),
        help_text=gettext_lazy(
            "Whoever reads a meeting keeps a copy of it on their phone or computer until they sign "
            "out. Closed items are in that copy only where this is ticked."
        ),
        required=False,
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, municipality: Municipality) -> dict[str, Any]:
        """Return the municipality's values by field."""
        return {name: getattr(municipality, name) for name in FIELDS}

    def save(self, municipality: Municipality, *, by: Person) -> None:
        change_municipality(municipality, by=by, **self.cleaned_data)


class FirstStepForm(MunicipalityForm):
    """The municipality, and what its committee is called."""

    committee = forms.CharField(
        label=gettext_lazy("Name of the committee"),
        max_length=120,
        initial="Informationssikkerhedsudvalget",
    )
    field_order = (
        "name",
        "committee",
        "mfa_required",
        "anchor_email",
        "one_may_adopt_mandates",
        "top_management",
        "closed_items_offline",
    )


class InvitationsForm(PlainForm):
    """Form to choose who is invited now."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Send an invitation to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose somebody, or go on without inviting.")},
    )
