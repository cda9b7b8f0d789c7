"""The time before the program: a meeting of the committee, registered afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial

from kommissorium.committees.models import Clause
from kommissorium.core.files.actions import store_file
from kommissorium.demo.papers import paper
from kommissorium.demo.story import Town
from kommissorium.demo.texts import sheet
from kommissorium.meetings.actions.earlier_meetings import (
    EarlierItem,
    EarlierMeeting,
    register_earlier_meeting,
)
from kommissorium.meetings.models import Outcome

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
