"""Form for the audience of a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Area
from kommissorium.core.ui.forms import PlainForm, RowsField
from kommissorium.policies.models import Document
from kommissorium.readings.models import Group

GROUPS = [(one.value, one.label) for one in Group if one != Group.AREA]


class AudienceForm(PlainForm):
    """The groups and the areas that are to confirm having read it."""

    groups = forms.MultipleChoiceField(
        label=_("Groups"), choices=GROUPS, required=False, widget=forms.CheckboxSelectMultiple
    )
    areas = RowsField(label=_("Areas"))

    def __init__(self, data: Any = None, *, document: Document) -> None:
        rows = list(document.audiences.all())
        chosen = {
            "groups": [one.kind for one in rows],
            "areas": [str(one.area_id) for one in rows if one.area_id],
        }
        super().__init__(data, initial=chosen)
        self.fields["areas"].offer(Area.objects.in_use())  # type: ignore[attr-defined]
