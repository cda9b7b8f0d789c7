"""Forms of the setup assistant: its first step, and who is invited."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.ui.forms import PlainForm
from kommissorium.secretariat.views.settings import MunicipalityForm


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
    )


class InvitationsForm(PlainForm):
    """Form to choose who is invited now."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Send an invitation to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose somebody, or go on without inviting.")},
    )
