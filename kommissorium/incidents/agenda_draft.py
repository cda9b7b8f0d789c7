"""Suggested text for the agenda item of incidents (A3): figures; cases where it is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.models import Answer
from kommissorium.incidents.agenda import MANY, is_closed_item
from kommissorium.incidents.models import (
    OPEN,
    Evaluation,
    Incident,
    IncidentSettings,
    Notification,
    State,
    Type,
)
from kommissorium.incidents.signals import NOTIFICATIONS, OPEN_INCIDENTS, UNSENT
from kommissorium.registers.agenda import (
    AgendaContext,
    Draft,
    Sentence,
    Source,
    Weight,
    enumerated,
    moved,
    weight_of,
)

MOST_NAMED = 5
ON_ITS_WAY = ("draft", "proposed")


def incident_draft(context: AgendaContext) -> Draft | None:
    """Return the new, open, closed and late incidents, and the patterns (five queries).

    None where nobody has reported anything yet: then the register has nothing to tell.
    """
    if not Incident.objects.exists():
        return None
    found = _Since(context)
    sentences = (
        *([Sentence(UNSENT.said(found.passed), UNSENT.weight)] if found.passed else ()),
        *_not_evaluated(found.left_over),
        *_new(found.new),
        *_late(found.sent),
        *_patterns(found.new),
        *(_named(found.new) if is_closed_item(context) else ()),
        _open(found),
        *_closed(found.closed),
    )
    return Draft(sentences, tuple(_points(found)), tuple(_sources(found)))


@dataclass(frozen=True)
class _Since:
    """The security incidents for a meeting: those there are, and the events since the last one."""

    context: AgendaContext

    @cached_property
    def rows(self) -> Sequence[Incident]:
        since = self.context.since("reported_at") | self.context.since("closed_at")
        # What was open at the meeting before is open still, or was closed since.
        wanted = Q(state__in=OPEN) | Q(state=State.CLOSED) | since
        return list(Incident.objects.incidents().filter(wanted).order_by("-pk"))

    def is_since(self, moment: datetime | None) -> bool:
        before = self.context.met_before
        return moment is not None and (before is None or moment >= before)

    @property
    def new(self) -> list[Incident]:
        return [one for one in self.rows if self.is_since(one.reported_at)]

    @property
    def closed(self) -> list[Incident]:
        return [one for one in self.rows if self.is_since(one.closed_at)]

    @property
    def open(self) -> list[Incident]:
        return [one for one in self.rows if one.is_open]

    @property
    def open_then(self) -> int | None:
        """Return the number open at the meeting before; None for the first."""
        if self.context.met_before is None:
            return None
        old = [one for one in self.rows if not self.is_since(one.reported_at)]
        return sum(one.is_open or self.is_since(one.closed_at) for one in old)

    @cached_property
    def sent(self) -> Sequence[Notification]:
        """Return the notifications sent since the meeting before, of those with a deadline."""
        rows = Notification.objects.filter(sent_at__isnull=False, due_at__isnull=False)
        return list(rows.filter(self.context.since("sent_at")))

    @cached_property
    def passed(self) -> int:
        return NOTIFICATIONS.count(self.context.today)[UNSENT.code]

    @cached_property
    def left_over(self) -> int:
        """Count the cases closed before the last meeting without an evaluation begun."""
        if self.context.met_before is None:
            return 0
        least = IncidentSettings.current().evaluated_from
        begun = set(
            Evaluation.objects.filter(state__in=ON_ITS_WAY).values_list("incident", flat=True)
        )
        return sum(
            one.state == State.CLOSED
            and (one.severity or 0) >= least
            and not self.is_since(one.closed_at)
            and one.pk not in begun
            for one in self.rows
        )


def _not_evaluated(number: int) -> Iterator[Sentence]:
    if number:
        text = ngettext(
            "One incident was closed before the last meeting, and its evaluation is not begun.",
            "%(number)d incidents were closed before the last meeting, and their evaluations are "
            "not begun.",
            number,
        )
        yield Sentence(text % {"number": number}, Weight.DECIDE)


def _new(new: Sequence[Incident]) -> Iterator[Sentence]:
    if not new:
        yield Sentence(_("No security incident has been reported since the last meeting."))
        return
    breaches = sum(one.is_breach == Answer.YES for one in new)
    text = ngettext(
        "One security incident has been reported since the last meeting%(breaches)s.",
        "%(number)d security incidents have been reported since the last meeting%(breaches)s.",
        len(new),
    )
    values = {"number": len(new), "breaches": _breaches(breaches, len(new))}
    yield Sentence(text % values, Weight.NEWS)


def _breaches(number: int, of: int) -> str:
    """Return the number of personal data breaches, as the end of a sentence; "" for none."""
    if not number:
        return ""
    if of == 1:
        return _("; it is a personal data breach")
    text = ngettext(
        ", one of them a personal data breach",
        ", %(number)d of them personal data breaches",
        number,
    )
    return text % {"number": number}


def _late(sent: Sequence[Notification]) -> Iterator[Sentence]:
    if not sent:
        return
    late = sum(one.was_late for one in sent)
    if not late:
        text = ngettext(
            "One notification has been sent since the last meeting, within its deadline.",
            "%(all)d notifications have been sent since the last meeting, all within their "
            "deadlines.",
            len(sent),
        )
        yield Sentence(text % {"all": len(sent)}, Weight.BETTER)
        return
    text = ngettext(
        "%(all)d notifications have been sent since the last meeting, one of them after its "
        "deadline. The case says why.",
        "%(all)d notifications have been sent since the last meeting, %(number)d of them after "
        "their deadlines. The cases say why.",
        late,
    )
    if len(sent) == 1:
        text = _(
            "One notification has been sent since the last meeting, after its deadline. The case "
            "says why."
        )
    yield Sentence(text % {"number": late, "all": len(sent)}, Weight.WORSE)


def _patterns(new: Sequence[Incident]) -> Iterator[Sentence]:
    """Name the types of which there were several."""
    many = [(kind, times) for kind, times in Counter(one.type for one in new).items() if kind]
    for kind, times in sorted(many, key=lambda one: -one[1]):
        if times >= MANY:
            text = _("%(number)d of the new incidents are of one type: %(type)s.")
            values = {"number": times, "type": str(Type(kind).label).lower()}
            yield Sentence(text % values, Weight.NEWS)


def _named(new: Sequence[Incident]) -> Iterator[Sentence]:
    """Name the new cases: under a closed item alone. A restricted one has its number only."""
    if new:
        said = [
            one.case_number
            if one.is_restricted
            else _("%(number)s (“%(title)s”)") % {"number": one.case_number, "title": one.title}
            for one in new[:MOST_NAMED]
        ]
        text = _("The newest cases are %(cases)s.")
        yield Sentence(text % {"cases": enumerated(said)}, Weight.NEWS)


def _open(found: _Since) -> Sentence:
    number, before = len(found.open), found.open_then
    tail = moved(number, before) if number else ""
    return Sentence(OPEN_INCIDENTS.said(number, tail), weight_of(number, before))


def _closed(closed: Sequence[Incident]) -> Iterator[Sentence]:
    if closed:
        text = ngettext(
            "One incident has been closed since the last meeting.",
            "%(number)d incidents have been closed since the last meeting.",
            len(closed),
        )
        yield Sentence(text % {"number": len(closed)}, Weight.BETTER)


def _points(found: _Since) -> Iterator[str]:
    yield from UNSENT.points(found.passed)
    if found.left_over:
        yield ngettext(
            "asks the secretary to prepare the evaluation that is not begun for the next meeting",
            "asks the secretary to prepare the evaluations that are not begun for the next meeting",
            found.left_over,
        )


def _sources(found: _Since) -> Iterator[Source]:
    yield Source(_("Figures of incidents"), reverse("incident_figures"))
    if found.passed:
        url = f"{reverse('incidents')}?late=1"
        yield Source(_("Incidents with a deadline that has passed"), url)
    if found.left_over:
        url = f"{reverse('incidents')}?state=closed"
        yield Source(_("Incidents that are closed"), url)
