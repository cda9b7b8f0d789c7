"""Forms of meetings: plan, call, hold and write up."""

from kommissorium.meetings.forms.agenda import (
    CancellationForm,
    FilesField,
    ItemForm,
    MeetingForm,
    PastFilter,
    PlanRows,
    TimeAndPlace,
    as_fields,
)

__all__ = [
    "CancellationForm",
    "FilesField",
    "ItemForm",
    "MeetingForm",
    "PastFilter",
    "PlanRows",
    "TimeAndPlace",
    "as_fields",
]
