"""Turns an item of the minutes into its sections, from the case presentation to the decision."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kommissorium.core.richtext import one_line, to_blocks
from kommissorium.meetings.minutes.layout import Grid, Item, Part, Section, WordedLine
from kommissorium.meetings.minutes.model import ProtocolFile, ProtocolItem, ProtocolWeighing
from kommissorium.meetings.minutes.phrases import (
    absence_lines,
    advice_line,
    dissent_line,
    remark_lines,
)
from kommissorium.meetings.pack.phrases import date_text, item_title, kind, lines, size


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
        Section(_("What was weighed"), grid=weighings_grid(item.weighings), part="weighing"),
        Section(_("Tasks"), grid=_tasks(item)),
        Section(_("Annexes"), grid=_annexes(item), part="annexes"),
        _registers(item),
    ]


def _rich(heading: str, html: str, part: Part) -> Section:
    return Section(heading, blocks=tuple(to_blocks(html)), part=part)


def _registers(item: ProtocolItem) -> Section:
    """Return where it stands what the registers said: it is long, so it comes last of all."""
    text = _("What the registers said at the call stands in the annex at the end.")
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


def weighings_grid(weighings: Sequence[ProtocolWeighing]) -> Grid | None:
    """Return the aspects that were weighed as a table; None for none."""
    head = (_("Consideration"), _("Weighed as"), _("Reason"))
    rows = tuple(_weighing(weighing) for weighing in weighings)
    return Grid("weighings", head, rows) if rows else None


def _weighing(weighing: ProtocolWeighing) -> tuple[str, ...]:
    texts = (one_line(weighing.label), one_line(weighing.choice), " ".join(lines(weighing.text)))
    return tuple(text or "–" for text in texts)


def _tasks(item: ProtocolItem) -> Grid | None:
    head = (pgettext("of a task", "What"), pgettext("of a task", "Who"), _("Due"))
    rows = tuple(
        (
            one_line(task.title) or "–",
            one_line(task.owner) or "–",
            date_text(task.due) if task.due else "–",
        )
        for task in item.tasks
    )
    return Grid("tasks", head, rows) if rows else None


def _annexes(item: ProtocolItem) -> Grid | None:
    head = (_("No."), _("Annex"), _("File type"), _("Size"))
    rows = tuple(_annex(place, file) for place, file in enumerate(item.attachments, start=1))
    return Grid("annexes", head, rows) if rows else None


def _annex(place: int, file: ProtocolFile) -> tuple[str, ...]:
    name = one_line(file.name) or str(place)
    return str(place), f"{name}\nSHA-256 {one_line(file.sha256)}", kind(file), size(file.size)
