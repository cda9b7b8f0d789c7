"""What lists of several registers share: areas, owners, and versions with their reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Final

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import danish_order
from kommissorium.committees.models import Committee
from kommissorium.registers.lists.columns import Words, column
from kommissorium.registers.lists.filters import Choice, Flag
from kommissorium.registers.lists.list_page import ListPage


def _areas(page: Any) -> list[tuple[str, str]]:
    areas = page.model._meta.get_field("area").related_model  # noqa: SLF001
    return [(str(one.pk), one.name) for one in areas.objects.order_by("name")]


AREA_COLUMN = column(
    "area", gettext_lazy("Area"), value="area.name", order=danish_order("area__name")
)
AREA_FILTER = Choice("area", gettext_lazy("Area"), _areas)


OWNER: Final = column(
    "owner",
    _("Responsible"),
    value="owner.name",
    order=danish_order("owner__name"),
    missing=_("No owner"),
)
OF_OWNERS: Final = (
    Flag("without_owner", _("Without an owner"), Q(owner=None) | Q(owner__is_active=False)),
    Flag("mine", _("Mine"), lambda page: Q(owner=page.person)),
)


class OwnedList[Row: Model](ListPage[Row]):
    """A list of a model with `visible_to`; who may read nothing on it does not know it."""

    def seen(self) -> QuerySet[Row]:
        """Return what the person may read."""
        objects: Any = self.model._default_manager  # noqa: SLF001 Django's documented model API
        found: QuerySet[Row] = objects.visible_to(self.person)
        return found

    def rows(self) -> QuerySet[Row]:
        found = self.seen()
        if not Committee.are_followed_by(self.person) and not found.exists():
            raise Http404
        return found


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
