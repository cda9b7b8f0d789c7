"""The tasks that the meetings gave, and the outcome of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.demo.almanac import Almanac
from kommissorium.demo.sitting import SECURITY, Sitting
from kommissorium.demo.story import Town
from kommissorium.demo.texts import tasks_of, year_of
from kommissorium.meetings.models import AgendaItem
from kommissorium.tasks.actions import (
    accept_delegation,
    change_task,
    choose_for_quarter,
    decline_delegation,
    delegate_task,
    drop_task,
    finish_task,
    give_task,
)
from kommissorium.tasks.models import Task
from kommissorium.tasks.quarters import next_quarter, quarter_of

COMING = "agenda_coming_tasks"
WHEEL = "wheel"
# Who does a task of the year wheel, by whom its table names; the chair may change.
DOERS = {
    "DPO'en": "dpo",
    "DPO'en og koordinatoren": "dpo",
    "Systemejerne": "system_owner",
    "Systemejerne og DPO'en": "system_owner",
    "Beredskabschefen": "karsten.moellebaek",
    "Intern revisor": "auditor",
}
FORMANDEN, KOORDINATOREN = "Formanden", "Koordinatoren"
ASKED_AFTER, ANSWERED_AFTER = 7, 9  # days after the meeting


def give_tasks(sitting: Sitting, item: AgendaItem, by: Person) -> None:
    """Give the tasks from the item; those of the coming quarter are chosen there too."""
    place = sitting.place_of(item)
    for number, row in enumerate(sitting.rows("tasks.csv")):
        if row["punkt"] == place:
            due = _due(sitting, row["frist"])
            task = _give(item, by, row["opgave"], sitting.town.person(row["ejer"]), due)
            sitting.town.tasks[sitting.key, sitting.ago, number] = task.pk
    if place == COMING:
        _choose(sitting, item, by)


def tell_fates(sitting: Sitting) -> None:
    """Tell the outcome of the tasks of a meeting."""
    town = sitting.town
    for number, row in enumerate(sitting.rows("tasks.csv")):
        name = (sitting.key, sitting.ago, number)
        if row["til"]:
            town.tell(sitting.at(ASKED_AFTER, "10.40"), partial(_ask, town, name, row))
            town.tell(sitting.at(ANSWERED_AFTER, "8.35"), partial(_reply, town, name, row))
        if row["udfald"]:
            town.tell(sitting.at(int(row["efter"]), "14.25"), partial(_finish, town, name, row))
    if sitting.key == SECURITY and sitting.ago > 1:
        _tell_wheel(sitting)


def inherit(town: Town, old: str, new: str) -> None:
    """Give a successor the open tasks of somebody who has left."""
    for task in Task.objects.open().filter(owner=town.people[old]):
        change_task(
            task,
            by=town.coordinator(),
            title=task.title,
            description=task.description,
            owner=town.person(new),
            due=task.due,
            edit_version=task.edit_version,
        )


def _due(sitting: Sitting, text: str) -> date:
    """Return the day: some days after the meeting, or with a sign counted from today."""
    days = sitting.town.almanac
    if text[0] in "+-":
        return days.due(int(text))
    return days.workday(sitting.day + timedelta(days=int(text)))


def _give(item: AgendaItem, by: Person, title: str, owner: Person, due: date) -> Task:
    return give_task(
        by=by,
        title=title,
        owner=owner,
        due=due,
        committee=item.meeting.committee,
        born=item,
        born_link=item.get_absolute_url(),
        is_closed=item.is_closed,
    )


def _choose(sitting: Sitting, item: AgendaItem, by: Person) -> None:
    """Give the year wheel's tasks of the coming quarter, and choose those falling due in it."""
    town, quarter = sitting.town, _coming(sitting)
    ends = Almanac.quarter_end(quarter)
    for number, row in enumerate(tasks_of(town.almanac.season(sitting.ago) + 1)):
        due = Almanac.workday(ends - timedelta(days=7 * (3 - number)))
        task = _give(item, by, row["opgave"], _doer(sitting, row["ansvarlig"]), due)
        town.tasks[WHEEL, sitting.ago, number] = task.pk
    open_ones = Task.objects.open().filter(committee=sitting.committee, is_closed=False)
    chosen = open_ones.filter(due__lte=ends).order_by("due", "pk")
    choose_for_quarter(item.meeting.committee, quarter, chosen, by=by, born=item)


def _coming(sitting: Sitting) -> date:
    return next_quarter(quarter_of(sitting.town.almanac.meeting_day(sitting.ago)))


def _doer(sitting: Sitting, named: str) -> Person:
    town = sitting.town
    if named == KOORDINATOREN:
        return town.coordinator()
    if named == FORMANDEN:
        return town.chair(sitting.key) or town.person("deputy")
    return town.person(DOERS[named])


def _tell_wheel(sitting: Sitting) -> None:
    """Tell that the year wheel's tasks were done in the last weeks of their quarter."""
    town = sitting.town
    column = f"resultat{year_of(sitting.ago - 2)}"
    ends = Almanac.quarter_end(_coming(sitting))
    for number, row in enumerate(tasks_of(town.almanac.season(sitting.ago) + 1)):
        day = min(ends - timedelta(days=9 + 5 * number), town.almanac.today - timedelta(days=2))
        said = {"udfald": "done", "ord": row[column]}
        moment = timezone.make_aware(datetime.combine(day, time(11, 15)))
        town.tell(moment, partial(_finish, town, (WHEEL, sitting.ago, number), said))


def _finish(town: Town, name: tuple[str, int, int], row: Mapping[str, str]) -> None:
    task = _task(town, name)
    if row["udfald"] == "dropped":
        drop_task(task, by=town.keeper(), because=row["ord"])
        return
    is_here = task.owner.is_active and task.owner.has_login
    finish_task(task, by=task.owner if is_here else town.keeper(), word=row["ord"])


def _ask(town: Town, name: tuple[str, int, int], row: Mapping[str, str]) -> None:
    task = _task(town, name)
    delegate_task(task, by=task.owner, to=town.person(row["til"]))


def _reply(town: Town, name: tuple[str, int, int], row: Mapping[str, str]) -> None:
    task, by = _task(town, name), town.person(row["til"])
    delegation = task.delegations.open().get()
    if row["svar"] == "ja":
        accept_delegation(delegation, by=by)
    else:
        decline_delegation(delegation, by=by, because=row["svar"])


def _task(town: Town, name: tuple[str, int, int]) -> Task:
    found: Task = Task.objects.select_related("owner", "committee").get(pk=town.tasks[name])
    return found
