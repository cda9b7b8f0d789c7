"""Minutes of a fictional committee, and what they are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kommissorium.meetings.minutes import (
    Protocol,
    ProtocolAbsence,
    ProtocolAdvice,
    ProtocolDissent,
    ProtocolFile,
    ProtocolItem,
    ProtocolPerson,
    ProtocolTask,
    ProtocolWeighing,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SECRET = "Leverandørens hul"
HASH = "0123456789abcdef" * 4

PEOPLE = (
    ProtocolPerson("Morten Lund", "Direktør", "Formand"),
    ProtocolPerson("Per Kjær", "Arkitekt", "Medlem", "deputy", "Lise Rønhave"),
    ProtocolPerson("Karin Toft", "Rådgiver", "Rådgiver", has_vote=False),
    ProtocolPerson("Lise Rønhave", "It-chef", "Medlem", presence="apology"),
    ProtocolPerson("Ole Friis", "Arkivar", "Medlem", presence="absent"),
    ProtocolPerson("Sanne Vind", "Projektleder", capacity="guest", note="Deltog under punkt 1."),
)

RICH = ProtocolItem(
    number="2026/3-1",
    title="Plan for håndtering af risici",
    type_label="Til beslutning",
    recommendation_html="<p>Det indstilles, at planen <strong>godkendes</strong>.</p>",
    presentation_html="<h3>Baggrund</h3><p>Planen er vedlagt.</p>",
    register_html="<table><tr><th>System</th></tr><tr><td>Omsorg</td></tr></table>",
    discussion_html="<p>Udvalget talte om skolerne.</p>",
    outcome="Godkendt med ændring",
    decision_html="<p>Prøven holdes i marts.</p>",
    weighings=(
        ProtocolWeighing("Sikkerhed", "Styrkes", "Adgangen lukkes."),
        ProtocolWeighing("Brugervenlighed", "Uændret"),
        ProtocolWeighing("Økonomi", "Udgift på 125.000 kr."),
        ProtocolWeighing("Forhold til truslen", "Passende"),
    ),
    advice=(
        ProtocolAdvice("Karin Toft", "Før tilsyn.", followed=False, because="Det når vi ikke."),
        ProtocolAdvice("Karin Toft", "Opdater vurderingen.", followed=True),
    ),
    dissents=(
        ProtocolDissent("Jonas Krogh", "dissent", "Vent til sommer."),
        ProtocolDissent("Mette Dahl", "reservation", "Hvem betaler?"),
    ),
    absences=(
        ProtocolAbsence("Per Kjær", "conflict", "gift med leverandøren"),
        ProtocolAbsence("Mette Dahl", "conflict"),
        ProtocolAbsence("Jonas Krogh", "left"),
    ),
    tasks=(ProtocolTask("Prøv planen", "Lise Rønhave", date(2027, 3, 31)),),
    attachments=(ProtocolFile("Plan æøå.pdf", HASH, 1_234_567, "application/pdf"),),
    late_because="Først færdig i går.",
    carried="Fortsat fra 2026/2-4",
)

CLOSED = replace(
    RICH,
    number="2026/3-2",
    title=SECRET,
    discussion_html="<p>Kun for <em>få</em>.</p>",
    tasks=(ProtocolTask("Luk hullet", "Nadia Holm", date(2027, 1, 4)),),
    attachments=(ProtocolFile("Hemmeligt.xlsx", HASH, 10),),
    is_closed=True,
    closed_ground="Oplysninger om sikkerhed",
)

ITEMS = (
    RICH,
    CLOSED,
    ProtocolItem("2026/3-3", "Ny politik", withdrawn_because="Ikke færdig."),
    ProtocolItem("2026/3-4", "Prøve", recommendation_html="<p>Drøft.</p>", not_discussed=True),
    ProtocolItem("2026/3-5", "Eventuelt", "Til orientering", nothing_new="Intet nyt."),
)
APPROVED: dict[str, Any] = {
    "status": "approved",
    "approved_by": "Morten Lund",
    "approved_capacity": "formand",
    "approved_at": datetime(2026, 12, 8, 10, 12, tzinfo=COPENHAGEN),
    "record_hash": HASH,
}
CONFIRMED = APPROVED | {
    "status": "confirmed",
    "confirmation": "Bekræftet på møde 2026/4 med ændringer.",
    "changes_html": "<h3>Punkt 1</h3><p>Fristen er den 12. februar.</p>",
}


def sample(**changes: Any) -> Protocol:
    """Return the minutes, in English unless `language` says otherwise: their words are msgids."""
    protocol = Protocol(
        municipality="Eksempel Kommune",
        committee="Informationssikkerhedsudvalget",
        number="2026/3",
        starts_at=datetime(2026, 12, 3, 13, 0, tzinfo=COPENHAGEN),
        ends_at=datetime(2026, 12, 3, 15, 0, tzinfo=COPENHAGEN),
        made_at=datetime(2026, 12, 4, 9, 12, tzinfo=COPENHAGEN),
        opened_at=datetime(2026, 12, 3, 13, 4, tzinfo=COPENHAGEN),
        closed_at=datetime(2026, 12, 3, 14, 52, tzinfo=COPENHAGEN),
        place="Rådhuset, lokale 2",
        link="https://video.eksempel.dk/1234",
        led_by="Morten Lund",
        led_by_capacity="formand",
        secretary="Nadia Holm",
        quorum_text="Udvalget var beslutningsdygtigt.",
        people=PEOPLE,
        items=ITEMS,
        case_number="26/1234",
        kle_number="85.11.00",
        language="en",
    )
    return replace(protocol, **changes)
