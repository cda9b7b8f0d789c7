"""A list of rows with versions: how each stands, when it is reviewed, and those taken out of use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Final

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.lists.columns import Words, column
from kommissorium.registers.lists.filters import Choice
from kommissorium.registers.lists.list_page import ListPage

STANDING: Final = column(
    "standing", _("How it stands"), value="status.standing.label", tone="status.tone"
)
REVIEW_BY: Final = column(
    "review_by", _("To be reviewed by"), value="status.review_by", kind="date"
)


class StandingList[Row: Model](ListPage[Row]):
    """A list that shows those in use unless filtered: one of its filters is "retired"."""

    # How rows stand on a day, in their order: each answer has a `standing` and a `tone`.
    statuses: ClassVar[Callable[..., Iterable[Any]]]

    def narrow(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        found = super().narrow(rows)
        return found if self.value("retired") else found.filter(is_retired=False)

    def prepare(self, rows: Sequence[Row]) -> None:
        """Say of each how it stands."""
        for row, status in zip(rows, self.statuses(rows, self.today), strict=True):
            row.status = status  # type: ignore[attr-defined]


def by_standing(choices: Words) -> Choice:
    """Return the filter of how the rows that a person may read stand today."""

    def stands(standing: str, page: Any) -> Q:
        rows = list(page.model.objects.visible_to(page.person))
        known = zip(rows, page.statuses(rows, page.today), strict=True)
        return Q(pk__in=[row.pk for row, status in known if status.standing == standing])

    return Choice("standing", _("How it stands"), list(choices), stands, is_folded=False)
