"""Draft texts of the year wheel for agenda items: its own, and those its duties feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.measures.codes import Measure
from kommissorium.registers.agenda import AgendaContext, Draft, Sentence, Source, Weight, enumerated
from kommissorium.secretariat.agenda_facts import wheel_news
from kommissorium.secretariat.wheel_facts import FOR_THE_CHAIR
from kommissorium.yearwheel.meeting_news import NewsEntry, WheelNews
from kommissorium.yearwheel.models import Occurrence

MOST_SOURCES = 3


def wheel_draft(context: AgendaContext) -> Draft | None:
    """Return what is late, what showed faults and what was done; None for an empty wheel."""
    news = context.once(wheel_news)
    if not news.has_duties:
        return None
    long, others = _overdue(news, context)
    faults = news.done(with_fault=True)
    sentences = (
        *_for_the_chair(news.overdue, long),
        *_late(news.overdue, others, beside=bool(long)),
        *_faulty(faults),
        *_done(news),
    )
    points = [_chairs_point(long)] if long else []
    points += [_("discusses the faults that were found")] if faults else []
    sources = tuple(map(_source, (*news.overdue[:1], *faults)[:MOST_SOURCES]))
    return Draft(sentences, tuple(points), sources, _("the year wheel"))


def fed_draft(context: AgendaContext, measure: str) -> Draft | None:
    """Return what the wheel says under another item that its duties feed; None for nothing.

    First what the meeting is to decide, then what is late, what was done and what comes.
    """
    fed = [
        one for one in context.once(wheel_news).fed(measure, context.met) if _is_news(one, context)
    ]
    if not fed:
        return None
    asked = [one for one in fed if one.is_open and _is_decided_at(one, context)]
    late = [one for one in fed if one.is_open and one not in asked and one.due < context.today]
    ended = [one for one in fed if not one.is_open]
    coming = [one for one in fed if one.is_open and one not in (*asked, *late)]
    titles = (
        enumerated(_("“%(title)s”") % {"title": title_of(one)} for one in asked) if asked else ""
    )
    sentences = (
        *_asked(titles),
        *(_late_one(one) for one in late[:1]),
        *_late(late, sum(one.number for one in late) - 1, beside=True),
        *_ended(ended),
        *(_coming_one(one) for one in coming[:1]),
    )
    points = (_point(measure, titles),) if asked else ()
    sources = tuple(map(_source, (*asked, *late, *ended, *coming)[:MOST_SOURCES]))
    return Draft(sentences, points, sources)


def _overdue(news: WheelNews, context: AgendaContext) -> tuple[int, int]:
    """Return how many are so late that the chair takes them up, and how many others are late."""
    late = [(context.met - due).days for one in news.overdue for due in one.due_days]
    long = sum(days >= FOR_THE_CHAIR for days in late)
    return long, len(late) - long


def _for_the_chair(entries: Sequence[NewsEntry], number: int) -> Iterator[Sentence]:
    """Say how many of the entries, the oldest first, are so late that the chair takes them up."""
    if not number:
        return
    text = ngettext(
        "“%(title)s” was due on %(day)s and is at least %(days)d days overdue at the meeting "
        "(%(who)s).",
        "%(number)d tasks of the year wheel are at least %(days)d days overdue at the meeting. "
        "The longest overdue is “%(title)s”, which was due on %(day)s (%(who)s).",
        number,
    )
    values = {"number": number, "days": FOR_THE_CHAIR, **_values(entries[0])}
    yield Sentence(text % values, Weight.DECIDE)


def _chairs_point(number: int) -> str:
    text = ngettext(
        "asks whoever has the task that is at least %(days)d days overdue to do it before the next "
        "meeting",
        "asks those who have the %(number)d tasks that are at least %(days)d days overdue to do them "
        "before the next meeting",
        number,
    )
    return text % {"number": number, "days": FOR_THE_CHAIR}


def _late(entries: Sequence[NewsEntry], number: int, *, beside: bool) -> Iterator[Sentence]:
    """Say how many of the entries, the oldest first, are late; `beside` another that was named."""
    if number <= 0:
        return
    if beside:
        text = ngettext("One other task is overdue.", "%(number)d other tasks are overdue.", number)
    else:
        text = ngettext(
            "One task of the year wheel is overdue: “%(title)s”, which was due on %(day)s "
            "(%(who)s).",
            "%(number)d tasks of the year wheel are overdue. The longest overdue is “%(title)s”, "
            "which was due on %(day)s (%(who)s).",
            number,
        )
    yield Sentence(text % {"number": number, **_values(entries[0])}, Weight.WORSE)


def _faulty(entries: Sequence[NewsEntry]) -> Iterator[Sentence]:
    if not entries:
        return
    number = sum(one.number for one in entries)
    text = ngettext(
        "“%(title)s” was done and showed faults.",
        "%(number)d tasks were done and showed faults, among them “%(title)s”.",
        number,
    )
    if any(map(_is_critical, entries)):
        text = ngettext(
            "“%(title)s” was done and showed critical faults.",
            "%(number)d tasks were done and showed faults, some of them critical, among them "
            "“%(title)s”.",
            number,
        )
        entries = [one for one in entries if _is_critical(one)]
    yield Sentence(text % {"number": number, "title": title_of(entries[0])}, Weight.WORSE)


def _done(news: WheelNews) -> Iterator[Sentence]:
    done = sum(one.number for one in news.done(with_fault=False))
    skipped = sum(one.number for one in news.skipped)
    said = []
    if done:
        text = ngettext(
            "One task of the year wheel has been done without faults since the last meeting.",
            "%(number)d tasks of the year wheel have been done without faults since the last "
            "meeting.",
            done,
        )
        said.append(text % {"number": done})
    if skipped:
        text = ngettext("One was skipped.", "%(number)d were skipped.", skipped)
        said.append(text % {"number": skipped})
    if said:
        yield Sentence(" ".join(said), Weight.NEWS)


def _ended(entries: Sequence[NewsEntry]) -> Iterator[Sentence]:
    if not entries:
        return
    one, number = entries[-1], sum(one.number for one in entries)
    text = ngettext(
        "“%(title)s” was done on %(ended)s%(result)s.",
        "%(number)d tasks of the year wheel have been done since the last meeting, the latest of "
        "them “%(title)s” on %(ended)s%(result)s.",
        number,
    )
    ended = day(timezone.localdate(one.ended_at)) if one.ended_at else ""
    values = {"number": number, "ended": ended, "result": _result(one), **_values(one)}
    is_faulty = any(one.row and one.row.result not in Occurrence.FAULTLESS for one in entries)
    yield Sentence(text % values, Weight.WORSE if is_faulty else Weight.NEWS)


def _point(measure: str, titles: str) -> str:
    """Return what the committee is recommended to do about what the wheel has for the meeting."""
    if measure == Measure.AGENDA_INCIDENTS:
        return _("discusses the incidents and approves how they are followed up")
    return _("approves what is put forward about %(titles)s") % {"titles": titles}


def _asked(titles: str) -> Iterator[Sentence]:
    if titles:
        text = _("By the year wheel the committee is to decide on %(titles)s at this meeting.")
        yield Sentence(text % {"titles": titles}, Weight.DECIDE)


def _late_one(one: NewsEntry) -> Sentence:
    text = _("“%(title)s” is overdue: it was due on %(day)s (%(who)s).")
    return Sentence(text % _values(one), Weight.WORSE)


def _coming_one(one: NewsEntry) -> Sentence:
    text = _("“%(title)s” is due on %(day)s (%(who)s).")
    return Sentence(text % _values(one))


def _values(one: NewsEntry) -> dict[str, str]:
    who = one.who or _("nobody answers for it")
    return {"title": title_of(one), "day": day(one.due), "who": who}


def title_of(one: NewsEntry) -> str:
    """Return what it is called, without how many there are: the sentence says that."""
    return one.duty.title if one.bundle else one.title


def _source(one: NewsEntry) -> Source:
    return Source(one.title, one.url)


def _result(one: NewsEntry) -> str:
    if one.row is None or one.row.result == Occurrence.Result.DONE:
        return ""
    return f": {str(Occurrence.Result(one.row.result).label).lower()}"


def _is_news(one: NewsEntry, context: AgendaContext) -> bool:
    """Return whether the meeting has to be told: of what is over, it was done and not decided at
    the meeting before."""
    if one.is_open or one.row is None:
        return True
    met = one.row.meeting.starts_at if one.row.meeting else None
    was_decided = met is not None and context.met_before is not None and met <= context.met_before
    return one.row.state == Occurrence.State.DONE and not was_decided


def _is_critical(one: NewsEntry) -> bool:
    return one.row is not None and one.row.result == Occurrence.Result.CRITICAL


def _is_decided_at(one: NewsEntry, context: AgendaContext) -> bool:
    return bool(one.duty.by_decision and one.row and one.row.meeting_id == context.meeting.pk)
