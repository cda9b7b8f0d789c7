"""The list of documents, the tree they stand in, and the pages of this room as tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kommissorium.accounts.models import Person, danish_order
from kommissorium.core.ui.localised import day
from kommissorium.policies.models import Body, Document, Level
from kommissorium.policies.status import Standing, statuses_of
from kommissorium.registers.lists.columns import column, field_column
from kommissorium.registers.lists.filters import Choice, Flag, Words, mentions
from kommissorium.registers.lists.ordering import in_danish_order
from kommissorium.registers.lists.shared import (
    OF_OWNERS,
    OWNER,
    STANDING,
    StandingList,
    by_standing,
)
from kommissorium.registers.menu import Tab, TabLine


def tab_line(person: Person, current: str) -> TabLine:
    """Return the tabs of the room."""
    tabs = [Tab("policies", _("List")), Tab("policies_tree", _("Tree"))]
    tabs.append(Tab("handbook", _("Handbook")))
    tabs += [
        Tab("interpretations", _("Interpretations")),
        Tab("dispensations", _("Dispensations")),
    ]
    if Document.can_be_changed_by(person):
        tabs.append(Tab("policy_levels", _("Settings")))
    return TabLine(_("Policies"), current, tabs)


def _in_force(row: Any, _page: Any) -> str:
    found = row.status.current
    return f"{found.number} ({day(found.in_force_from)})" if found else ""


class PolicyList(StandingList[Document]):
    """Documents; unfiltered, those in use."""

    code = "policies"
    title = gettext_lazy("Policies")
    counted = ngettext_lazy("%(number)s policy", "%(number)s policies", "value")
    file_name = gettext_lazy("policies")
    template = "policies/policies.html"
    model = Document
    statuses = staticmethod(statuses_of)
    columns = (
        field_column(Document, "title", order=danish_order("title")),
        field_column(Document, "level", order="level"),
        STANDING,
        column("in_force", gettext_lazy("Version in force"), value=_in_force),
        column("review_by", gettext_lazy("Review due by"), value="status.review_by", kind="date"),
        OWNER,
        field_column(Document, "approval", order="approval"),
        column("parent", gettext_lazy("Written under"), value="parent.title"),
        field_column(Document, "audience"),
        field_column(Document, "tags"),
        field_column(Document, "review_months", order="review_months"),
        column(
            "is_measure",
            gettext_lazy("Security measure"),
            value="is_measure",
            choices=((True, gettext_lazy("Yes")), (False, gettext_lazy("No"))),
        ),
    )
    usual = ("level", "standing", "in_force", "review_by", "owner")
    on_phone = ("level", "standing")
    filters = (
        Words(lambda word: mentions(word, "title", "audience", "tags", "owner__name")),
        Choice("level", gettext_lazy("Level"), Level.choices, is_folded=False),
        by_standing(one for one in Standing.choices if one[0] != Standing.RETIRED),
        Choice("approval", gettext_lazy("Approved by"), Body.choices),
        Flag("measures", gettext_lazy("Measures under the NIS 2 Act § 7"), Q(is_measure=True)),
        *OF_OWNERS,
        Flag("retired", gettext_lazy("Also those retired"), Q(), is_modifier=True),
    )
    default_sort = "title"
    order = ("title", "pk")
    related = ("owner", "parent")

    def rows(self) -> QuerySet[Document]:
        return Document.objects.visible_to(self.person)

    def context(self) -> dict[str, Any]:
        return {
            "line": tab_line(self.person, "policies"),
            "may_keep": Document.can_be_changed_by(self.person),
        }


PLACES = {str(level): place for place, level in enumerate(Level.values)}


@dataclass
class Branch[T]:
    """A document in the tree, with those written under it."""

    row: T
    below: list[Branch[T]] = field(default_factory=list)


def tree_of[T](
    rows: Iterable[T], document: Callable[[T], Document], title: Callable[[T], str]
) -> list[Branch[T]]:
    """Return rows as a tree; one whose parent is not among them stands by itself."""
    by_title = in_danish_order(rows, title)
    by_level = sorted(by_title, key=lambda one: PLACES[document(one).level])
    branches = {document(one).pk: Branch(one) for one in by_level}
    roots: list[Branch[T]] = []
    for branch in branches.values():
        above = branches.get(document(branch.row).parent_id or 0)
        (above.below if above and above is not branch else roots).append(branch)
    return roots
