"""What waits for the owners and keepers of assets: to-do lines, and reminders of statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import (
    Agreement,
    Asked,
    Round,
    Statement,
)
from kommissorium.assets.oversight import DUE_SOON, OVERDUE, SOON, list_address
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.owed import Owed
from kommissorium.core.ui.todo import Todo

type Row = dict[str, Any]

OVERSIGHT: Final = 60  # minutes that one of a supplier is taken to need


def todos_of(person: Person, today: date) -> list[Todo]:
    """Return the to-do items of a person about answers and oversight; one query.

    A coordinator is also told of the owners' answers and of oversight that is late with others.
    """
    columns = {**_of_owner(person), **_of_oversight(person, today)}
    if Round.can_be_run_by(person):
        columns |= _of_round()
    row = Person.objects.filter(pk=person.pk).annotate(**columns).values(*columns).first()
    return list(_things(row, today)) if row else []


def _things(row: Row, today: date) -> Iterator[Todo]:
    if row["left"]:
        yield _answers(row, today)
    if row["own_oversight"]:
        yield _oversight(row, today)
    if row.get("round"):
        yield from _running(row, today)
    if row.get("late_with_others"):
        number = row["late_with_others"]
        text = ngettext(
            "%(number)d oversight of a supplier is overdue with others.",
            "%(number)d oversights of suppliers are overdue with others.",
            number,
        ) % {"number": number}
        yield Todo(text, _("See which"), list_address(OVERDUE))


def _of_owner(person: Person) -> Row:
    asked: Any = Asked.objects.waiting().filter(person=person).with_progress().order_by("pk")
    return {
        "left": Subquery(asked.values("left")[:1]),
        "due": Subquery(asked.values("round__due")[:1]),
    }


def _of_oversight(person: Person, today: date) -> Row:
    near = Agreement.objects.in_force().filter(next_oversight__lte=today + timedelta(days=SOON))
    own = near.filter(responsible=person).order_by("next_oversight", "pk")
    columns: Row = {
        "own_oversight": _number_of(own),
        "agreement": Subquery(own.values("pk")[:1]),
        "supplier": Subquery(own.values("supplier__name")[:1]),
        "next_oversight": Subquery(own.values("next_oversight")[:1]),
    }
    if person.is_coordinator:
        late = near.filter(next_oversight__lt=today).exclude(responsible=person)
        columns["late_with_others"] = _number_of(late)
    return columns


def _of_round() -> Row:
    rounds = Round.objects.filter(closed_at=None)
    of_round = Statement.objects.filter(asked__round__closed_at=None)
    # What a person says of an asset is one answer, however many roles they have in it.
    same = Statement.objects.wanting().filter(asked=OuterRef("asked"), asset=OuterRef("asset"))
    wanting = of_round.wanting().filter(~Exists(same.filter(pk__lt=OuterRef("pk"))))
    return {
        "round": Subquery(rounds.values("pk")[:1]),
        "round_title": Subquery(rounds.values("title")[:1]),
        "round_due": Subquery(rounds.values("due")[:1]),
        "wanting": _number_of(wanting),
        "is_left": Exists(of_round.unanswered()),
    }


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """Return the number of rows as a column of its own."""
    # As a plain function and no aggregate: it is to count them all, in no groups.
    counted = rows.order_by().annotate(_all=Func(F("pk"), function="COUNT")).values("_all")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _answers(row: Row, today: date) -> Todo:
    text = ngettext(
        "Confirm what is registered about %(number)d asset of yours.",
        "Confirm what is registered about %(number)d assets of yours.",
        row["left"],
    ) % {"number": row["left"]}
    late = row["due"] < today
    url, minutes = reverse("attestation"), 3 * row["left"]
    return Todo(text, _("Confirm"), url, urgent=late, due=row["due"], minutes=minutes)


def _oversight(row: Row, today: date) -> Todo:
    number, is_late = row["own_oversight"], row["next_oversight"] < today
    if number > 1:
        text = ngettext(
            "%(number)d oversight of a supplier is yours to carry out within 60 days.",
            "%(number)d oversights of suppliers are yours to carry out within 60 days.",
            number,
        ) % {"number": number}
        url = list_address(OVERDUE if is_late else DUE_SOON)
        due = row["next_oversight"]
        minutes = OVERSIGHT * number
        return Todo(text, _("See which"), url, urgent=is_late, due=due, minutes=minutes)
    text = (
        _("Oversight of %(name)s was due on %(date)s.")
        if is_late
        else _("Oversight of %(name)s is due on %(date)s.")
    )
    values = {"name": row["supplier"], "date": day(row["next_oversight"])}
    url = reverse("agreement", args=[row["agreement"]])
    due = row["next_oversight"]
    text %= values
    return Todo(text, _("Carry it out"), url, urgent=is_late, due=due, minutes=OVERSIGHT)


def owed(person: Person, today: date) -> Iterator[Owed[Person]]:
    """Yield the owners who are late with their answers, for those who run the round; one query."""
    if not Round.can_be_run_by(person):
        return
    late = Asked.objects.waiting().filter(round__due__lt=today).exclude(person=person)
    for asked in late.with_progress().select_related("person", "round").order_by("pk"):
        due, url = asked.round.due, reverse("attestation")
        thing = Owed(asked.person, asked.round.title, url, due, f"attestation:{asked.pk}")
        again = timezone.localdate(asked.reminded_at) if asked.reminded_at else None
        yield thing._replace(number=asked.left, asked_on=again)


def _running(row: Row, today: date) -> Iterator[Todo]:
    url = reverse("attestation_round", args=[row["round"]])
    if row["wanting"]:
        text = ngettext(
            "%(number)d answer of an owner waits for you.",
            "%(number)d answers of owners wait for you.",
            row["wanting"],
        ) % {"number": row["wanting"]}
        yield Todo(text, _("See the answers"), url, minutes=5 * row["wanting"])
    elif not row["is_left"]:
        text = _("All owners have answered: %(title)s can be closed.")
        yield Todo(text % {"title": row["round_title"]}, _("End"), url)
    if row["is_left"] and row["round_due"] < today:
        values = {"title": row["round_title"], "date": day(row["round_due"])}
        text = _("%(title)s: not all owners have answered. It was due on %(date)s.") % values
        due = row["round_due"]
        yield Todo(text, _("See who has not"), url, urgent=True, due=due)


WEEK = 7  # days
LATEST = 28  # days after: from then on it is the coordinator's to write or call


def reminders(on: date) -> Iterator[Reminder]:
    """Yield, for each owner with something unanswered, the newest stage reached by the date."""
    near = Asked.objects.waiting().filter(round__due__lte=on + timedelta(days=WEEK))
    reachable = near.filter(person__is_active=True, person__email__isnull=False)
    for asked in reachable.with_progress().select_related("person", "round").order_by("pk"):
        with translation.override(asked.person.language):
            heading, text = _in_words(asked, on)
        # With the day in it, a round that is moved is told of again.
        key = f"attestation:{asked.pk}:{asked.round.due}:{stage(asked.round.due, on)}"
        yield Reminder(asked.person, key, text, reverse("attestation"), heading)


def stage(due: date, on: date) -> int | None:
    """Return the newest stage reached: -7, 0, 7 … 28 days after it is due; None before all."""
    days = (on - due).days
    return None if days < -WEEK else min(days // WEEK * WEEK, LATEST)


def _in_words(asked: Asked, on: date) -> tuple[str, str]:
    values = {"title": asked.round.title, "number": asked.left, "date": day(asked.round.due)}
    if asked.round.due >= on:
        text = ngettext(
            "%(title)s: answer for %(number)d asset by %(date)s",
            "%(title)s: answer for %(number)d assets by %(date)s",
            asked.left,
        )
        return _("Waiting for your answer"), text % values
    text = ngettext(
        "%(title)s: %(number)d asset is not answered for. It was due on %(date)s.",
        "%(title)s: %(number)d assets are not answered for. They were due on %(date)s.",
        asked.left,
    )
    return _("Overdue"), text % values
