"""Drafts of the texts of agenda items, of what meetings, tasks, wheel and registers suggest.

What needs a decision comes first. The three sentences that matter most stand by themselves where
there are more; what is nothing new is one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.richtext import sanitise
from kommissorium.core.ui.localised import clock, day
from kommissorium.measures.codes import Measure
from kommissorium.meetings.actions.drafts import DraftTexts
from kommissorium.meetings.models import AgendaItem, Meeting, Minutes
from kommissorium.meetings.rows_to_choose import recommended
from kommissorium.registers.agenda import (
    AgendaContext,
    Draft,
    Drafter,
    Sentence,
    Source,
    Weight,
    enumerated,
)
from kommissorium.secretariat.agenda_facts import (
    CommitteeTasks,
    coming_meetings,
    coming_quarter,
    committee_tasks,
    end_of_coming_quarter,
    proposed_tasks,
    waiting_minutes,
    wheel_news,
)
from kommissorium.secretariat.put_off import registers_in_use
from kommissorium.secretariat.wheel_drafts import fed_draft, title_of, wheel_draft
from kommissorium.tasks.quarters import quarter_name


def minutes_draft(context: AgendaContext) -> Draft:
    """Return which minutes wait for the committee's approval."""
    waiting = context.once(waiting_minutes)
    if not waiting:
        return Draft((Sentence(_("There are no minutes to approve that were sent out.")),))
    sentences = tuple(_sent(one) for one in waiting)
    days = enumerated(day(timezone.localdate(one.meeting.starts_at)) for one in waiting)
    point = ngettext(
        "approves the minutes of the meeting on %(days)s",
        "approves the minutes of the meetings on %(days)s",
        len(waiting),
    )
    sources = tuple(Source(_minutes_of(one), one.get_absolute_url()) for one in waiting)
    return Draft(sentences, (point % {"days": days},), sources)


def _sent(one: Minutes) -> Sentence:
    values = {
        "day": day(timezone.localdate(one.meeting.starts_at)),
        "sent": day(timezone.localdate(one.approval.at)),
        "name": one.approval.by.name,
    }
    text = _("The minutes of the meeting on %(day)s were sent out by %(name)s on %(sent)s.")
    return Sentence(text % values, Weight.DECIDE)


def _minutes_of(one: Minutes) -> str:
    return _("Minutes of meeting %(number)s") % {"number": one.meeting.label}


def tasks_draft(context: AgendaContext) -> Draft:
    """Return which of the committee's tasks are overdue, and how many were done."""
    tasks = context.once(committee_tasks)
    overdue = [task for task in tasks.open if task.due < context.today]
    sentences = (*_overdue(overdue), *_done(tasks))
    points = [
        ngettext(
            "asks whoever has the overdue task to finish it before the next meeting, or to ask for a new day",
            "asks those who have the %(number)d overdue tasks to finish them before the next meeting, or to "
            "ask for a new day",
            len(overdue),
        )
        % {"number": len(overdue)}
    ]
    sources = tuple(Source(task.title, reverse("task", args=[task.pk])) for task in overdue[:3])
    return Draft(sentences, tuple(points) if overdue else (), sources, _("the tasks"))


def _overdue(overdue: list[Any]) -> Iterator[Sentence]:
    if not overdue:
        return
    worst = overdue[0]
    text = ngettext(
        "The task “%(title)s” is overdue: %(name)s should have done it by %(day)s.",
        "%(number)d tasks are overdue. The longest overdue is “%(title)s”, which %(name)s should "
        "have done by %(day)s.",
        len(overdue),
    )
    values = {"number": len(overdue), "title": worst.title, "name": worst.owner.name}
    yield Sentence(text % {**values, "day": day(worst.due)}, Weight.DECIDE)


def _done(tasks: CommitteeTasks) -> Iterator[Sentence]:
    if tasks.done:
        text = ngettext(
            "One task has been done since the last meeting",
            "%(number)d tasks have been done since the last meeting",
            len(tasks.done),
        ) % {"number": len(tasks.done)}
        left = ngettext("one is open.", "%(number)d are open.", len(tasks.open))
        if not tasks.open:
            left = _("none is open.")
        yield Sentence(f"{text}; {left % {'number': len(tasks.open)}}", Weight.NEWS)
    elif tasks.open:
        text = ngettext(
            "One task is open; none has been done since the last meeting.",
            "%(number)d tasks are open; none has been done since the last meeting.",
            len(tasks.open),
        )
        yield Sentence(text % {"number": len(tasks.open)})


def coming_draft(context: AgendaContext) -> Draft:
    """Return the tasks that the committee can choose for the coming quarter, and the wheel's."""
    quarter, proposed = quarter_name(coming_quarter(context)), proposed_tasks(context)
    chosen = sum(task.is_chosen for task in context.once(committee_tasks).open)
    point = _("chooses the tasks of %(quarter)s") % {"quarter": quarter}
    first, last = coming_quarter(context), end_of_coming_quarter(context)
    sentences = (
        _proposed(proposed, quarter),
        *_chosen(chosen, quarter),
        *_on_the_wheel(context, first, last),
    )
    sources = [Source(task.title, reverse("task", args=[task.pk])) for task in proposed[:3]]
    return Draft(sentences, (point,) if proposed else (), tuple(sources))


