"""The whole way of each meeting of the past, from call to reviewed and approved minutes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from kommissorium.demo.conduct import corrected, tell_call, tell_meeting
from kommissorium.demo.sitting import GROUP, SECURITY, Sitting
from kommissorium.demo.story import Town
from kommissorium.demo.texts import REVIEW_AFTER
from kommissorium.demo.undertakings import inherit, tell_fates
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.review import comment, mark_read, settle_comment
from kommissorium.secretariat.actions.cycle import approve

WHY_NO_CHAIR = "Formandsposten er ubesat, til den nye direktør tiltræder."
COMMENTED, READ, SETTLED, APPROVED = 5, 6, 9, 12  # days after the meeting
SOON_READ, SOON_APPROVED = 4, 5  # of the meeting without a chair
MOST_READERS = 3


def tell_minutes(sitting: Sitting) -> None:
    """Tell how the minutes went from draft to approved."""
    town = sitting.town
    if sitting.key == SECURITY and sitting.ago == town.almanac.span.without_chair:
        town.tell(sitting.at(1, "15.40"), partial(send, sitting, SOON_READ))
        town.tell(sitting.at(SOON_READ, "8.50"), partial(read, sitting))
        town.tell(sitting.at(SOON_APPROVED, "9.40"), partial(_approve, sitting))
        return
    town.tell(sitting.at(REVIEW_AFTER, "15.40"), partial(send, sitting))
    town.tell(sitting.at(COMMENTED, "10.15"), partial(say, sitting))
    town.tell(sitting.at(READ, "8.50"), partial(read, sitting))
    town.tell(sitting.at(SETTLED, "11.20"), partial(_settle, sitting))
    town.tell(sitting.at(APPROVED, "9.40"), partial(_approve, sitting))


def send(sitting: Sitting, until: int = 0) -> None:
    """Send the minutes to review, until some days after the meeting if that is given."""
    last = sitting.day + timedelta(days=until) if until else None
    send_to_review(sitting.meeting(), by=sitting.town.keeper(), review_until=last)


def say(sitting: Sitting) -> None:
    """Add people's comments on the minutes."""
    minutes = sitting.minutes()
    for row in sitting.rows("comments.csv"):
        named = (i for i in sitting.items(minutes.meeting) if sitting.place_of(i) == row["punkt"])
        item = next(named, None) if row["punkt"] else None
        comment(minutes, by=sitting.town.person(row["hvem"]), item=item, text=row["tekst"])


def read(sitting: Sitting, most: int = MOST_READERS) -> None:
    """Let a few of those who were there confirm that they have read the minutes."""
    minutes = sitting.minutes()
    said = set(minutes.comments.values_list("person", flat=True))
    there = minutes.meeting.attendances.present().select_related("person")
    readers = [row.person for row in there if row.person_id not in said and row.person.has_login]
    for person in readers[:most]:
        mark_read(minutes, by=person)


def _settle(sitting: Sitting) -> None:
    """Make the corrections that the comments ask for, and answer them."""
    minutes, by = sitting.minutes(), sitting.town.keeper()
    items = {item.pk: item for item in sitting.items(minutes.meeting)}
    rows = {row["tekst"]: row for row in sitting.rows("comments.csv")}
    for one in minutes.comments.select_related("item"):
        one.minutes = minutes
        row = rows[one.text]
        if row["fra"] and one.item_id:
            corrected(items[one.item_id], row["fra"], row["til"], by=by)
        settle_comment(one, by=by, answer=row["svar"])


def _approve(sitting: Sitting) -> None:
    """Approve the minutes: the chair, or the deputy chair while there is none."""
    chair = sitting.town.chair(sitting.key)
    by = chair or sitting.town.person("deputy")
    approve(sitting.minutes(), by=by, chair_absent_because="" if chair else WHY_NO_CHAIR)


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
