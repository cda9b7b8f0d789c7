"""The decisions on which controls apply, and the approval of a statement each year."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from kommissorium.controls.actions.controls import (
    begin_controls,
    change_control,
    decide_many,
)
from kommissorium.controls.actions.versions import draft_statement
from kommissorium.controls.models import Control, SoaVersion
from kommissorium.controls.proposal import KIND
from kommissorium.demo.chapters import Chapter
from kommissorium.demo.sitting import put
from kommissorium.demo.story import Town
from kommissorium.registers.requirements import Says
from kommissorium.registers.shown import shown_on

NOT_OURS: Final = ("8.25", "8.28", "8.30")
BECAUSE: Final = {
    "yes": "Kommunen har systemer, data og arkiver, som det gælder for. Se risikovurderingen.",
    "no": "Kommunen udvikler ikke selv systemer og får det heller ikke gjort.",
}
# Words in the title of a policy or of an action that meets the control.
MET_BY: Final = {
    "5.9": ("ejere af systemer",),
    "5.16": ("oprettelse og nedlæggelse", "lukke rettigheder"),
    "5.18": ("oprettelse og nedlæggelse",),
    "5.20": ("beredskabskrav",),
    "6.7": ("hjemmearbejde",),
    "7.10": ("papirarkiver",),
    "8.5": ("totrinslogin",),
    "8.10": ("papirarkiver", "automatisk sletning"),
    "8.13": ("kopierne",),
}


def _tell(town: Town) -> None:
    days = town.almanac
    for ago in days.span.yearly:
        called = days.call_day(days.held_day(ago))
        town.tell(days.moment(called - timedelta(days=14), "13.20"), partial(_draft, town))
        town.tell(days.moment(called - timedelta(days=2), "13.40"), partial(_put, town, ago))


def _draft(town: Town) -> None:
    """Decide on the controls the first time, choose their evidence, and draft a version."""
    by = town.coordinator()
    if not Control.objects.exists():
        begin_controls(by=by)
        owner = town.person("head_of_it")
        ours = list(Control.objects.exclude(number__in=NOT_OURS))
        decide_many(ours, by=by, applies="yes", because=BECAUSE["yes"], owner=owner)
        rest = list(Control.objects.filter(number__in=NOT_OURS))
        decide_many(rest, by=by, applies="no", because=BECAUSE["no"])
    _link(town)
    draft_statement(by=by)


def _link(town: Town) -> None:
    """Choose the policies in force and the actions that meet controls, as far as there are any."""
    shown = shown_on(town.almanac.day_it_is())
    known = [one for one in shown if one.says in (Says.LAID_DOWN, Says.CARRIED_OUT)]
    for number, words in MET_BY.items():
        found = Control.objects.get(number=number)
        keys = {one.key for one in known if any(word in one.title for word in words)}
        if keys - set(found.links):
            values = {"links": sorted(keys)}
            change_control(
                found, by=town.coordinator(), values=values, edit_version=found.edit_version
            )


def _put(town: Town, ago: int) -> None:
    put(town, ago, SoaVersion.objects.get(state="draft"))


DECIDED = {KIND.kind: "Udvalget godkendte, hvilke foranstaltninger der gælder for kommunen."}
CHAPTER = Chapter(_tell, budget=1_250, decided=DECIDED)
