"""A list of things with owners: whole to whoever reads the registers, to others their own."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import danish_order
from kommissorium.committees.models import Committee
from kommissorium.registers.lists.columns import column
from kommissorium.registers.lists.filters import Flag
from kommissorium.registers.lists.list_page import ListPage

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
