"""The app configuration of the room meetings."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import (
    CLOSED,
    CONCERN,
    NOT_SENT,
    OPEN,
    SIGN_IN,
    UNDER_WAY,
    Former,
    Formers,
    Itself,
    Kept,
    Readers,
    under,
)


class MeetingsConfig(AppConfig):
    name = "kommissorium.meetings"
    label = "meetings"
    readers: ClassVar[Readers] = {
        "absence": under("item"),
        "advice": under("item"),
        "agendaitem": Itself(CLOSED),
        "approval": under("minutes"),
        "attachment": Itself(CLOSED),
        "calendarfeed": Kept(SIGN_IN),
        "call": under("meeting"),
        "comment": Itself(CONCERN),
        "confirmation": under("item", "minutes", ground=CLOSED),
        "decision": Itself(CLOSED),
        "dissent": under("item"),
        "filing": OPEN,
        "itemdraft": Kept(UNDER_WAY),
        "itemquestion": under("item"),
        "laterweighing": under("decision"),
        "proceedings": Itself(NOT_SENT),
        "proposedweighing": Kept(UNDER_WAY),
        "registration": Itself(CLOSED),
        "review": under("minutes"),
        "rowchoice": under("item"),
    }
    # What pages showed all along: calendar, agenda, who comes. Minutes are for those who take them
    # until they are sent out, and what they said before stays with these.
    formers: ClassVar[Formers] = {
        "agendaitem": Former("meeting", {"is_closed": (True,)}),
        "attendance": Former("meeting"),
        "meeting": Former(),
        "minutes": Former("meeting"),
    }
