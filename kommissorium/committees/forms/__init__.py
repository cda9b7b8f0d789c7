"""Forms of committees. Each knows the action it leads to.

`save` may raise Refused, Conflict or PermissionDenied; the view shows which.
"""

from kommissorium.committees.forms.committee import (
    CommitteeForm,
    DayForm,
    EndSeatForm,
    HabitsForm,
    LeaveSeatForm,
    RenameSeatForm,
    SeatForm,
    SeatHolderForm,
)
from kommissorium.committees.forms.drafts import MandateDraftForm
from kommissorium.committees.forms.mandates import MandateApprovalForm, MandateSourceForm

__all__ = [
    "CommitteeForm",
    "DayForm",
    "EndSeatForm",
    "HabitsForm",
    "LeaveSeatForm",
    "MandateApprovalForm",
    "MandateDraftForm",
    "MandateSourceForm",
    "RenameSeatForm",
    "SeatForm",
    "SeatHolderForm",
]