def _proposed(proposed: list[Any], quarter: str) -> Sentence:
    if not proposed:
        text = _("There is no open task to choose that is due before the end of %(quarter)s.")
        return Sentence(text % {"quarter": quarter})
    text = ngettext(
        "One open task is due before the end of %(quarter)s: “%(title)s” (%(name)s, %(day)s).",
        "%(number)d open tasks are due before the end of %(quarter)s. The first is “%(title)s” "
        "(%(name)s, %(day)s).",
        len(proposed),
    )
    first = proposed[0]
    values = {"number": len(proposed), "quarter": quarter, "title": first.title}
    values |= {"name": first.owner.name, "day": day(first.due)}
    return Sentence(text % values, Weight.DECIDE)


def _chosen(number: int, quarter: str) -> Iterator[Sentence]:
    if number:
        text = ngettext(
            "One task has been chosen for %(quarter)s already.",
            "%(number)d tasks have been chosen for %(quarter)s already.",
            number,
        )
        yield Sentence(text % {"number": number, "quarter": quarter})


def _on_the_wheel(context: AgendaContext, first: date, last: date) -> Iterator[Sentence]:
    coming = [
        (due, title_of(one))
        for one in context.once(wheel_news).coming
        for due in one.due_days
        if first <= due <= last
    ]
    if coming:
        text = ngettext(
            "The year wheel has one task in the quarter: “%(title)s” on %(day)s.",
            "The year wheel has %(number)d tasks in the quarter; the first is “%(title)s” on "
            "%(day)s.",
            len(coming),
        )
        due, title = min(coming)
        values = {"number": len(coming), "title": title, "day": day(due)}
        yield Sentence(text % values)


def other_draft(context: AgendaContext) -> Draft:
    """Return when the committee meets next."""
    after, _warning = context.once(coming_meetings)
    if not after:
        return Draft((Sentence(_("No meeting after this one is planned.")),))
    one: Meeting = after[0]
    day_, time = timezone.localtime(one.starts_at), clock(one.starts_at)
    values = {"day": day(day_), "time": time, "place": one.place or one.link}
    text = _("The next meeting is on %(day)s at %(time)s.")
    if values["place"]:
        text = _("The next meeting is on %(day)s at %(time)s (%(place)s).")
    return Draft((Sentence(text % values),), (), (Source(_("The meetings"), reverse("meetings")),))


OWN: Mapping[str, Drafter] = {
    Measure.AGENDA_MINUTES: minutes_draft,
    Measure.AGENDA_ONGOING: tasks_draft,
    Measure.AGENDA_YEAR_WHEEL: wheel_draft,
    Measure.AGENDA_COMING_TASKS: coming_draft,
    Measure.AGENDA_ANY_OTHER_BUSINESS: other_draft,
}


MOST_IMPORTANT, MOST_MORE = 3, 3  # sentences of an item
MOST_SOURCES = 8


def drafts_of(meeting: Meeting) -> dict[int, DraftTexts]:
    """Return the drafts of the items that the mandate demands, by their key.

    Without those that nothing is known of. As many queries as there are registers, however much
    they hold.
    """
    items = list(meeting.items.standing().select_related("clause"))
    context = AgendaContext(meeting, items)
    asked = [item for item in items if item.measure and not item.subject_kind]
    found = {item.pk: _texts(item, list(_drafts(item.measure, context))) for item in asked}
    return {key: texts for key, texts in found.items() if texts.sentences}


def _drafts(measure: str, context: AgendaContext) -> Iterator[Draft]:
    said = (register.agenda.get(measure) for register in context.once(registers_in_use))
    drafters = [OWN.get(measure), *(one.draft for one in said if one)]
    for drafter in filter(None, drafters):
        if draft := drafter(context):
            yield draft
    if measure != Measure.AGENDA_YEAR_WHEEL and (fed := fed_draft(context, measure)):
        yield fed


def _texts(item: AgendaItem, drafts: Sequence[Draft]) -> DraftTexts:
    """Return one text of the drafts, the same for the same drafts."""
    new = [draft for draft in drafts if draft.has_news or not draft.about]
    quiet = [draft.about for draft in drafts if draft not in new]
    said = sorted((one for draft in new for one in draft.sentences), key=_weight)
    told = [one.text for one in said[: MOST_IMPORTANT + MOST_MORE]]
    nothing = [_nothing_new(quiet)] if quiet else []
    points = [point for draft in new for point in draft.points]
    has_news = any(draft.has_news for draft in new)
    sources = [(one.label, one.link) for draft in new for one in draft.sources]
    return DraftTexts(
        presentation=sanitise(_presentation(told, nothing)),
        recommendation=sanitise(_recommendation(item, points, has_news=has_news)),
        sentences=(*told, *nothing),
        points=points if item.takes_decisions else (),
        sources=sources[:MOST_SOURCES],
    )


def _weight(one: Sentence) -> int:
    return one.weight


def _nothing_new(quiet: Sequence[str]) -> str:
    return _("There is nothing new about %(subjects)s.") % {"subjects": enumerated(quiet)}


def _presentation(told: Sequence[str], nothing: Sequence[str]) -> str:
    first, more = told[:MOST_IMPORTANT], told[MOST_IMPORTANT:]
    if not more:
        return _paragraph([*told, *nothing])
    listed = "".join(f"<li>{escape(one)}</li>" for one in first)
    return f"<ul>{listed}</ul>{_paragraph([*more, *nothing])}"


def _recommendation(item: AgendaItem, points: Sequence[str], *, has_news: bool) -> str:
    """Return what the committee is recommended to do; "" where there is nothing to decide."""
    if not item.takes_decisions or not (points or has_news):
        return ""
    if not points:
        return _paragraph([_("It is recommended that the committee takes note of this.")])
    return recommended(points)


def _paragraph(sentences: Sequence[str]) -> str:
    return f"<p>{escape(' '.join(sentences))}</p>" if sentences else ""
