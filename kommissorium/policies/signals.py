"""Numbers of the policies: their predicates, words, lists and weights."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kommissorium.measures.counted import Counted
from kommissorium.measures.rules import policies as rules
from kommissorium.policies.status import DocumentStatus, Standing, statuses_on
from kommissorium.registers.agenda import Weight
from kommissorium.registers.signals import OfRow, RowSignals, Signal

type Documents = Signal[OfRow[DocumentStatus]]


def _of(standing: Standing, counted: Counted, **more: Any) -> Documents:
    """Return the signal of those that stand so."""
    label, holds = standing.label, lambda one: one.standing == standing
    return Signal.of(counted, label=label, holds=holds, **more)


ALL: Final[Documents] = Signal(code="documents", label=_("Documents"), holds=lambda _one: True)
IN_FORCE: Final[Documents] = Signal(
    code="in_force",
    label=_("In force"),
    holds=lambda one: one.current is not None,
    sentence=ngettext_lazy(
        "One document is in force.", "%(number)d documents are in force.", "number"
    ),
    none=_("No document is in force."),
)
OVERDUE: Final = _of(
    Standing.OVERDUE,
    rules.OVERDUE,
    weight=Weight.DECIDE,
    wanted="less",
)
NEAR: Final = _of(
    Standing.SOON,
    rules.NEAR,
)
RECOMMENDED: Final[Documents] = Signal(
    code="recommended",
    label=_("Waiting for a decision above the committee"),
    holds=lambda one: bool(one.next and one.next.is_recommended),
    sentence=ngettext_lazy(
        "One document waits for the decision above the committee.",
        "%(number)d documents wait for the decision above the committee.",
        "number",
    ),
    weight=Weight.NEWS,
)
IN_REVIEW: Final[Documents] = Signal(
    code="in_review",
    label=_("In review"),
    holds=lambda one: bool(one.next and one.next.is_in_review),
)
WITHOUT_OWNER: Final[Documents] = Signal(
    code="without_owner",
    label=_("Without an owner"),
    holds=lambda one: one.document.owner is None or not one.document.owner.is_active,
    narrowed="without_owner=1",
    sentence=ngettext_lazy(
        "One document has no owner.", "%(number)d documents have no owner.", "number"
    ),
    button=_("See the documents"),
)
SIGNALS: Final = RowSignals(
    page="policies",
    signals=(ALL, IN_FORCE, OVERDUE, NEAR, RECOMMENDED, IN_REVIEW, WITHOUT_OWNER),
    rows=statuses_on,
    key=lambda one: one.document.pk,
)
