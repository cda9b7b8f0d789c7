"""The reports to the executive board: approved at the meetings, sent, received and treated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from kommissorium.demo.agendas import write_item
from kommissorium.demo.sitting import NOT_ENDED, SECURITY, put
from kommissorium.demo.story import Town
from kommissorium.demo.texts import rows_of
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.models import Meeting
from kommissorium.reports.actions.board_notes import (
    Treatment,
    Wish,
    comment,
    confirm_receipt,
    note_sent,
    note_treated,
    send_board_report,
)
from kommissorium.reports.actions.board_requests import Request, answer_request, write_requests
from kommissorium.reports.actions.periodic_reports import PartText, compose_report, write_parts
from kommissorium.reports.models import BoardReport
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.reports.proposals import BOARD

NOT_WRITTEN = 3  # meetings ago: nobody wrote the report
BY_HAND = 4  # meetings ago: it went with the agenda of the board, on paper
SENT, RECEIVED, TREATED = 22, 25, 36  # days after the meeting
LATER = 44  # days: while nobody coordinated, a report lay until somebody did
SENT_BACK = 2  # meetings ago
ANSWERS: Mapping[int, tuple[str, str]] = {
    SENT_BACK: (
        "sent_back",
        "Direktionen vil vide, hvad det koster at skifte de to leverandører, og hvornår det kan ske.",
    ),
    6: ("decided", "Direktionen besluttede, at en direktør skal være formand for udvalget."),
    10: ("decided", "Centrene skal melde deres ejere af systemer inden sommer."),
}
REQUESTS: Mapping[int, tuple[Request, ...]] = {
    1: (
        Request(
            "At bevillige 280.000 kr. til logning af omsorgssystemet.",
            280_000,
            "Ellers kan misbrug af borgernes data stadig ikke opdages.",
        ),
        Request(
            "At udpege en ejer af hvert system, der stadig mangler en.",
            None,
            "Ellers vurderer ingen deres risici.",
        ),
    ),
    SENT_BACK: (
        Request(
            "At bevillige 150.000 kr. til at skifte to leverandører.",
            150_000,
            "Ellers lever to aftaler ikke op til kravene næste år.",
        ),
    ),
}
QUESTION = "Hvad koster det hvert år bagefter?"
WISH = "Pris og tidsplan for at skifte to leverandører"
WISH_DAYS = 170  # until it is to be there
SAID = "Klar og kort. Jeg savner en pris."
DECIDED = {
    "reports.boardreport": "Udvalget drøftede rapporten til direktionen og godkendte den.",
    "reports.sent_back": "Koordinatoren indhenter priser, og de kommer med i den næste rapport.",
}


def tell_board_reports(town: Town) -> None:
    """Tell of the report that each meeting approved, and of its way through the board."""
    days = town.almanac
    for ago in range(days.span.first, 0, -1):
        held = days.held_day(ago)
        quarter = Quarter.of(held).before
        if quarter.last < days.start or ago == NOT_WRITTEN:
            continue
        ended = days.workday(quarter.after.first + timedelta(days=4))
        day = max(days.call_day(held) - timedelta(days=2), ended)
        if day >= held:
            continue
        town.tell(days.moment(day, "10.55"), partial(_bring, town, ago, quarter))
        for later, deed in ((SENT, _send), (RECEIVED, _receive), (TREATED, _treat)):
            for number in (later, later + LATER):
                moment = days.moment(held + timedelta(days=number), "11.20")
                town.tell(moment, partial(deed, town, ago, quarter))
    newest, day = Quarter.of(days.held_day(0)).before, days.last_workday
    if newest.last >= days.start and newest.has_ended(day):
        town.tell(days.moment(day, "10.55"), partial(_begin, town, newest))


def _begin(town: Town, quarter: Quarter) -> None:
    """Compose the newest report; nobody has written in it yet."""
    if town.keeper().is_coordinator:
        compose_report(BOARD, town.committees[SECURITY], quarter, by=town.coordinator())


def _bring(town: Town, ago: int, quarter: Quarter) -> None:
    """Compose the report, write the parts by hand, and put it on the agenda."""
    if not town.keeper().is_coordinator:
        return
    by = town.coordinator()
    report = compose_report(BOARD, town.committees[SECURITY], quarter, by=by)
    happened = [one["hændelse"] for one in rows_of("incidents.csv", ago)]
    said = {
        ASKS: rows_of("quarters.csv", ago)[0]["rapport"],
        "incidents": " ".join(f"{one}." for one in happened),  # before there was a register
    }
    texts = {
        one.code: PartText(said.get(one.code, ""), not said.get(one.code), one.edit_version)
        for one in report.parts.all()
        if one.lacks_words
    }
    if requests := REQUESTS.get(ago):
        version = texts.pop(ASKS).edit_version
        write_requests(report, requests, version, by=by)
    write_parts(BOARD, report, texts, by=by)
    if town.meeting(ago).state == Meeting.State.PLANNED:
        # What was to be asked is asked by the report itself now.
        item = town.meetings[ago].items.get(clause__measure="executive_reporting")
        write_item(town, item, ("", item.presentation))
    put(town, ago, report, NOT_ENDED)


def _send(town: Town, ago: int, quarter: Quarter) -> None:
    report, by = _report(town, quarter), town.keeper()
    if report is None or report.sent or not by.is_coordinator:
        return
    if ago == BY_HAND:
        how = "På papir med direktionens dagsorden"
        note_sent(report, by=by, on=town.almanac.day_it_is(), how=how)
    else:
        send_board_report(report, by=by)


def _receive(town: Town, ago: int, quarter: Quarter) -> None:
    report, executive = _report(town, quarter), town.person("executive")
    if report is None or not report.sent or report.received:
        return
    confirm_receipt(report, by=executive)
    if ago == SENT_BACK:
        comment(report, SAID, by=executive)
        answer_request(report, 1, "asked", QUESTION, by=executive)


def _treat(town: Town, ago: int, quarter: Quarter) -> None:
    report, by = _report(town, quarter), town.keeper()
    if report is None or not report.received or report.treated or not by.is_coordinator:
        return
    today = town.almanac.day_it_is()
    outcome, text = ANSWERS.get(ago, ("noted", ""))
    wishes = []
    if ago == SENT_BACK:
        wishes.append(Wish(WISH, by, today + timedelta(days=WISH_DAYS)))
    number = f"{today.year}-{1040 + 7 * ago}"
    note_treated(report, Treatment(today, number, outcome, text, wishes=wishes), by=by)


def _report(town: Town, quarter: Quarter) -> BoardReport | None:
    """Return the quarter's report, if the committee has approved it."""
    found = BoardReport.objects.of_period(town.committees[SECURITY], quarter).with_way()
    return found.filter(state="approved").first()
