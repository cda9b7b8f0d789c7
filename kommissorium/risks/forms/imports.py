"""Form for the import of risks: its questions beside the file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.forms.uploads import SheetForm
from kommissorium.risks.models import Assessment
from kommissorium.risks.models.assessments import TITLE_LENGTH

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
