"""What the status of a quarter, and the report to the executive board, say of policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.measures.periods import Quarter
from kommissorium.policies.models import Body, UpperDecision, Version
from kommissorium.policies.models.documents import VersionQuerySet
from kommissorium.policies.signals import ALL, IN_FORCE, OVERDUE, RECOMMENDED, SIGNALS
from kommissorium.policies.status import statuses_on
from kommissorium.registers.periods import last_moment
from kommissorium.registers.status import StatusPart, compared, figures_telling, in_sentences

NAMED: Final = 3  # of each; the others are counted


def sentences_on(quarter: Quarter, overdue: int | None) -> Iterator[str]:
    """Yield what took effect in the quarter, and what waited for the executive board and was past
    its review when it ended; `overdue` is how many those were, as known then."""
    begun = _known(quarter).filter(in_force_from__range=(quarter.first, quarter.last))
    if names := _names(begun.order_by("in_force_from", "pk")):
        yield _("Approved, and in force from a day in the quarter: %(names)s.") % {"names": names}
    if names := _names(_waiting(quarter)):
        yield _("Waits for the executive board's decision: %(names)s.") % {"names": names}
    late = [one.document.title for one in statuses_on(quarter.last) if OVERDUE.holds(one)]
    if late and len(late) == overdue:
        yield _("Past its review: %(names)s.") % {"names": _listed(late)}


def _known(quarter: Quarter) -> VersionQuerySet:
    """Return what was in force or would be, as far as it was written down when the quarter ended."""
    uppers = UpperDecision.objects.filter(version=OuterRef("pk"))
    said = Q(decision__written_at__lte=last_moment(quarter)) & ~Exists(uppers)
    above = Q(Exists(uppers.filter(is_approved=True, at__lte=last_moment(quarter))))
    owners = Q(decision=None, record__at__lte=last_moment(quarter)) & ~Exists(uppers)
    rows = Version.objects.filter(
        said | above | owners, state="approved", in_force_from__isnull=False
    )
    return rows.filter(document__is_retired=False)


def _waiting(quarter: Quarter) -> VersionQuerySet:
    """Return what was recommended to the executive board and not decided on when it ended."""
    decided = UpperDecision.objects.filter(version=OuterRef("pk"), at__lte=last_moment(quarter))
    rows = Version.objects.filter(
        ~Exists(decided), state="approved", decision__written_at__lte=last_moment(quarter)
    )
    board = Q(document__approval=Body.EXECUTIVE_BOARD, document__is_retired=False)
    return rows.filter(board).order_by("pk")


def _names(versions: VersionQuerySet) -> str:
    return _listed(list(dict.fromkeys(versions.values_list("title", flat=True))))


def _listed(titles: Sequence[str]) -> str:
    """Return the first titles in quotation marks, and how many there are besides; "" for none."""
    shown = ", ".join(_("“%(title)s”") % {"title": one} for one in titles[:NAMED])
    more = len(titles) - NAMED
    if more <= 0:
        return shown
    return f"{shown} {_('and %(number)d more') % {'number': more}}"


def status_parts(quarter: Quarter) -> Iterator[StatusPart]:
    """Yield the part of the quarter; none where there was no document by its end."""
    then, before = _counts(quarter), _counts(quarter.before)
    if not then.get(ALL.code):
        return
    shown = (IN_FORCE, OVERDUE, RECOMMENDED)
    figures = SIGNALS.figures(shown, then, before, reverse("policies"))
    overdue = figures[shown.index(OVERDUE)]
    text = OVERDUE.at_end_of_quarter(overdue.value)
    more = sentences_on(quarter, overdue.value)
    sentence = in_sentences(text, compared(overdue), *more)
    yield StatusPart("policies", _("Policies"), figures, sentence)


def _counts(quarter: Quarter) -> Mapping[str, int]:
    """Return them as kept that evening; from what is dated where no evening was kept."""
    if event := figures_telling("policies", quarter.last):
        counts: Mapping[str, int] = event.facts["counts"]
        return counts
    found = SIGNALS.count(quarter.last)
    return found if found[IN_FORCE.code] else {}
