"""Draft texts of objectives for the agenda item on ongoing work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.objectives.proposal import committee_statuses
from kommissorium.objectives.status import ObjectiveStatus, Progress, statuses_known_on
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import Draft, Sentence, Source, Weight, moved


def objective_draft(context: AgendaContext) -> Draft | None:
    """Return how many of the committee's objectives are reached, missed or late to be measured.

    None where it has set none.
    """
    found = context.once(committee_statuses)
    if not found:
        return None
    sentences = tuple(sentences_of(found, _reached_then(context)))
    source = Source(_("The objectives"), reverse("objectives"))
    return Draft(sentences, tuple(_points(found)), (source,), _("the objectives"))


def sentences_of(found: Sequence[ObjectiveStatus], before: int | None) -> Iterator[Sentence]:
    """Yield what is said of the objectives; `before` were reached at the last meeting."""
    yield from _named(found, Progress.MISSED)
    yield from _named(found, Progress.AT_RISK)
    yield from _named(found, Progress.LATE)
    yield _reached(found, before)


def _reached_then(context: AgendaContext) -> int | None:
    """Return how many of the committee's were reached by what was known at the last meeting."""
    if context.met_before is None:
        return None
    committee = context.meeting.committee_id
    then = statuses_known_on(timezone.localdate(context.met_before))
    own = [one for one in then if one.objective.set.committee_id == committee]
    return Counter(one.progress for one in own)[Progress.REACHED] if own else None


def _reached(found: Sequence[ObjectiveStatus], before: int | None) -> Sentence:
    number, whole = sum(one.progress == Progress.REACHED for one in found), len(found)
    if whole == 1:
        text = _("The objective “%(title)s” is reached.")
        text = text if number else _("The objective “%(title)s” is not reached yet.")
    elif not number:
        text = _("None of the %(all)d objectives is reached yet.")
    elif number == whole:
        text = _("All %(all)d objectives are reached%(moved)s.")
    else:
        text = ngettext(
            "One of the %(all)d objectives is reached%(moved)s.",
            "%(number)d of the %(all)d objectives are reached%(moved)s.",
            number,
        )
    values = {"number": number, "all": whole, "title": found[0].objective.title}
    said = text % {**values, "moved": moved(number, before)}
    if before is None or number == before:
        return Sentence(said)
    return Sentence(said, Weight.BETTER if number > before else Weight.WORSE)


def _named(found: Sequence[ObjectiveStatus], progress: Progress) -> Iterator[Sentence]:
    """Say which objective is missed, at risk or late, or how many."""
    rows = [one for one in found if one.progress == progress]
    number = len(rows)
    if not rows:
        return
    texts = {
        Progress.MISSED: ngettext(
            "The objective “%(title)s” was not reached in time.",
            "%(number)d objectives were not reached in time, among them “%(title)s”.",
            number,
        ),
        Progress.AT_RISK: ngettext(
            "The objective “%(title)s” is at risk.",
            "%(number)d objectives are at risk, among them “%(title)s”.",
            number,
        ),
        Progress.LATE: ngettext(
            "The objective “%(title)s” should have been measured by now.",
            "%(number)d objectives should have been measured by now, among them “%(title)s”.",
            number,
        ),
    }
    said = texts[progress] % {"number": number, "title": rows[0].objective.title}
    yield Sentence(said, Weight.DECIDE if progress == Progress.MISSED else Weight.WORSE)


def _points(found: Sequence[ObjectiveStatus]) -> list[str]:
    missed = sum(one.progress == Progress.MISSED for one in found)
    text = ngettext(
        "decides what is to happen with the objective that was not reached in time",
        "decides what is to happen with the %(number)d objectives that were not reached in time",
        missed,
    )
    return [text % {"number": missed}] if missed else []
