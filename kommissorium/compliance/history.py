"""A committee's past with the rows it was told by, for pages that show both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kommissorium.committees.models import Clause, Mandate
from kommissorium.measures.history import History
from kommissorium.measures.told import Told
from kommissorium.meetings.models import Meeting


@dataclass(frozen=True)
class CommitteeHistory(History):
    """The past of one committee. `mandate_rows` are approved, the oldest first.

    `told` is what it was put together from.
    """

    mandate_rows: Mapping[int, Mandate]
    clause_rows: Mapping[int, Clause]
    told: Told

    @cached_property
    def minuted_by(self) -> dict[int, str]:
        """Return the name of who approved each meeting's minutes, or registered it (one query)."""
        names = ("registration__by__name", "minutes__approval__by__name")
        rows = Meeting.objects.filter(committee=self.committee).order_by().values_list("pk", *names)
        return {key: registered or approved or "" for key, registered, approved in rows}

    def row_on(self, day: date) -> Mandate | None:
        """Return the mandate in force on the day."""
        found = self.mandate_on(day)
        return self.mandate_rows[found.key] if found else None
