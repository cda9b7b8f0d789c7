"""The registers that a mandate covers: chosen when it is approved, and told by that event."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.committees.models import Committee, Mandate
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.measures.findings import Noted
from kommissorium.measures.kinds import MANDATE_APPROVED
from kommissorium.measures.past import PastEvent
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.said import listed
from kommissorium.measures.scopes import scopes_told_by

LABELS: Final = {one.code: one.label for one in REGISTERS}
ALL: Final = frozenset(LABELS)
Holders = dict[str, list[str]]  # the names of committees by the register that they cover


class Scopes:
    """The registers that each approved mandate covers, of all committees (two queries)."""

    def __init__(self) -> None:
        approved = Mandate.objects.approved().order_by("version").defer("source_text")
        self.newest: dict[int, Mandate] = {}  # by committee
        own: dict[int, set[int]] = defaultdict(set)
        for one in approved.select_related("committee"):
            self.newest[one.committee_id] = one
            own[one.committee_id].add(one.pk)
        events = _approvals()
        self.registers: dict[int, AbstractSet[str]] = {
            key: ALL if scope is None else scope
            for mandates in own.values()
            for key, scope in scopes_told_by(events, mandates).items()
        }

    def of(self, mandate: Mandate | None) -> AbstractSet[str]:
        """Return the registers that a mandate covers; none for one that is not approved."""
        return self.registers.get(mandate.pk, frozenset()) if mandate else frozenset()

    def held_by_others(self, committee: Committee) -> Holders:
        """Return which other committees' newest approved mandates cover each register."""
        found = defaultdict(list)
        for one in self.newest.values():
            for code in self.of(one) if one.committee_id != committee.pk else ():
                found[code].append(one.committee.name)
        return found

    def proposed(self, committee: Committee) -> AbstractSet[str]:
        """Return what a mandate covers unless otherwise chosen: what its last one did, and what
        no other committee's does."""
        return self.of(self.newest.get(committee.pk)) | ALL.difference(
            self.held_by_others(committee)
        )


def chosen_scope(committee: Committee, registers: Collection[str] | None) -> list[str]:
    """Return the codes of what was chosen, or is covered unless chosen.

    Raises Refused where a register would be no committee's.
    """
    scopes = Scopes()
    chosen = scopes.proposed(committee) if registers is None else frozenset(registers) & ALL
    if lost := ALL.difference(scopes.held_by_others(committee), chosen):
        text = _("No other committee covers these, so this one is to: %(names)s.")
        names = listed(label for code, label in LABELS.items() if code in lost)
        raise Refused(registers=text % {"names": names})
    return sorted(chosen)


def labels_of(registers: Iterable[str]) -> list[str]:
    """Return the names of registers, in the order in which these stand."""
    wanted = set(registers)
    return [str(label) for code, label in LABELS.items() if code in wanted]


def _approvals() -> list[PastEvent]:
    return [
        PastEvent(
            one.act,
            int(one.object_id),
            json.loads(one.facts),
            Noted(one.seq, timezone.localdate(one.at), one.hash),
        )
        for one in Event.objects.filter(act=MANDATE_APPROVED).order_by("seq")
    ]
