"""Actions on tasks, delegations and the quarters' lists."""

from kommissorium.tasks.actions.delegations import (
    accept_delegation,
    decline_delegation,
    delegate_task,
    withdraw_delegation,
)
from kommissorium.tasks.actions.quarters import choose_for_quarter, settle_choices, unchoose
from kommissorium.tasks.actions.tasks import (
    change_task,
    drop_task,
    finish_task,
    give_task,
    reopen_task,
)

__all__ = [
    "accept_delegation",
    "change_task",
    "choose_for_quarter",
    "decline_delegation",
    "delegate_task",
    "drop_task",
    "finish_task",
    "give_task",
    "reopen_task",
    "settle_choices",
    "unchoose",
    "withdraw_delegation",
]
