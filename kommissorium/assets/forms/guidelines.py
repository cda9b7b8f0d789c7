"""A new version of the guidelines for owners."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.actions.guidelines import GuidelineValues
from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.assets.models import Guideline
from kommissorium.assets.models.guidelines import NAME_LENGTH, URL_LENGTH
from kommissorium.core.files.file_types import ACCEPT
from kommissorium.core.ui.forms import PlainForm, RichTextField, may_come_in
from kommissorium.yearwheel.cadence import nominal

A_YEAR = 12


class GuidelineForm(PlainForm):
    """What the version says, who approved it, and how long it holds."""

    title = forms.CharField(label=_("Title"), max_length=NAME_LENGTH)
    changes = forms.CharField(
        label=_("What is new?"),
        help_text=_("Owners see this first when they are asked to read it."),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )
    text = RichTextField(
        label=_("Text"),
        help_text=_("Write it here, or add a file or a link."),
        required=False,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, pictures or text, up to 25 MB."),
        required=False,
        widget=forms.FileInput({"accept": ACCEPT}),
        validators=[may_come_in],
    )
    url = forms.CharField(label=_("Link"), required=False, max_length=URL_LENGTH)
    approved_by = forms.CharField(
        label=_("Approved by"),
        help_text=_("The committee, the executive board or the person, and perhaps the date."),
        max_length=NAME_LENGTH,
    )
    effective_from = forms.DateField(label=_("In force from"))
    review_by = forms.DateField(label=_("To be reviewed by"))

    def __init__(self, *args: Any, last: Guideline | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if last is None:  # of the first version everything is new
            del self.fields["changes"]
        else:
            self.fields["changes"].required = True

    @staticmethod
    def initial_of(last: Guideline | None, today: date) -> dict[str, Any]:
        """Return what a new version begins with: the words of the last one."""
        dates = {"effective_from": today, "review_by": nominal(today, A_YEAR, 1)}
        if last is None:
            return {"title": str(_("Guidelines for owners")), **dates}
        kept = {name: getattr(last, name) for name in ("title", "text", "url")}
        return {**kept, **dates}

    def values(self) -> GuidelineValues:
        """Return what the action takes."""
        values = {"changes": "", **self.cleaned_data}
        file = values.pop("file")
        given = GivenFile(file.name or "", file.read()) if file else None
        return GuidelineValues(**values, file=given)
