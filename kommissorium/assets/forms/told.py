"""Form fields for telling of something: a text, a file, names in the register."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.actions.documents import GivenFile
from kommissorium.assets.models import Answer, Asset
from kommissorium.core.files.file_types import ACCEPT
from kommissorium.core.ui.forms import may_come_in

TEXT_LENGTH = 5000
YES_NO = [(Answer.YES, gettext_lazy("Yes")), (Answer.NO, gettext_lazy("No"))]


def file_field(**kwargs: Any) -> forms.FileField:
    """Return the field for a picture or a file."""
    widget = forms.FileInput({"accept": ACCEPT})
    words = {"label": gettext_lazy("Picture or file"), **kwargs}
    return forms.FileField(required=False, widget=widget, validators=[may_come_in], **words)


def text_field(rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Return the field for a text of several lines."""
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(**{"max_length": TEXT_LENGTH, "widget": widget, **kwargs})


def given_file(form: forms.Form) -> GivenFile | None:
    """Return the file that was handed in; None for none."""
    found = form.cleaned_data.get("file")
    return GivenFile(found.name, found.read()) if found else None


class AssetNames(forms.CharField):
    """Names of systems, data sets and archives in the register, one a line; gives the rows.

    `with_left` takes those too that have left the register.
    """

    def __init__(self, *, with_left: bool = False, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea({"rows": 3}), **kwargs)
        self.with_left = with_left

    def clean(self, value: Any) -> Any:
        lines = [one.strip() for one in super().clean(value).splitlines() if one.strip()]
        rows = Asset.objects.order_by(F("ended_on").asc(nulls_last=True), "-pk")
        rows = rows if self.with_left else rows.in_register()
        known = {one.name.lower(): one for one in rows}  # of two the one still in the register
        unknown = [one for one in lines if one.lower() not in known]
        if unknown:
            near = get_close_matches(unknown[0].lower(), known, n=1, cutoff=0.4)
            text = _("“%(name)s” does not stand in the register.") % {"name": unknown[0]}
            if near:
                text += " " + _("Do you mean “%(name)s”?") % {"name": known[near[0]].name}
            raise forms.ValidationError(text)
        return list(dict.fromkeys(known[one.lower()] for one in lines))
