"""Write the people an activity reached: by hand, or counted from rows, which are erased by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import (
    AwarenessActivity,
    AwarenessSettings,
    Completion,
    GroupFigures,
    Sort,
)
from kommissorium.awareness.models.activities import NUMBERS, published
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.actions import erase_file, store_file
from kommissorium.core.refusals import Refused
from kommissorium.measures.days import add_months
from kommissorium.registers.actions.activities import record_result
from kommissorium.registers.models import ImportedRow, ImportRun

IMPORT = "completions"  # the kind of import of who took a course


@transaction.atomic
def write_figures(activity: AwarenessActivity, *, by: Person, values: Mapping[str, Any]) -> None:
    """Write the figures of a group in place of those there before; nobody takes them away.

    Raises Refused for more than there are people, and for a group that is counted from a list.
    """
    _refuse_others(activity, by)
    cleaned = clean_fields(GroupFigures, values)
    numbers = {name: cleaned.get(name) or 0 for name in NUMBERS}
    _refuse_too_many(numbers)
    group = {"area": cleaned["area"], "audience": cleaned["audience"]}
    rows = GroupFigures.objects.filter(activity=activity, **_same(group))
    if rows.filter(is_counted=True).exists():
        raise Refused(_("These are counted from a list that was imported. Import it anew."))
    rows.delete()
    if numbers["people"]:
        GroupFigures.objects.create(activity=activity, **group, **numbers)
    _record(activity, by)


@transaction.atomic
def note_completion(activity: AwarenessActivity, *, by: Person, values: Mapping[str, Any]) -> None:
    """Note that somebody took a course. Raises Refused for a future day, and for one before it."""
    if not activity.completions_can_be_noted_by(by):
        raise PermissionDenied
    person, done_on = values["person"], values["done_on"]
    if person is None or not person.is_active:
        raise Refused(person=_("Choose somebody who has not left."))
    if done_on is None or done_on > timezone.localdate():
        raise Refused(done_on=_("The day has not come yet. Choose today or an earlier day."))
    words = {name: values[name] for name in ("audience", "area")}
    who = person.email or str(person.pseudonym)
    Completion.objects.update_or_create(
        activity=activity, who=who, defaults={**words, "person": person, "done_on": done_on}
    )
    count_completions(activity, by=by)


def keep_completion(
    activity: AwarenessActivity,
    known: Completion | None,
    values: Mapping[str, Any],
    person: int | None,
) -> Completion:
    """Keep a row of a list, in the import's transaction: a new one, or changes to an old one."""
    if known is None:
        made: Completion = Completion.objects.create(activity=activity, person_id=person, **values)
        return made
    for name, value in values.items():
        setattr(known, name, value)
    known.edit_version += 1
    known.save(update_fields=[*values, "edit_version"])
    return known


def count_completions(activity: AwarenessActivity, *, by: Person | None) -> None:
    """Count the groups of a course anew from its rows of persons, and record them."""
    rows = list(Completion.objects.filter(activity=activity).values("area", "audience", "done_on"))
    people = Counter((one["area"], one["audience"]) for one in rows)
    done = Counter((one["area"], one["audience"]) for one in rows if one["done_on"])
    GroupFigures.objects.filter(activity=activity, is_counted=True).delete()
    for area, audience in people:
        group = {"area": Area(pk=area) if area else None, "audience": audience}
        GroupFigures.objects.filter(activity=activity, **_same(group)).delete()
    GroupFigures.objects.bulk_create(
        GroupFigures(
            activity=activity,
            area_id=key[0],
            audience=key[1],
            people=number,
            done=done[key],
            is_counted=True,
        )
        for key, number in people.items()
    )
    _record(activity, by)


@transaction.atomic
def change_settings(*, by: Person, values: Mapping[str, Any], edit_version: int) -> None:
    """Change how long course completions are kept. Raises Conflict."""
    if not by.is_coordinator:
        raise PermissionDenied
    row, _new = AwarenessSettings.objects.get_or_create(pk=1)
    change_row(
        row,
        clean_fields(AwarenessSettings, values),
        edit_version=edit_version,
        act="awareness.settings_changed",
        by=by,
        facts=lambda now: {"months": now.person_months},
    )


def erase_due_persons() -> int:
    """Erase the rows of persons of courses this many months old; return the number of courses."""
    months, today = AwarenessSettings.current().person_months, timezone.localdate()
    rows = AwarenessActivity.objects.filter(completions__isnull=False).distinct()
    due = [one for one in rows if add_months(_day(one), months) < today]
    return sum(_erase(one) for one in due)


@transaction.atomic
def _erase(activity: AwarenessActivity) -> bool:
    """Erase the rows of persons of a course, and the lists that they were read from.

    The figures they were counted to are from now on as if written by hand.
    """
    runs = ImportRun.objects.filter(kind=IMPORT, options__activity=activity.pk)
    files = [one for run in runs for one in (run.file, run.parsed)]
    many, _rows = Completion.objects.filter(activity=activity).delete()
    GroupFigures.objects.filter(activity=activity, is_counted=True).update(is_counted=False)
    if files:
        gone = store_file(b"Slettet efter reglen. Erased by rule.\n", "slettet.txt")
        ImportedRow.objects.filter(run__in=runs).delete()
        runs.update(file=gone, parsed=gone, choices={})
        for one in files:
            erase_file(one)
    facts = {"title": activity.title, "many": many}
    record("awareness.persons_erased", activity, by=None, facts=facts)
    return True


def _day(activity: AwarenessActivity) -> date:
    day: date = activity.held_on or activity.planned_for
    return day


def _record(activity: AwarenessActivity, by: Person | None) -> None:
    """Record the sums; of few persons only whether half of them or more were reached."""
    rows = list(GroupFigures.objects.filter(activity=activity))
    people, done = sum(one.people for one in rows), sum(one.done for one in rows)
    has_reached = bool(people) and (activity.sort == Sort.PHISHING or 2 * done >= people)
    total = published(rows).total or {}
    record_result(KIND, activity, {"reached": int(has_reached), **total}, by=by)


def _same(group: Mapping[str, Any]) -> dict[str, Any]:
    area = group["area"]
    whose = {"area": area} if area else {"area__isnull": True}
    return {**whose, "audience": group["audience"]}


def _refuse_too_many(numbers: Mapping[str, int]) -> None:
    people = numbers["people"]
    for name in ("done", "clicked", "reported"):
        if people and numbers[name] > people:
            text = _("That is more than the %(people)d it was for.")
            raise Refused(**{name: text % {"people": people}})
    if numbers["gave_data"] > numbers["clicked"]:
        raise Refused(gave_data=_("Nobody can give data who has not clicked."))


def _refuse_others(activity: AwarenessActivity, by: Person) -> None:
    if not activity.can_be_held_by(by):
        raise PermissionDenied
