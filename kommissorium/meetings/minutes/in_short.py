"""What the minutes say in short at their head, and what the registers said: their annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.richtext import Block, in_a_line, one_line, to_blocks
from kommissorium.meetings.minutes.layout import Grid, Section, WordedLine
from kommissorium.meetings.minutes.model import Protocol, ProtocolItem
from kommissorium.meetings.minutes.phrases import dissenter
from kommissorium.meetings.pack.phrases import date_text, item_title, short_date

LONGEST = 160  # characters of a decision in short
AT_HEAD, LEAST = 120, 60  # with its title in the table at the head, which is to be a page
MOST_TASKS = 2  # of an item that are named at the head; those of more are counted


def decided_sections(protocol: Protocol) -> list[Section]:
    """Return what was decided and who got a task; nothing for an extract, which is one item."""
    if protocol.is_extract:
        return []
    rows = tuple(
        (one_line(item.number), _cell(item), _who_and_when(item), one_line(item.outcome))
        for item in protocol.items
        if is_decided(item)
    )
    head = (_("No."), _("What"), _("Who, and by when"), _("Outcome"))
    nothing = () if rows else (WordedLine(_("The meeting took no decisions.")),)
    grid = Grid("decided", head, rows) if rows else None
    found = [Section(_("What was decided"), lines=nothing, grid=grid, level=1)]
    more = tuple(map(WordedLine, beside_decisions(protocol)))
    return [*found, Section(_("Besides"), lines=more)] if more else found


def told_by_registers(protocol: Protocol) -> Iterator[tuple[ProtocolItem, tuple[Block, ...]]]:
    """Yield the items of which the registers said something at the call, and what."""
    for item in protocol.items:
        if blocks := tuple(to_blocks(item.register_html)):
            yield item, blocks


def register_annex(protocol: Protocol) -> list[Section]:
    """Return what the registers said of each item at the call, under a heading of its own."""
    found = [
        Section(f"{one_line(item.number)} {item_title(item)}".strip(), blocks=blocks)
        for item, blocks in told_by_registers(protocol)
    ]
    text = _("The registers as they stood when the meeting was called.")
    head = Section(_("Annex: the registers"), lines=(WordedLine(text),), level=1)
    return [head, *found] if found else []


def decision_in_short(item: ProtocolItem, longest: int = LONGEST) -> str:
    """Return how the decision begins, on one line."""
    text = in_a_line(item.decision_html)
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def tasks_in_short(item: ProtocolItem) -> str:
    """Return who got a task, and when it is due, on one line."""
    rows = dict.fromkeys((one_line(task.owner), task.due) for task in item.tasks)
    return ", ".join(
        " ".join(filter(None, (owner or "–", date_text(due) if due else ""))) for owner, due in rows
    )


def is_decided(item: ProtocolItem) -> bool:
    """Return whether the item was decided on: not where the committee only took note of it."""
    return one_line(item.outcome) not in ("", _("Taken note"))


def beside_decisions(protocol: Protocol) -> list[str]:
    """Return which items were taken note of, and who got tasks, as sentences."""
    noted = [one_line(item.number) for item in protocol.items if item.outcome == _("Taken note")]
    text = _("Taken note of: %(items)s.") % {"items": ", ".join(noted)}
    return [*([text] if noted else []), *filter(None, [_tasks_in_words(protocol)])]


def _tasks_in_words(protocol: Protocol) -> str:
    tasks = {(task.title, task.owner, task.due) for item in protocol.items for task in item.tasks}
    if not tasks:
        return ""
    number = Counter(one_line(owner) or "–" for _title, owner, _due in tasks)
    people = [f"{name} ({many})" if many > 1 else name for name, many in sorted(number.items())]
    text = ngettext(
        "%(number)d task follows from the meeting: %(people)s.",
        "%(number)d tasks follow from the meeting: %(people)s.",
        len(tasks),
    )
    return text % {"number": len(tasks), "people": ", ".join(people)}


def _cell(item: ProtocolItem) -> str:
    """Return title, decision and whoever was against it, each on a line."""
    title, against = item_title(item), "; ".join(map(dissenter, item.dissents))
    decided = decision_in_short(item, max(LEAST, AT_HEAD - len(title)))
    return "\n".join(filter(None, (title, decided, against)))


def _who_and_when(item: ProtocolItem) -> str:
    """Return who has what to do by when, a line each; of many how many, and when they begin."""
    rows = dict.fromkeys((one_line(task.owner) or "–", task.due) for task in item.tasks)
    if len(rows) <= MOST_TASKS:
        return "\n".join(f"{who}, {short_date(due)}" if due else who for who, due in rows) or "–"
    number = {"number": len(item.tasks)}
    if not (days := [due for _who, due in rows if due]):
        return _("%(number)d tasks") % number
    return _("%(number)d tasks, the first due %(day)s") % (number | {"day": short_date(min(days))})
