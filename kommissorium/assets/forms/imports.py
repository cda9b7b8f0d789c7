"""The question that the import of assets asks besides the file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Kind
from kommissorium.registers.forms.uploads import SheetForm


class KindForm(SheetForm):
    """A sheet, and the kind of its rows."""

    kind = forms.ChoiceField(
        label=_("What stands in the file?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.SYSTEM,
        error_messages={"required": _("Choose one of the options.")},
    )
