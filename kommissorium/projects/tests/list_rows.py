"""Rows for the lists of this room: as many as one asks for, which differ in everything."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.projects.models import WorkStatus
from kommissorium.projects.tests.cases import begun, milestone, own_measure, project, say_all, tell

STANDINGS = ("green", "yellow", "red")


def make_rows(cast: Cast, numbers: range) -> None:
    """Add projects and measures of these numbers; the system owner has most."""
    today = timezone.localdate()
    for number in numbers:
        owner = cast.system_owner if number % 10 else cast.member
        found = project(
            cast,
            title=f"Ærø <{number:03}>",
            goal=f"Fordi {number} er flere. " * 10,
            owner=owner,
            budget=number * 1000,
            begins=today - timedelta(days=number),
            due=today + timedelta(days=number % 7),
        )
        if number % 3:
            more = {"spent": number * 700, "asked": number * 10 if number % 2 else None}
            tell(cast, found, STANDINGS[number % 3], reason=f"Nr. {number}.", **more)
        milestone(cast, found, due=today - timedelta(days=number))
        own_measure(
            cast, name=f"Øvrigt <{number:03}>", owner=owner, figure_name=f"Tal {number % 4}"
        )
    if not WorkStatus.objects.filter(state="approved").exists():
        say_all(cast, begun(cast))
