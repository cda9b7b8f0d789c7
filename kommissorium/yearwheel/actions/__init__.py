"""Actions on duties, their occurrences and delegations."""

from __future__ import annotations

from kommissorium.yearwheel.actions.decided_occurrences import (
    ask_for_decision,
    close_decided,
    close_quiet,
)
from kommissorium.yearwheel.actions.delegations import (
    accept_delegation,
    delegate,
    hand_back,
    take_back,
)
from kommissorium.yearwheel.actions.duties import (
    CadenceValues,
    DutyValues,
    add_duty,
    change_duty,
    end_duty,
    keep_as_own,
)
from kommissorium.yearwheel.actions.duty_adoption import adopt_duties
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.meeting_occurrences import sync_all_meetings, sync_meetings
from kommissorium.yearwheel.actions.next_occurrences import begin
from kommissorium.yearwheel.actions.occurrences import (
    finish,
    finish_many,
    move,
    move_many,
    skip,
    skip_many,
)
from kommissorium.yearwheel.actions.register_occurrences import (
    RegisterDuty,
    keep_due,
    register_done,
)

__all__ = [
    "CadenceValues",
    "DutyValues",
    "GivenEvidence",
    "RegisterDuty",
    "accept_delegation",
    "add_duty",
    "adopt_duties",
    "ask_for_decision",
    "begin",
    "change_duty",
    "close_decided",
    "close_quiet",
    "delegate",
    "end_duty",
    "finish",
    "finish_many",
    "hand_back",
    "keep_as_own",
    "keep_due",
    "move",
    "move_many",
    "register_done",
    "skip",
    "skip_many",
    "sync_all_meetings",
    "sync_meetings",
    "take_back",
]
