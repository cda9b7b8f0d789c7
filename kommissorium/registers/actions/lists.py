"""Change many rows of a list by one press, and put them back; keep lists under a name."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import batched
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.cleaning import clean_line
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.registers.lists.bulk import Bulk
from kommissorium.registers.models import BulkChange, BulkRow, SavedList

AT_ONCE = 500  # rows to a statement


class Overtaken(Refused):
    """The rows are not what they were when they were looked at."""


@transaction.atomic
def change_many[Row: Model](
    bulk: Bulk[Row],
    rows: QuerySet[Row],
    wishes: Mapping[str, Any],
    *,
    by: Person,
    code: str,
    mark: str,
) -> BulkChange:
    """Change the rows of a list as was shown, all of them or none.

    `rows` are those of the list of this `code` that `by` may read, and `mark` tells the plan that
    was looked at. Raises Overtaken where anything has changed since, and Refused where nothing
    would be changed.
    """
    if not bulk.offered_to(by):
        raise PermissionDenied
    plan = bulk.plan(bulk.fetched(rows, by), wishes, by)
    if plan.mark != mark:
        raise Overtaken(
            _("The register has changed since you looked. Look through the rows again.")
        )
    if not plan.changed:
        raise Refused(_("Nothing would be changed."))
    change = BulkChange.objects.create(code=code, wishes=wishes, by=by, at=timezone.now())
    BulkRow.objects.bulk_create(bulk.write(plan.changed, by, change), AT_ONCE)
    facts = {
        "list": code,
        "parts": sorted(wishes),
        "rows": len(plan.changed),
        "same": len(plan.same),
        "left": len(plan.refused),
    }
    record("registers.many_changed", change, by=by, facts=facts)
    return change


@transaction.atomic
def undo_many[Row: Model](
    bulk: Bulk[Row], change: BulkChange, rows: QuerySet[Row], *, by: Person
) -> tuple[int, int]:
    """Put rows back as they were before; return how many, and how many were left as they are.

    `rows` are those of the list that `by` may read. What somebody has changed since is left.
    Raises Refused where that is all of them, or it is undone already.
    """
    if not (change.can_be_undone_by(by) or change.undone_at):
        raise PermissionDenied
    fresh = BulkChange.objects.filter(pk=change.pk, undone_at=None)
    if not fresh.update(undone_at=timezone.now(), undone_by=by):
        raise Refused(_("It has been done already."))
    kept = list(change.rows.all())
    things = bulk.fetched(rows, by).in_bulk([one.thing_id for one in kept])
    back, left = bulk.put_back_plan(kept, things, by)
    if not back:
        raise Refused(_("Nothing was undone: all of it has been changed since."))
    bulk.put_back(back, by, change)
    BulkRow.objects.filter(change=change).update(is_back=True)
    for some in batched((one.pk for one in left), AT_ONCE):
        BulkRow.objects.filter(pk__in=some).update(is_back=False)
    change.refresh_from_db()
    record("registers.many_put_back", change, by=by, facts={"rows": len(back), "left": len(left)})
    return len(back), len(left)


MOST_LISTS = 30  # of one person, of one kind
NAME_LENGTH, QUERY_LENGTH = 80, 2000
NOT_KEPT = {
    "page",
    "all",
    "chosen",
    "one",
    "change",
}  # what of an address is no part of the question


@transaction.atomic
def save_list(*, by: Person, code: str, name: str, query: str) -> SavedList:
    """Keep a list under a name; a list of that name becomes this one.

    `query` is the question of its address; what is empty in it, and the page, are left out.
    Raises Refused for no name, for a question too long to keep and for too many lists.
    """
    name = clean_line(name, "name", NAME_LENGTH, wanted=_("Write a name."))
    kept = tidy(query)
    if len(kept) > QUERY_LENGTH:
        raise Refused(_("This list asks for too much to be kept."))
    own = SavedList.objects.filter(person=by, code=code)
    if not own.filter(name=name).exists() and own.count() >= MOST_LISTS:
        sentence = _("You have %(most)d lists already. Remove one first.")
        raise Refused(sentence % {"most": MOST_LISTS})
    saved, _made = SavedList.objects.update_or_create(
        person=by, code=code, name=name, defaults={"query": kept}
    )
    record("registers.list_saved", saved, by=by)
    return saved


@transaction.atomic
def forget_list(saved: SavedList, *, by: Person) -> None:
    """Remove a list from those the person keeps; what stands in it stays as it is."""
    if saved.person_id != by.pk:
        raise PermissionDenied
    refuse_gone(saved)
    SavedList.objects.filter(pk=saved.pk).delete()
    record("registers.list_forgotten", saved, by=by)


def tidy(query: str) -> str:
    """Return the question of an address without its page and without empty wishes."""
    asked = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in NOT_KEPT and (filled := [value for value in values if value]):
            kept.setlist(name, filled)
    return kept.urlencode()
