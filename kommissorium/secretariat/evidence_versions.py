"""Former values of rows that one person may read, as the page of a thing's past shows them."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Max, Model

from kommissorium.accounts.models import Person
from kommissorium.accounts.past import is_closed_in
from kommissorium.core.evidence.models import Past, RowVersion
from kommissorium.core.evidence.row_readers import Everybodys, Former, Under
from kommissorium.secretariat.evidence_rows import NARROWER, readable, rule_of
from kommissorium.secretariat.searching import kinds

type Owners = tuple[
    str, ...
]  # keys of the rows that a row belongs to, by the columns that name them


def former_of(model: type[Model]) -> Past | None:
    """Return how the past of a model's rows is read: as its pages show it, or its room says."""
    meta = model._meta  # noqa: SLF001 Django's documented model API
    said: Former | None = getattr(meta.app_config, "formers", {}).get(meta.model_name)
    own = Past(closed=said.closed, under=said.under) if said else None
    return getattr(model, "PAST", own)


class OpenVersions:
    """Versions of a table's rows that a person may read, told from each version's own text.

    What a row holds today is read by whoever reads the row. What it held before is read by whoever
    may see its past, or the past of all that it belonged to then; but not what it held while it, or
    what it belongs to, was closed. A row that was removed is read by what it belonged to. Of a thing
    whose past no page shows, what it holds today is all, but for counts, settings and words, and
    what its room says of it (`formers`).
    """

    def __init__(self, model: type[Model], person: Person) -> None:
        self.model, self.rule = model, rule_of(model)
        self.former = former_of(model)
        self.past: Past = self.former or Past()
        self.reads_all = self.past.opened_to(person)
        meta = model._meta  # noqa: SLF001 Django's documented model API
        self.rows = set(map(str, readable(model, person).values_list("pk", flat=True)))
        self.is_part = self._is_part()
        self.pasts = self.rows & self._with_past(person)
        self._kept = RowVersion.objects.filter(table=meta.db_table)
        self.newest = dict(self._kept.order_by().values_list("key").annotate(Max("event")))
        every = model._base_manager.values_list("pk", flat=True)  # noqa: SLF001 as above
        self.removed = set(self.newest) - set(map(str, every)) if self.is_part else set()
        owners = self._owners().items()
        self.owners = {column: OpenVersions(owner, person) for column, owner in owners}

    def __call__(self, one: RowVersion) -> bool:
        if one.key in self.removed:
            last = one.event_id if one.text else one.event_id - 1
            return self.was_open_at(one.key, last)
        if one.key not in self.rows:
            return False
        if one.event_id == self.newest[one.key]:
            return True
        return one.key in self.pasts and (self.reads_all or self._was_open(one))

    def was_open_at(self, key: str, event: int) -> bool:
        """Return whether what belongs to a row may be read as it was after an event."""
        if key not in self.pasts and key not in self.removed:
            return False
        events, held = self._held.get(key, ([], []))
        then = bisect_right(events, event)
        return then > 0 and self._is_open(held[then - 1], event)

    @cached_property
    def _held(self) -> Mapping[str, tuple[list[int], list[Owners | None]]]:
        """What the versions of each row belonged to, by their events; None: it was closed."""
        found: dict[str, tuple[list[int], list[Owners | None]]]
        found = defaultdict(lambda: ([], []))
        for one in self._kept.order_by("event_id").iterator(500):
            events, held = found[one.key]
            events.append(one.event_id)
            held.append(self._belonged(one) if one.text else None)
        return found

    def _is_part(self) -> bool:
        """Return whether others alone, which it belongs to, say who reads it."""
        has_own = self.former is not None or self.model in NARROWER
        return isinstance(self.rule, Under) and not has_own

    def _with_past(self, person: Person) -> set[str]:
        if not (self.is_part or self.former or isinstance(self.rule, Everybodys)):
            return set()
        kind = kinds().get(self.model._meta.label_lower)  # noqa: SLF001 as above
        past = kind.past_of(person) if kind else readable(self.model, person)
        return set(map(str, past.values_list("pk", flat=True)))

    def _owners(self) -> Mapping[str, type[Model]]:
        """Return the models that the rows belong to, by the columns that name them."""
        names: tuple[str, ...] = (self.past.under,) if self.past.under else ()
        if self.is_part and isinstance(self.rule, Under):
            names = self.rule.parents
        fields: list[Any] = [self.model._meta.get_field(name) for name in names]  # noqa: SLF001
        return {field.column: field.related_model for field in fields}

    def _was_open(self, one: RowVersion) -> bool:
        return not one.text or self._is_open(self._belonged(one), one.event_id)

    def _belonged(self, one: RowVersion) -> Owners | None:
        """Return the keys of what a version's row belonged to; None where it was closed itself."""
        if is_closed_in(self.model, self.past, str(one.text)):
            return None
        held = json.loads(str(one.text)) if self.owners else {}
        return tuple(str(held[column]) for column in self.owners)

    def _is_open(self, held: Owners | None, event: int) -> bool:
        if held is None:
            return False
        owners = zip(self.owners.values(), held, strict=True)
        return all(owner.was_open_at(key, event) for owner, key in owners)
