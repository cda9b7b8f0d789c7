"""The tasks of people of the cast besides those of the meetings, and their requests for help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows
from kommissorium.tasks.actions import delegate_task, give_task
from kommissorium.tasks.models import Task

ASKED = 3  # days ago


def tell_errands(town: Town) -> None:
    """Tell who got which task, and who was asked to take one over in the last days."""
    days = town.almanac
    for number, row in enumerate(rows("errands.csv")):
        given = days.today - timedelta(days=int(row["givet"]))
        town.tell(days.moment(given, "10.50"), partial(_give, town, number, row))
        if row["beder"]:
            asked = days.moment(days.today - timedelta(days=ASKED), "9.15")
            town.tell(asked, partial(_ask, town, number, row))


def _give(town: Town, number: int, row: Mapping[str, str]) -> None:
    days = town.almanac
    task = give_task(
        by=town.coordinator(),
        title=row["opgave"],
        description=row["beskrivelse"],
        owner=town.person(row["ejer"]),
        due=days.due(int(row["frist"])),
        committee=town.committees.get(row["udvalg"]),
    )
    town.tasks["errand", 0, number] = task.pk


def _ask(town: Town, number: int, row: Mapping[str, str]) -> None:
    task = Task.objects.select_related("owner", "committee").get(pk=town.tasks["errand", 0, number])
    delegate_task(task, by=task.owner, to=town.person(row["beder"]), note=row["besked"])
