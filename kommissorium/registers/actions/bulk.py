"""Change many rows of a list by one press, all that were shown or none, and put them back."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import batched
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.registers.lists.bulk import Bulk
from kommissorium.registers.models import BulkChange, BulkRow

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
