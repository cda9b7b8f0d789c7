"""What comes back to a committee as rows, for each of which it chooses what then takes effect."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import AgendaItem, Decision, RowChoice
from kommissorium.meetings.models.proceedings import APPROVING
from kommissorium.meetings.rows_to_choose import Chosen, OfferedRow, Option
from kommissorium.registers.agenda import Returning

ROW_HINDERED: Final = "registers.row_hindered"
EXTEND, END, RETURN = "extend", "end", "return"
LEAST_GAIN: Final = timedelta(days=30)  # a shorter extension is no use: it comes back at once


def ways(*, extend: str, end: str, put_off: str) -> tuple[Option, ...]:
    """Return what can be chosen for something that runs out; the words go on after "that the
    committee", those of an extension up to its day."""
    return (
        Option(EXTEND, _("Extend until"), extend, needs_day=True),
        Option(END, _("End"), end),
        Option(RETURN, _("Back at the next meeting"), put_off),
    )


class ReturningRows(Returning):
    """Something that comes back, and for each row of which the committee chooses.

    Its item needs no recommendation: that is made of what is chosen.
    """

    def offered(self, item: AgendaItem) -> Sequence[OfferedRow]:
        """Return the rows of its item; after the call those that the item showed then."""
        raise NotImplementedError

    def refuse(self, item: AgendaItem, key: str, chosen: Chosen, *, by: Person) -> None:
        """Raise Refused for a choice that could not take effect today; `by` puts it."""

    def refuse_together(self, chosen: Mapping[str, Chosen], *, by: Person) -> None:
        """Raise Refused, by key, for choices of all rows that could not take effect together."""

    def carry(self, choice: RowChoice, decision: Decision, *, by: Person) -> None:
        """Let one choice take effect. Raises Refused where it cannot any more."""
        raise NotImplementedError

    def decide(self, decision: Decision, *, by: Person) -> None:
        """Let each choice take effect; one that cannot hinders no other."""
        if decision.outcome not in APPROVING:
            return
        for choice in _choices(decision):
            try:
                with transaction.atomic():
                    self.carry(choice, decision, by=by)
            except (Refused, PermissionDenied):
                # The words of a refusal can name people, whom the chain knows by pseudonym alone.
                record("registers.row_hindered", decision, by=by, facts={"key": choice.key})

    def sentence(self, decision: Decision) -> str:
        if decision.outcome not in APPROVING:
            return ""
        hindered = rows_hindered(decision)
        return " ".join(
            _told(one, (decision.pk, one.key) in hindered) for one in _choices(decision)
        )


def rows_hindered(*decisions: Decision) -> set[tuple[int, str]]:
    """Return decision and key of the rows whose choice could not take effect; one query."""
    told = Event.objects.filter(
        act=ROW_HINDERED,
        object_kind="meetings.decision",
        object_id__in=[str(one.pk) for one in decisions],
    )
    rows = told.values_list("object_id", "facts")
    return {(int(number), json.loads(facts)["key"]) for number, facts in rows}


def _choices(decision: Decision) -> Sequence[RowChoice]:
    """Return what was chosen; what was proposed for a row that is gone was chosen by nobody."""
    rows = RowChoice.objects.filter(item=decision.item_id, edit_version__gt=0).order_by("pk")
    return list(rows.select_related("chosen_by")) if decision.item_id else ()


def _told(choice: RowChoice, is_hindered: bool) -> str:
    if is_hindered:
        text = _(
            "It could not take effect that the committee %(words)s: it was changed or ended "
            "meanwhile, or goes beyond what the committee may accept. Choose for it again."
        )
        return text % {"words": choice.words}
    if choice.code == RETURN:
        return _("The committee: %(words)s.") % {"words": choice.words}
    return _("In effect: the committee %(words)s.") % {"words": choice.words}
