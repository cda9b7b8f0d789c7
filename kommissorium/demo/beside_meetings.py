"""What happened beside the meetings: the chair's decisions, errands, filing, and what was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

from django.utils import timezone
from django.utils.html import format_html

from kommissorium.committees.models import Clause
from kommissorium.core.files.actions import store_file
from kommissorium.demo.agendas import paper
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows, sheet
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.actions.earlier_meetings import (
    EarlierItem,
    EarlierMeeting,
    register_earlier_meeting,
)
from kommissorium.meetings.actions.filing import note_filing
from kommissorium.meetings.filing import OF_MEETINGS
from kommissorium.meetings.models import Outcome, Proceedings
from kommissorium.tasks.actions import delegate_task, give_task
from kommissorium.tasks.models import Task


def tell_between(town: Town) -> None:
    """Tell of the chair's decisions, some days after a meeting."""
    for row in rows("chair.csv"):
        decide = partial(_decide, town, row)
        town.tell_after(int(row["møde"]), int(row["dage"]), decide, "15.20")


def _decide(town: Town, row: Mapping[str, str]) -> None:
    chair = town.chair("security")
    if chair is None:
        raise ValueError("Nobody chairs the committee on that day")
    decide_as_chair(
        town.committees["security"],
        by=chair,
        title=row["titel"],
        text=format_html("<p>{}</p>", row["tekst"]),
        why_now=row["hvorfor"],
        weighing={name: row[name] for name in row if name in Proceedings.FIELDS},
        is_impartial=True,
        is_closed=bool(row["lukket"]),
        closed_ground=row["lukket"],
    )


BEFORE = 70  # days before the story
FILE = "Referat.pdf"
THERE = ("poul.vesterlund", "birgit.lind", "dpo", "head_of_it")
WEIGHED = {
    "security": "stronger",
    "security_text": "Ansvaret bliver placeret.",
    "usability": "unchanged",
    "economy": "neutral",
    "proportion": "fitting",
}


def tell_earlier(town: Town) -> None:
    """Tell how the committee's last meeting before the program was registered."""
    days = town.almanac
    day = days.workday(days.start - timedelta(days=BEFORE))
    town.tell(days.moment(days.start + timedelta(days=7), "9.30"), partial(_register, town, day))


def _register(town: Town, day: date) -> None:
    committee = town.committees["security"]
    read = sheet("earlier/minutes.html", {})
    present = [town.person(code) for code in THERE]
    names = ", ".join(one.name for one in present)
    read = replace(read, head={**read.head, "Dato": town.almanac.words(day), "Til stede": names})
    incidents = Clause.objects.select_related("mandate").get(
        mandate__committee=committee, measure="agenda_incidents"
    )
    held = EarlierMeeting(
        day=day,
        start=time(13),
        place="Rådhuset, mødelokale 2",
        file=store_file(paper(read), FILE),
        file_name=FILE,
        own_number=f"1/{day.year}",
        present=present,
        items=(
            EarlierItem(incidents, outcome=Outcome.NOTED, text="Taget til efterretning."),
            EarlierItem(
                title="Nyt kommissorium",
                outcome=Outcome.APPROVED,
                text="Udvalget indstiller udkastet til direktionen.",
                weighing=WEIGHED,
            ),
        ),
    )
    register_earlier_meeting(committee, held, by=town.coordinator())


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


DAYS = 60  # after a meeting, when its minutes were sent out long ago


def tell_filing(town: Town) -> None:
    """Tell of the receipts noted after each meeting but the two newest."""
    for ago in range(town.almanac.span.first, 2, -1):
        town.tell_after(ago, DAYS, partial(_file, town), "14.45")


def _file(town: Town) -> None:
    by = town.keeper()
    for kind in OF_MEETINGS:
        if rows := list(kind.unfiled(by)):
            day = timezone.localdate()
            note_filing(kind, rows, by=by, filed_on=day, case_number=f"{day:%y}/01.15.04-0012")
