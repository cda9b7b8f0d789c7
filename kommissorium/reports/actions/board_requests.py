"""Write what a report asks the executive board for, and give the board's answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person, refuse_no_other
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.refusals import Refused
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.reports.actions.board_way import hold_report, sent_note, told_of
from kommissorium.reports.actions.periodic_reports import PartText, write_parts
from kommissorium.reports.models import BoardAnswer, BoardNote, BoardReport, BoardRequest
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.reports.models.board_requests import MOST_REQUESTS, SENTENCE, lines_of
from kommissorium.reports.proposals import BOARD

Answer = BoardAnswer.Answer


@dataclass(frozen=True, slots=True)
class Request:
    """Request as it was typed; `kroner` is None where it costs nothing."""

    text: str
    kroner: int | None
    otherwise: str


@transaction.atomic
def write_requests(
    report: BoardReport, requests: Sequence[Request], edit_version: int, *, by: Person
) -> None:
    """Write what a draft asks for; none says that it asks for nothing.

    Raises Refused for more than three, and for one that does not say what happens otherwise;
    Conflict where somebody else has written them since.
    """
    if len(requests) > MOST_REQUESTS:
        raise Refused(_("A report asks the board for three things at most."))
    cleaned = [_cleaned(one, place) for place, one in enumerate(requests, start=1)]
    text = PartText(lines_of([asdict(one) for one in cleaned]), not cleaned, edit_version)
    write_parts(BOARD, report, {ASKS: text}, by=by)
    hold_draft(report)
    BoardRequest.objects.filter(report=report).delete()
    BoardRequest.objects.bulk_create(
        BoardRequest(report=report, place=place, **asdict(one))
        for place, one in enumerate(cleaned, start=1)
    )
    facts = {**BOARD.called(report), "requests": len(cleaned)}
    record("reports.board_requests_written", report, by=by, facts=facts)


@transaction.atomic
def answer_request(
    report: BoardReport, place: int, answer: str, text: str, *, by: Person
) -> BoardAnswer:
    """Answer a request as a member of the executive board; the coordinators are told by mail.

    Raises Refused before the report is sent, for what is answered by yes or no already, for a no
    or a question without words, and for whoever sent the report.
    """
    if not BoardNote.can_be_answered_by(by):
        raise PermissionDenied
    report = hold_report(report)
    sent = sent_note(report)
    if by.pk in (sent.by_id, report.made_by_id):
        raise Refused(_("You wrote or sent it yourself. Somebody else of the board answers."))
    refuse_no_other(sent.by, by)
    rows = BoardRequest.objects.select_for_update(of=("self",)).filter(report=report, place=place)
    request = rows.first()
    if request is None or not request.is_open:
        raise Refused(_("It is answered already. The answer stands below it."))
    if answer not in Answer.values:
        raise Refused(answer=_("Choose one of the options."))
    wanted = "" if answer == Answer.APPROVED else _("Say why, or what you want to know.")
    text = clean_text(text, "text", wanted=wanted)
    made = BoardAnswer.objects.create(
        request=request, answer=answer, text=text, person=by, at=timezone.now()
    )
    _tell(report, made)
    facts = {**told_of(report), "request": place, "answer": answer}
    record("reports.board_request_answered", report, by=by, facts=facts)
    return made


def _cleaned(one: Request, place: int) -> Request:
    said, wanted = one.text.strip(), _("Must be filled in.")
    text = clean_line(said, f"text_{place}", SENTENCE, wanted=wanted)
    otherwise = clean_line(
        *(one.otherwise, f"otherwise_{place}", SENTENCE),
        wanted=_("Say what happens if the board says no."),
    )
    return Request(text, one.kroner, otherwise)


def _tell(report: BoardReport, made: BoardAnswer) -> None:
    """Tell the coordinators by mail; what was asked and said stands behind the link."""
    today = timezone.localdate()
    people = Person.objects.active().with_role(OrganisationRole.Kind.COORDINATOR, today)
    for person in people:
        if not person.email:
            continue
        with translation.override(person.language):
            values = {"title": BOARD.title_of(report), "number": made.request.place}
            letter = Letter(
                _("The executive board has answered: %(title)s") % values,
                Link(_("Read the answer"), report.get_absolute_url()),
                person.name,
                lines=[_("The executive board has answered request %(number)d.") % values],
            )
            queue_mail(to=person.email, kind="board_answer", key=f"{made.pk}", letter=letter)
