"""Fields that several forms of incidents have: a moment, a file, a name in the register."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.actions.handing_in import GivenFile
from kommissorium.assets.models import Asset
from kommissorium.core.files.file_types import ACCEPT
from kommissorium.core.ui.forms import may_come_in
from kommissorium.core.ui.widgets import DateInput, TimeInput


class MomentWidget(forms.SplitDateTimeWidget):
    """A day and a time of day beside each other."""

    template_name = "django/forms/widgets/splitdatetime.html"

    def __init__(self) -> None:
        super().__init__({"class": "width-short"})
        day, time = gettext_lazy("Day"), gettext_lazy("Time of day")
        self.widgets = (DateInput({"aria-label": day}), TimeInput({"aria-label": time}))


class MomentField(forms.SplitDateTimeField):
    """A moment, typed as a day and a time here. Where clocks go back, the first of two counts.

    Of a time that clocks jump over it is the one an hour on: no moment is refused.
    """

    widget = MomentWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields[0].error_messages["invalid"] = _("Write a date like 25.11.2026.")
        self.fields[1].error_messages["invalid"] = _("Write a time like 13.00.")

    def compress(self, data_list: Any) -> datetime | None:
        if not data_list or data_list[0] is None or data_list[1] is None:
            if data_list and any(one is not None for one in data_list):
                raise forms.ValidationError(_("Write both a day and a time."))
            return None
        return timezone.make_aware(datetime.combine(*data_list))


def file_field(**kwargs: Any) -> forms.FileField:
    """Return the field for a picture or a file."""
    return forms.FileField(
        required=False,
        widget=forms.FileInput({"accept": ACCEPT}),
        validators=[may_come_in],
        **kwargs,
    )


def given_file(form: forms.Form, name: str = "file") -> GivenFile | None:
    """Return the file that was handed in; None for none."""
    found = form.cleaned_data.get(name)
    return GivenFile(found.name, found.read()) if found else None


class AssetNames(forms.CharField):
    """Names of systems, data sets and archives in the register, one a line; gives the rows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea({"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [one.strip() for one in super().clean(value).splitlines() if one.strip()]
        known = {one.name.lower(): one for one in Asset.objects.in_register().order_by("-pk")}
        unknown = [one for one in lines if one.lower() not in known]
        if unknown:
            near = get_close_matches(unknown[0].lower(), known, n=1, cutoff=0.4)
            text = _("“%(name)s” does not stand in the register.") % {"name": unknown[0]}
            if near:
                text += " " + _("Do you mean “%(name)s”?") % {"name": known[near[0]].name}
            raise forms.ValidationError(text)
        return list(dict.fromkeys(known[one.lower()] for one in lines))
