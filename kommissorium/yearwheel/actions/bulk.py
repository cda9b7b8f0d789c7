"""Finish, skip or move several occurrences at once: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.actions.occurrences import finish, move, skip
from kommissorium.yearwheel.models import Occurrence

SHARED = ("result", "conclusion", "because")  # said once for all of them


def finish_many(
    occurrences: Sequence[Occurrence], *, by: Person, result: str, conclusion: str = ""
) -> int:
    """Finish all with one result and return how many. Raises Refused as `_all_or_none` does."""
    return _all_or_none(
        occurrences, lambda one: finish(one, by=by, result=result, conclusion=conclusion)
    )


def skip_many(occurrences: Sequence[Occurrence], *, by: Person, because: str) -> int:
    """Skip all for one reason and return how many. Raises Refused as `_all_or_none` does."""
    return _all_or_none(occurrences, lambda one: skip(one, by=by, because=because))


def move_many(occurrences: Sequence[Occurrence], *, by: Person, to: date, because: str) -> int:
    """Give all one day and return how many. Raises Refused as `_all_or_none` does."""
    return _all_or_none(occurrences, lambda one: move(one, by=by, to=to, because=because))


def _all_or_none(occurrences: Sequence[Occurrence], act: Callable[[Occurrence], object]) -> int:
    """Act on each in one transaction.

    Raises Refused that names each one that cannot be done so; what is wrong with a field that
    all share is said once, beside that field.
    """
    if not occurrences:
        raise Refused(_("Choose at least one."))
    refusals: dict[str, str] = {}
    with transaction.atomic():
        for occurrence in occurrences:
            refusals |= _tried(occurrence, act)
        if refusals:
            raise Refused(**refusals)
    return len(occurrences)


def _tried(occurrence: Occurrence, act: Callable[[Occurrence], object]) -> dict[str, str]:
    name = _("“%(title)s”, %(date)s") % {"title": occurrence.title, "date": day(occurrence.due)}
    try:
        with transaction.atomic():
            act(occurrence)
    except PermissionDenied:
        return {f"occurrence_{occurrence.pk}": f"{name}: " + _("This one is not yours.")}
    except Refused as refused:
        shared = {field: text for field, text in refused.errors.items() if field in SHARED}
        own = [text for field, text in refused.errors.items() if field not in SHARED]
        return {**shared, **({f"occurrence_{occurrence.pk}": f"{name}: {own[0]}"} if own else {})}
    return {}
