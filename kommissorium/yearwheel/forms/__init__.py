"""Forms of duties and their occurrences."""

from __future__ import annotations

from kommissorium.yearwheel.forms.duties import AddForm, EditForm
from kommissorium.yearwheel.forms.filters import TimesFilter, WheelFilter
from kommissorium.yearwheel.forms.occurrences import (
    BecauseForm,
    BeginForm,
    DelegationForm,
    FinishForm,
    FinishManyForm,
    MoveForm,
)

__all__ = [
    "AddForm",
    "BecauseForm",
    "BeginForm",
    "DelegationForm",
    "EditForm",
    "FinishForm",
    "FinishManyForm",
    "MoveForm",
    "TimesFilter",
    "WheelFilter",
]
