"""What is asked for when meetings are planned, called, held and written up."""

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
