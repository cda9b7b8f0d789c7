"""Where a piece of evidence leads whoever reads the answer: to the thing, to its events, or nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.urls import reverse
from django.utils.http import urlencode

from kommissorium.accounts.models import Person
from kommissorium.measures.findings import Evidence, Finding

OF_COMMITTEE: Final = ("meetings.", "tasks.")  # the committee says who sees what is closed of these


class EvidenceLinks:
    """The addresses of pieces of evidence for a person, on the day that was asked about."""

    def __init__(
        self, findings: Iterable[Finding], person: Person, on: date, *, sees_closed: bool
    ) -> None:
        self.sees_events, self.on = Person.can_see_evidence(person), on
        evidence = [one for finding in findings for one in finding.evidence]
        closed: dict[str, set[int]] = defaultdict(set)
        for one in evidence:
            if one.is_closed:
                kind, _space, key = one.reference.partition(" ")
                closed[kind].add(int(key))
        self.open = {
            f"{kind} {key}"
            for kind, keys in closed.items()
            for key in _opened(kind, keys, person, sees_closed=sees_closed)
        }

    def of(self, one: Evidence) -> str:
        """Return the address; that of its events in the chain where the thing is closed to the
        person, "" where these are, too."""
        if not one.is_closed or one.reference in self.open:
            return str(one.link)
        if not self.sees_events:
            return ""
        thing = one.reference.replace(" ", ":")
        asked = urlencode({"thing": thing, "until": self.on.isoformat()})
        return f"{reverse('evidence')}?{asked}"


def _opened(kind: str, keys: set[int], person: Person, *, sees_closed: bool) -> Iterable[int]:
    """Return those of a kind of closed thing that the person may open."""
    if kind.startswith(OF_COMMITTEE):
        return keys if sees_closed else ()
    rows: Any = apps.get_model(kind)._default_manager  # noqa: SLF001
    seen: Iterable[int] = rows.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)
    return seen
