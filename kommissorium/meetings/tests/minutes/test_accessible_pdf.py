from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.tests.deep import examples
from kommissorium.core.tests.documents.pdfs import bookmarks, catalog, claims, read, tags, text_of
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
    addendum_pdf,
    extract,
    minutes_docx,
    minutes_pdf,
    without_closed,
)
from kommissorium.meetings.tests.minutes.samples import (
    APPROVED,
    CONFIRMED,
    HASH,
    ITEMS,
    RICH,
    SECRET,
    sample,
)

ODD = ["", "\u202eabc", "\x00\ud800", "#let x = 1", "$a_b$", "*x*", "a\nb\r\nc", "שלום", "😀" * 40]
HIDDEN = (SECRET, "Kun for", "Luk hullet", "Nadia", "Hemmeligt", "Oplysninger om sikkerhed")


def annex_of(pdf: bytes) -> bytes:
    """Return the one file inside the minutes."""
    (file,) = read(pdf).attachment_list
    assert file.name == "Annex, the registers.pdf"
    return bytes(file.content)


def test_minutes_are_accessible_and_archivable() -> None:
    pdf = minutes_pdf(sample())
    root = catalog(pdf)
    assert claims(pdf) == {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_minutes_to_which_the_registers_said_nothing_hold_no_file() -> None:
    pdf = minutes_pdf(sample(items=(ITEMS[-1],)))
    assert claims(pdf) == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
    assert not list(read(pdf).attachment_list)


def test_what_the_registers_said_lies_inside_whole_and_is_never_printed() -> None:
    told = replace(RICH, number="2026/3-9", title="Anden", register_html="<p>Dag 1</p>" * 400)
    pdf = minutes_pdf(sample(items=(RICH, told)))
    annex, text = annex_of(pdf), text_of(annex_of(pdf))
    assert claims(annex) == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
    for words in (
        "Annex: the registers, Minutes 2026/3",
        f"2026/3-1 {RICH.title}",
        "System Omsorg",
    ):
        assert words in text
    assert text.count("Dag 1") == 400
    assert "Dag 1" not in text_of(pdf)
    assert "System Omsorg" not in text_of(pdf)
    assert "1 file, inside this document." in text_of(pdf)
    assert [title for _depth, title in bookmarks(read(annex).outline)][1:] == [
        f"2026/3-1 {RICH.title}",
        "2026/3-9 Anden",
    ]


def test_closed_items_are_no_part_of_the_annex_of_the_open_edition() -> None:
    secret = replace(RICH, number="2026/3-2", title=SECRET, is_closed=True)
    whole = sample(items=(RICH, replace(secret, register_html="<p>Nøglen</p>")))
    assert "Nøglen" in text_of(annex_of(minutes_pdf(whole)))
    text = text_of(annex_of(minutes_pdf(without_closed(whole))))
    assert "System Omsorg" in text
    for words in ("Nøglen", SECRET, "2026/3-2"):
        assert words not in text


def test_a_long_meeting_fits_its_decisions_on_the_first_page() -> None:
    items = tuple(replace(RICH, number=f"2026/3-{place}") for place in range(1, 21))
    first = re.sub(r"\s+", " ", read(minutes_pdf(sample(items=items))).pages[0].extract_text())
    for item in items:
        assert f"{item.number} {RICH.title}." in first
    for words in ("Jonas Krogh, dissent; Mette Dahl, reservation", "Lise Rønhave, 31 Mar 2027"):
        assert first.count(words) == 20


def test_the_first_page_says_which_meeting_where_when_and_who() -> None:
    text = re.sub(r"\s+", " ", read(minutes_pdf(sample(language="da"))).pages[0].extract_text())
    for words in (
        "Eksempel Kommune",
        "Informationssikkerhedsudvalget",
        "2026/3",
        "torsdag den 3. december 2026 kl. 13.00–15.00",
        "13.04",
        "Rådhuset, lokale 2",
        "Morten Lund, formand",
        "Nadia Holm",
        "26/1234",
        "85.11.00",
        "Udvalget var beslutningsdygtigt.",
    ):
        assert words in text


def test_a_video_link_stands_only_where_there_was_no_other_place() -> None:
    assert "video.eksempel.dk" not in text_of(minutes_pdf(sample()))
    assert "https://video.eksempel.dk/1234" in text_of(minutes_pdf(sample(place="")))


def test_people_stand_as_they_came_and_with_who_came_instead() -> None:
    text = text_of(minutes_pdf(sample()))
    for words in (
        "Per Kjær Deputy for Lise Rønhave",
        "Karin Toft Rådgiver Rådgiver No",
        "Apologies • Lise Rønhave · It-chef · Medlem. Per Kjær attended instead.",
        "Absent without apology • Ole Friis · Arkivar · Medlem",
        "Guests • Sanne Vind · Projektleder. Deltog under punkt 1.",
    ):
        assert words in text


def test_an_item_goes_from_the_case_to_the_decision_and_says_where_the_registers_stand() -> None:
    text = text_of(minutes_pdf(sample(items=(RICH,))))
    order = [
        "Fortsat fra 2026/2-4",
        "Late on the agenda: Først færdig i går.",
        "Planen er vedlagt.",
        "Det indstilles, at planen godkendes.",
        "Left before the item had ended: Jonas Krogh.",
        "Left the room because of conflict of interest: Per Kjær (gift med leverandøren), Mette",
        "Karin Toft: Før tilsyn. The advice was not followed. Det når vi ikke.",
        "Karin Toft: Opdater vurderingen. The advice was followed.",
        "Udvalget talte om skolerne.",
        "Decision Godkendt med ændring Prøven holdes i marts.",
        "Jonas Krogh, dissent: Vent til sommer.",
        "Mette Dahl, reservation: Hvem betaler?",
        "Økonomi: Udgift på 125.000 kr",
        "Prøv planen Lise Rønhave 31 March 2027",
        "Plan æøå.pdf",
        "What the registers said at the call stands in the annex.",
        "The meeting closed at 14:52.",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert HASH in text.replace(" ", "")


def test_what_was_decided_stands_before_all_else() -> None:
    noted = replace(RICH, number="2026/3-6", outcome="Taken note", tasks=RICH.tasks * 2)
    text = text_of(minutes_pdf(sample(items=(RICH, noted))))
    head = text[: text.index("Attendance")]
    for words in (
        "What was decided",
        "2026/3-1 Plan for håndtering af risici. Prøven holdes i marts.",
        "Lise Rønhave, 31 Mar 2027 Godkendt med ændring",
        "Taken note of: 2026/3-6.",
        "1 task follows from the meeting: Lise Rønhave.",
    ):
        assert words in head
    assert "2026/3-6 Plan" not in head
    none = text_of(minutes_pdf(sample(items=(ITEMS[-1],))))
    assert "The meeting took no decisions." in none


def test_items_that_were_not_decided_say_why() -> None:
    text = text_of(minutes_pdf(sample()))
    assert "Withdrawn from the agenda: Ikke færdig." in text
    assert "The item was not discussed at the meeting." in text
    assert "Intet nyt." in text
    assert "No decision is recorded." not in text


def test_a_recommendation_nobody_decided_on_says_so() -> None:
    item = ProtocolItem("1", "Punkt", recommendation_html="<p>Godkend.</p>")
    assert "No decision is recorded." in text_of(minutes_pdf(sample(items=(item,))))


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_draft_says_so_on_every_page(status: str) -> None:
    pages = read(minutes_pdf(sample(status=status))).pages
    assert len(pages) > 2
    assert all("Draft – not sent out" in page.extract_text() for page in pages)


def test_approved_minutes_say_who_approved_them_and_when() -> None:
    text = text_of(minutes_pdf(sample(**APPROVED)))
    assert "Sent out by Morten Lund, formand, on 8 December 2026, 10:12." in text
    assert "The next meeting of the committee is asked to approve the minutes." in text
    assert "Draft" not in text


def test_confirmed_minutes_have_their_addendum_in_front() -> None:
    text = text_of(minutes_pdf(sample(**CONFIRMED)))
    assert text.index("Fristen er den 12. februar.") < text.index("Attendance")
    assert text.count("Bekræftet på møde 2026/4 med ændringer.") == 2


def test_the_addendum_alone_points_back_to_the_record() -> None:
    pdf = addendum_pdf(sample(**CONFIRMED))
    text = text_of(pdf)
    assert claims(pdf)["pdfuaid:part"] == "1"
    for words in (
        "Addendum to the minutes of meeting 2026/3",
        "Bekræftet på møde 2026/4 med ændringer.",
        "Fristen er den 12. februar.",
        "sent out on 8 December 2026, 10:12",
        HASH,
    ):
        assert words in text
    assert "Attendance" not in text
    assert SECRET not in text


def test_each_item_has_a_bookmark_and_stands_in_the_contents() -> None:
    pdf = minutes_pdf(sample(**APPROVED))
    titles = [title for _depth, title in bookmarks(read(pdf).outline)]
    assert titles == [
        "What was decided",
        "Attendance",
        "Items",
        *(f"{item.number} {item.title}" for item in ITEMS),
        "Closing and approval",
    ]
    assert tags(pdf).count("/TOCI") == len(ITEMS)


@pytest.mark.parametrize("changes", [{}, CONFIRMED])
def test_headings_follow_each_other_without_a_level_left_out(changes: dict[str, object]) -> None:
    for pdf in (minutes_pdf(sample(**changes)), addendum_pdf(sample(**changes))):
        levels = [int(tag[2:]) for tag in tags(pdf) if re.fullmatch(r"/H\d", tag)]
        assert all(after <= before + 1 for before, after in pairwise([0, *levels]))


def test_the_edition_without_closed_items_tells_nothing_of_them() -> None:
    protocol = replace(sample(**CONFIRMED), secretary="")
    pdf = minutes_pdf(without_closed(protocol))
    text = text_of(pdf)
    assert "2026/3-2 Closed item" in text
    assert "There is an addendum to the minutes. This edition leaves it out." in text
    for words in (*HIDDEN, "12. februar"):
        assert words not in text
        assert words.encode() not in pdf
        assert words.encode("utf-16-be") not in pdf


def test_a_closed_item_is_marked_with_its_ground() -> None:
    text = text_of(minutes_pdf(sample()))
    assert f"{SECRET} (closed item)" in text
    assert "Ground for closing: legal basis not stated: Oplysninger om sikkerhed" in text


def test_an_extract_holds_one_item_and_the_head_of_the_meeting() -> None:
    pdf = minutes_pdf(extract(sample(**APPROVED), "2026/3-1"))
    text = text_of(pdf)
    for words in ("Extract of minutes 2026/3", "Morten Lund", RICH.title, "Sent out by"):
        assert words in text
    for words in (SECRET, "Ny politik", "Items"):
        assert words not in text


@pytest.mark.parametrize(
    "changes",
    [
        {"items": ()},
        {"people": ()},
        {"opened_at": None, "closed_at": None},
        {"municipality": "", "committee": "", "number": "", "items": (ProtocolItem("", ""),)},
        {"status": "approved", "people": (), "items": ()},
    ],
)
def test_minutes_may_lack_things(changes: dict[str, object]) -> None:
    for pdf in (minutes_pdf(sample(**changes)), addendum_pdf(sample(**changes))):
        assert claims(pdf)["pdfuaid:part"] == "1"


def test_a_meeting_that_closed_past_midnight_tells_the_day() -> None:
    closed_at = sample().starts_at.replace(day=4, hour=0, minute=30)
    text = text_of(minutes_pdf(sample(closed_at=closed_at)))
    assert "The meeting closed on 4 December 2026, 00:30." in text


def test_cells_longer_than_a_page_are_parted_and_lose_nothing() -> None:
    text = "ord " * 4000
    item = replace(RICH, weighings=(ProtocolWeighing("Økonomi", "Udgift", text),))
    item = replace(item, tasks=(ProtocolTask("sag " * 4000, "Per", None),))
    found = text_of(minutes_pdf(sample(items=(item,))))
    assert found.count("ord ") >= 4000
    assert found.count("sag ") >= 4000


def test_the_same_minutes_give_the_same_bytes() -> None:
    assert minutes_pdf(sample()) == minutes_pdf(sample())


def _odd(text: str) -> Protocol:
    """Return minutes in which every word is this text."""
    html = f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>"
    item = ProtocolItem(
        *(text,) * 3,
        *(html,) * 4,
        text,
        html,
        weighings=(ProtocolWeighing(text, text, text),),
        advice=(ProtocolAdvice(text, text, None, text), ProtocolAdvice(text, text, True, text)),
        dissents=(ProtocolDissent(text, "dissent", text),),
        absences=(ProtocolAbsence(text, "left", text),),
        tasks=(ProtocolTask(text, text),),
        attachments=(ProtocolFile(text, text, 1, text),),
        is_closed=True,
        closed_ground=text,
        late_because=text,
        carried=text,
    )
    people = (
        ProtocolPerson(text, text, text, "deputy", text, note=text),
        ProtocolPerson(text, text, text, presence="apology", note=text),
    )
    names = ("municipality", "committee", "number", "place", "link", "led_by", "secretary")
    more = ("led_by_capacity", "quorum_text", "case_number", "kle_number", "confirmation")
    texts = dict.fromkeys((*names, *more, "approved_by", "approved_capacity", "record_hash"), text)
    return sample(status="confirmed", changes_html=html, items=(item,), people=people, **texts)


@settings(max_examples=examples(10, 20), deadline=None)
@given(st.one_of(st.sampled_from(ODD), st.text(max_size=60)))
def test_odd_text_never_stops_minutes(text: str) -> None:
    protocol = _odd(text)
    assert claims(minutes_pdf(protocol))["pdfuaid:part"] == "1"
    assert claims(addendum_pdf(protocol))["pdfuaid:part"] == "1"
    assert minutes_docx(protocol).startswith(b"PK")
