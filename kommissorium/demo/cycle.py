"""The whole way of each meeting of the past, from call to approved minutes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from kommissorium.demo.calls import tell_call
from kommissorium.demo.conduct import tell_meeting
from kommissorium.demo.minutes import read, say, send, tell_minutes
from kommissorium.demo.sitting import GROUP, SECURITY, Sitting
from kommissorium.demo.story import Town
from kommissorium.demo.undertakings import inherit, tell_fates

INHERITED = (  # so many days after which meeting, who took over from whom
    (8, -25, "birgit.lind", "coordinator"),
    (6, 15, "poul.vesterlund", "chair"),
    (4, -19, "camilla.rostgaard", "anders.kvist"),
)
IN_REVIEW = 1  # the minutes of the small group's last meeting are with its members now


def tell_cycles(town: Town) -> None:
    """Tell of all meetings of both committees, and of successions between them."""
    span = town.almanac.span
    for ago in range(span.first, 0, -1):
        _tell(Sitting(town, SECURITY, ago))
    for ago in range(span.group_first, 0, -1):
        _tell(Sitting(town, GROUP, ago))
    for ago, later, old, new in INHERITED:
        town.tell_after(ago, later, partial(inherit, town, old, new))


def _tell(sitting: Sitting) -> None:
    tell_call(sitting)
    tell_meeting(sitting)
    if sitting.key == GROUP and sitting.ago == IN_REVIEW:
        _tell_review(sitting)
    else:
        tell_minutes(sitting)
    tell_fates(sitting)


def _tell_review(sitting: Sitting) -> None:
    """Tell that the minutes were sent this week: one has commented, some have yet to read."""
    town, today = sitting.town, sitting.town.almanac.today
    until = (today + timedelta(days=5) - sitting.day).days
    sent = today - timedelta(days=4)
    town.tell(town.almanac.moment(sent, "15.40"), partial(send, sitting, until))
    lately = town.almanac.moment(today - timedelta(days=2), "10.15")
    town.tell(lately, partial(say, sitting))
    town.tell(lately, partial(read, sitting, 1))
