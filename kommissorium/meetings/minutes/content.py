"""Turns minutes and their items into worded sections, from which PDF and Word are laid out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kommissorium.core.documents.about import about_document
from kommissorium.core.richtext import Block, one_line, to_blocks
from kommissorium.meetings.minutes.grids import annexes_grid, tasks_grid, weighings_grid
from kommissorium.meetings.minutes.in_short import (
    decided_sections,
    register_annex,
    told_by_registers,
)
from kommissorium.meetings.minutes.layout import (
    Content,
    Fact,
    Grid,
    Item,
    Part,
    Section,
    WordedLine,
)
from kommissorium.meetings.minutes.model import (
    Protocol,
    ProtocolItem,
    ProtocolPerson,
)
from kommissorium.meetings.minutes.phrases import (
    absence_lines,
    advice_line,
    closing_lines,
    confirmation_lines,
    dissent_line,
    document_title,
    draft_label,
    draft_warning,
    hour,
    person_line,
    present_name,
    remark_lines,
)
from kommissorium.meetings.pack.phrases import (
    full_title,
    item_title,
    lines,
    meeting_line,
    moment_text,
    period,
    web_address,
)


def item_content(item: ProtocolItem) -> Item:
    """Return the item worded in the active language."""
    is_marked = item.is_closed and not item.is_withheld
    marks = [_("Closed item")] if is_marked else []
    marks += (
        [pgettext("of an agenda item", "Withdrawn")] if one_line(item.withdrawn_because) else []
    )
    marks += [mark] if (mark := one_line(item.type_label)) else []
    return Item(
        number=one_line(item.number),
        title=item_title(item),
        is_closed=is_marked,
        marks=tuple(marks),
        remarks=tuple(remark_lines(item)),
        sections=tuple(section for section in _sections(item) if not section.is_empty),
    )


def _sections(item: ProtocolItem) -> list[Section]:
    return [
        _rich(_("Case presentation"), item.presentation_html, "case"),
        _rich(_("Recommendation"), item.recommendation_html, "case"),
        Section(_("Absence during the item"), lines=tuple(absence_lines(item.absences))),
        Section(_("Advice"), lines=tuple(map(advice_line, item.advice))),
        _rich(_("Discussion"), item.discussion_html, "discussion"),
        _decision(item),
        Section(_("Dissent and reservations"), lines=tuple(map(dissent_line, item.dissents))),
        Section(_("Weighing"), grid=weighings_grid(item.weighings), part="weighing"),
        Section(_("Tasks"), grid=tasks_grid(item)),
        Section(_("Annexes"), grid=annexes_grid(item), part="annexes"),
        _registers(item),
    ]


def _rich(heading: str, html: str, part: Part) -> Section:
    return Section(heading, blocks=tuple(to_blocks(html)), part=part)


def _registers(item: ProtocolItem) -> Section:
    """Return where it stands what the registers said: it is long, so it is an annex."""
    text = _("What the registers said at the call stands in the annex.")
    lines = (WordedLine(text),) if to_blocks(item.register_html) else ()
    return Section(_("From the registers"), lines=lines, part="registers")


def _decision(item: ProtocolItem) -> Section:
    blocks = tuple(to_blocks(item.decision_html))
    outcome = one_line(item.outcome)
    is_open = not (item.not_discussed or item.nothing_new or item.withdrawn_because)
    silence: tuple[WordedLine, ...] = ()
    if item.recommendation_html and is_open and not (blocks or outcome):
        silence = (WordedLine(_("No decision is recorded.")),)
    return Section(_("Decision"), outcome, blocks, silence, is_decision=True)


def minutes_content(protocol: Protocol) -> Content:
    """Return the minutes, or an extract of them, worded in the active language."""
    closing = Section(_("Closing and approval"), lines=tuple(closing_lines(protocol)), level=1)
    return replace(
        _frame(protocol, document_title(protocol)),
        facts=_told(*_meeting(protocol), *_course(protocol), *_case(protocol)),
        before=_kept(_changes(protocol)),
        decided=tuple(decided_sections(protocol)),
        people=_kept(_people(protocol)),
        items=tuple(item_content(item) for item in protocol.items),
        after=(closing,),
        annex=tuple(register_annex(protocol)),
        has_contents=not protocol.is_extract,
    )


def annex_content(protocol: Protocol) -> Content:
    """Return what the registers said at the call as a document of its own, in the active language."""
    items = tuple(_annexed(item, blocks) for item, blocks in told_by_registers(protocol))
    title = f"{_('Annex: the registers')}, {document_title(protocol)}"
    text = _("The registers as they stood when the meeting was called.")
    return replace(
        _frame(protocol, title),
        facts=_told(*_meeting(protocol), Fact(_("About"), text)),
        items=items,
        has_contents=not protocol.is_extract,
    )


def _annexed(item: ProtocolItem, blocks: tuple[Block, ...]) -> Item:
    section = Section(_("From the registers"), blocks=blocks, part="registers")
    return replace(item_content(item), remarks=(), sections=(section,))


def addendum_content(protocol: Protocol) -> Content:
    """Return the addendum alone, worded in the active language."""
    number = one_line(protocol.number)
    title = _("Addendum to the minutes of meeting %(number)s") % {"number": number}
    return replace(
        _frame(protocol, title),
        facts=_told(*_meeting(protocol), *_case(protocol)),
        before=_kept([*_changes(protocol), _record(protocol)]),
    )


def _frame(protocol: Protocol, title: str) -> Content:
    committee = one_line(protocol.committee)
    return Content(
        sheet=about_document(
            full_title(title, protocol),
            f"{committee}, {period(protocol.starts_at, protocol.ends_at)}",
            author=one_line(protocol.municipality) or committee or title,
            footer=f"{title} · {meeting_line(protocol)}",
            language=protocol.language,
        ),
        words={
            "items": _("Items"),
            "no_items": _("There are no items in the minutes."),
            "people": _("Attendance"),
            "closed": _("Closed item"),
        },
        municipality=one_line(protocol.municipality),
        committee="",  # the title names it
        draft=draft_label(protocol),
        warning=draft_warning(protocol),
    )


def _meeting(protocol: Protocol) -> list[Fact]:
    """Return which, when and where; a video link only if that is all the place there was."""
    place = one_line(protocol.place)
    link = "" if place else one_line(protocol.link)
    return [
        Fact(_("Meeting"), one_line(protocol.number)),
        Fact(_("Time"), period(protocol.starts_at, protocol.ends_at)),
        Fact(_("Place"), place),
        Fact(_("Video link"), link, web_address(link)),
    ]


def _course(protocol: Protocol) -> list[Fact]:
    led_by = [one_line(protocol.led_by), one_line(protocol.led_by_capacity)]
    opened = protocol.opened_at
    return [
        Fact(_("Meeting opened"), hour(opened, protocol.starts_at) if opened else ""),
        Fact(_("Led by"), ", ".join(filter(None, led_by))),
        Fact(_("Minutes taken by"), one_line(protocol.secretary)),
    ]


def _case(protocol: Protocol) -> list[Fact]:
    return [
        Fact(_("Case number"), one_line(protocol.case_number)),
        Fact(_("KLE number"), one_line(protocol.kle_number)),
        Fact(_("Compiled"), moment_text(protocol.made_at)),
    ]


def _told(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.text)


def _changes(protocol: Protocol) -> list[Section]:
    heading = _("Addendum")
    if protocol.is_without_changes:
        text = _("There is an addendum to the minutes. This edition leaves it out.")
        return [Section(heading, lines=(WordedLine(text),), level=1)]
    blocks = tuple(to_blocks(protocol.changes_html))
    if not blocks:
        return []
    confirmed = tuple(map(WordedLine, confirmation_lines(protocol)))
    return [
        Section(heading, lines=confirmed, level=1),
        Section(_("What was changed"), blocks=blocks),
    ]


def _record(protocol: Protocol) -> Section:
    found = []
    if protocol.approved_at:
        text = _("The addendum belongs to the minutes sent out on %(moment)s.")
        found.append(WordedLine(text % {"moment": moment_text(protocol.approved_at)}))
    if code := one_line(protocol.record_hash):
        text = _("The minutes stand unchanged as a record with this fingerprint (SHA-256):")
        found.append(WordedLine(text, code=code))
    return Section(_("The minutes"), lines=tuple(found), level=1)


def _people(protocol: Protocol) -> list[Section]:
    people = protocol.people
    came = [one for one in people if one.presence == "present"]
    guests = [one for one in came if one.capacity == "guest"]
    members = [one for one in came if one.capacity != "guest"]
    # Who has a vote matters where a quorum is laid down, and is said there alone.
    votes = bool(protocol.quorum_text)
    head = (_("Name"), _("Function"), _("Role"), *((_("Vote"),) if votes else ()))
    rows = tuple(_present(person, votes=votes) for person in members)
    away = [
        (_("Apologies"), [one for one in people if one.presence == "apology"]),
        (_("Absent without apology"), [one for one in people if one.presence == "absent"]),
        (_("Guests"), guests),
    ]
    grid = Grid("people" if votes else "people_without_votes", head, rows) if rows else None
    return [
        Section(_("Present"), lines=tuple(map(WordedLine, lines(protocol.quorum_text))), grid=grid),
        *(
            Section(heading, lines=tuple(person_line(one, people) for one in group), is_list=True)
            for heading, group in away
        ),
    ]


def _present(person: ProtocolPerson, *, votes: bool) -> tuple[str, ...]:
    texts = (one_line(person.function) or "–", one_line(person.role) or "–")
    vote = (_("Yes") if person.has_vote else _("No"),) if votes else ()
    return (present_name(person), *texts, *vote)


def _kept(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(section for section in sections if not section.is_empty)
