"""Sentences of the minutes in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from kommissorium.core.richtext import one_line
from kommissorium.meetings.closing_grounds import stated_ground
from kommissorium.meetings.minutes.layout import WordedLine
from kommissorium.meetings.minutes.model import (
    AbsenceGround,
    Protocol,
    ProtocolAbsence,
    ProtocolAdvice,
    ProtocolDissent,
    ProtocolItem,
    ProtocolPerson,
)
from kommissorium.meetings.pack.phrases import clock, lines, moment_text


def document_title(protocol: Protocol) -> str:
    """Return "Minutes 2026/3", or that it is an extract of them."""
    number = one_line(protocol.number)
    title = _("Extract of minutes") if protocol.is_extract else _("Minutes")
    return f"{title} {number}".strip()


def draft_label(protocol: Protocol) -> str:
    """Return what stands on every page until the minutes are approved, then ""."""
    return "" if protocol.is_approved else _("Draft – not sent out")


def draft_warning(protocol: Protocol) -> str:
    """Return what a draft says of itself on its first page."""
    if protocol.is_approved:
        return ""
    if protocol.status == "in_review":
        return _("These minutes are out for review and may still change.")
    return _("These minutes may still change.")


def person_line(person: ProtocolPerson, people: Sequence[ProtocolPerson]) -> WordedLine:
    """Return a guest, or someone who stayed away and who came instead."""
    details = dict.fromkeys((one_line(person.function), one_line(person.role)))
    instead = [one_line(one.name) for one in people if _stands_in(one, person)]
    sentences = [_("%(name)s attended instead.") % {"name": name} for name in instead]
    sentences += lines(person.note)
    text = "".join(f" · {detail}" for detail in details if detail)
    return WordedLine(
        ". ".join([text, " ".join(sentences)]) if sentences else text, _name(person.name)
    )


def present_name(person: ProtocolPerson) -> str:
    """Return the name of someone present and, below it, what there is to say of them."""
    more = lines(person.note)
    if stood_in_for := one_line(person.stands_in_for):
        more.insert(0, _("Deputy for %(name)s") % {"name": stood_in_for})
    elif person.capacity == "deputy":
        more.insert(0, _("Deputy"))
    return "\n".join([_name(person.name), *more])


def remark_lines(item: ProtocolItem) -> list[WordedLine]:
    """Return what is to know of an item before its texts: whence it came, why it is so."""
    remarks = [
        *(WordedLine(text) for text in lines(item.carried)),
        *_because(_("Ground for closing:"), stated_ground(item.closed_ground)),
        *_because(_("Late on the agenda:"), item.late_because),
        *_because(_("Withdrawn from the agenda:"), item.withdrawn_because),
    ]
    if item.not_discussed:
        remarks.append(WordedLine(_("The item was not discussed at the meeting.")))
    if nothing := one_line(item.nothing_new):
        remarks.append(WordedLine("", nothing))
    return remarks


def absence_lines(absences: Sequence[ProtocolAbsence]) -> list[WordedLine]:
    """Return one sentence for each ground, with those it holds for."""
    words: dict[AbsenceGround, str] = {
        "arrived_late": _("Arrived after the item had begun: %(names)s."),
        "left": _("Left before the item had ended: %(names)s."),
        "conflict": _("Left the room because of conflict of interest: %(names)s."),
    }
    found = []
    for ground, sentence in words.items():
        if names := [_absent(one) for one in absences if one.ground == ground]:
            found.append(WordedLine(sentence % {"names": ", ".join(names)}))
    return found


def advice_line(advice: ProtocolAdvice) -> WordedLine:
    """Return what an adviser said, and what came of it."""
    if advice.followed is None:
        return _said(_name(advice.name), advice.text, *map(WordedLine, lines(advice.because)))
    outcome = (
        _("The advice was followed.") if advice.followed else _("The advice was not followed.")
    )
    because = "".join(f" {line}" for line in lines(advice.because))
    return _said(_name(advice.name), advice.text, WordedLine(because, outcome))


def dissent_line(dissent: ProtocolDissent) -> WordedLine:
    """Return who wanted what recorded against the decision."""
    return _said(dissenter(dissent), dissent.text)


def dissenter(dissent: ProtocolDissent) -> str:
    """Return who was against the decision, or had a reservation."""
    words = {"dissent": _("%(name)s, dissent"), "reservation": _("%(name)s, reservation")}
    return words[dissent.kind] % {"name": _name(dissent.name)}


def closing_lines(protocol: Protocol) -> list[WordedLine]:
    """Return how the meeting ended, and how far the minutes have come."""
    found = []
    if protocol.closed_at:
        found.append(WordedLine(_closed(protocol.closed_at, protocol.starts_at)))
    if not protocol.is_approved:
        return [*found, WordedLine("", draft_label(protocol))]
    found.append(WordedLine(_approved(protocol)))
    return [*found, *map(WordedLine, confirmation_lines(protocol))]


def confirmation_lines(protocol: Protocol) -> list[str]:
    """Return how the committee confirmed the minutes, or that it has not yet."""
    if given := lines(protocol.confirmation):
        return given
    if protocol.status == "confirmed":
        return [_("The committee has approved the minutes.")]
    return [_("The next meeting of the committee is asked to approve the minutes.")]


def hour(moment: datetime, meeting: datetime) -> str:
    """Return "kl. 13.04", with the day too where it is another than that of the meeting."""
    if moment.date() == meeting.date():
        return _("at %(time)s") % {"time": clock(moment)}
    return moment_text(moment)


def _stands_in(deputy: ProtocolPerson, person: ProtocolPerson) -> bool:
    return (
        deputy.presence == "present" and bool(person.name) and deputy.stands_in_for == person.name
    )


def _said(label: str, text: str, *more: WordedLine) -> WordedLine:
    first, *rest = lines(text) or [""]
    return WordedLine(f": {first}" if first else "", label, (*map(WordedLine, rest), *more))


def _because(label: str, reason: str) -> list[WordedLine]:
    reason = one_line(reason)
    return [WordedLine(f" {reason}", label)] if reason else []


def _absent(absence: ProtocolAbsence) -> str:
    note = one_line(absence.note)
    return f"{_name(absence.name)} ({note})" if note else _name(absence.name)


def _closed(moment: datetime, meeting: datetime) -> str:
    if moment.date() == meeting.date():
        return _("The meeting closed at %(time)s.") % {"time": clock(moment)}
    return _("The meeting closed on %(moment)s.") % {"moment": moment_text(moment)}


def _approved(protocol: Protocol) -> str:
    who = [one_line(protocol.approved_by), one_line(protocol.approved_capacity)]
    given = {"who": ", ".join(filter(None, who))}
    if not given["who"]:
        return _("The minutes are sent out.")
    if protocol.approved_at is None:
        return _("Sent out by %(who)s.") % given
    moment = {"moment": moment_text(protocol.approved_at)}
    return _("Sent out by %(who)s, on %(moment)s.") % (given | moment)


def _name(name: str) -> str:
    return one_line(name) or "–"
