"""Former values of rows that one person may read, as the page of a thing's past shows them."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict

from django.db.models import Max, Model

from kommissorium.accounts.models import Person
from kommissorium.accounts.past import is_closed_in
from kommissorium.core.evidence.models import Past, RowVersion
from kommissorium.core.evidence.row_readers import Everybodys
from kommissorium.secretariat.evidence_rows import readable, rule_of
from kommissorium.secretariat.searching import kinds


class OpenVersions:
    """Versions of a table's rows that a person may read, told from each version's own text.

    What a row holds today is read by whoever reads the row, what it held before by whoever may
    see its past; but not what it held while it, or what it belongs to, was closed. Of a thing whose
    past no page shows, what it holds today is all, but for counts, settings and words.
    """

    def __init__(self, model: type[Model], person: Person) -> None:
        self.model = model
        self.past: Past = getattr(model, "PAST", Past())
        self.reads_all = self.past.opened_to(person)
        meta = model._meta  # noqa: SLF001 Django's documented model API
        self.rows = set(map(str, readable(model, person).values_list("pk", flat=True)))
        kind = kinds().get(meta.label_lower)
        past = kind.past_of(person) if kind else readable(model, person)
        is_shown = hasattr(model, "PAST") or isinstance(rule_of(model), Everybodys)
        shown = set(map(str, past.values_list("pk", flat=True))) if is_shown else set()
        self.pasts = self.rows & shown
        kept = RowVersion.objects.filter(table=meta.db_table).order_by()
        self.newest = dict(kept.values_list("key").annotate(Max("event")))
        self.owners = _closings_of(model, self.past.under)

    def __call__(self, one: RowVersion) -> bool:
        if one.key not in self.rows:
            return False
        if one.event_id == self.newest[one.key]:
            return True
        return one.key in self.pasts and (self.reads_all or self._was_open(one))

    def _was_open(self, one: RowVersion) -> bool:
        if not one.text:
            return True  # nobody kept it
        if is_closed_in(self.model, one.text):
            return False
        if not self.past.under:
            return True
        field = self.model._meta.get_field(self.past.under)  # noqa: SLF001 as above
        owner = str(json.loads(one.text)[field.column])  # type: ignore[union-attr]
        events, closed = self.owners.get(owner, ([], []))
        then = bisect_right(events, one.event_id)
        return then > 0 and not closed[then - 1]


def _closings_of(model: type[Model], under: str) -> dict[str, tuple[list[int], list[bool]]]:
    """Return of each row that others belong to its versions' events, and whether each was closed."""
    found: dict[str, tuple[list[int], list[bool]]] = defaultdict(lambda: ([], []))
    if not under:
        return found
    owner = model._meta.get_field(under).related_model  # noqa: SLF001 as above
    table = owner._meta.db_table  # type: ignore[union-attr]  # noqa: SLF001 as above
    for one in RowVersion.objects.filter(table=table).order_by("event").iterator(500):
        events, closed = found[one.key]
        events.append(one.event_id)
        closed.append(not one.text or is_closed_in(owner, one.text))  # type: ignore[arg-type]
    return found
