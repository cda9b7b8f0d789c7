"""What the guidelines for owners suggest that the item about policies and guidelines (A6) says."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.agenda import keeps_registers
from kommissorium.assets.checks_past import kept_figures
from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.models import Guideline
from kommissorium.core.ui.localised import day
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.drafting import (
    Draft,
    Sentence,
    Source,
    Weight,
    figures_then,
    moved,
    weight_of,
)


def guideline_draft(context: AgendaContext) -> Draft | None:
    """Return whether the guidelines are to be reviewed, are new, and have been read.

    None for a committee the registers are not kept for, and where no guidelines are in force.
    """
    guideline = Guideline.on(context.today) if context.once(keeps_registers) else None
    if guideline is None:
        return None
    is_due = guideline.review_by <= context.met
    sentences = (*_to_review(guideline, context), *_new(guideline, context), *_unread(context))
    points = (_("decides on the review of the guidelines for owners"),) if is_due else ()
    source = Source(guideline.title, reverse("guidelines"))
    return Draft(sentences, points, (source,), _("the guidelines for owners"))


def _to_review(guideline: Guideline, context: AgendaContext) -> Iterator[Sentence]:
    if guideline.review_by <= context.met:
        text = _("“%(title)s”, version %(version)s, is to be reviewed by %(day)s.")
        values = {
            "title": guideline.title,
            "version": guideline.version,
            "day": day(guideline.review_by),
        }
        yield Sentence(text % values, Weight.DECIDE)


def _new(guideline: Guideline, context: AgendaContext) -> Iterator[Sentence]:
    if context.met_before is not None and guideline.at >= context.met_before:
        text = _("“%(title)s” has a new version since the last meeting, in force from %(day)s.")
        values = {"title": guideline.title, "day": day(guideline.effective_from)}
        yield Sentence(text % values, Weight.NEWS)


def _unread(context: AgendaContext) -> Iterator[Sentence]:
    """Say how many owners have not read them, and how that has moved since the last meeting."""
    now, event = asset_counts(), figures_then(context, "assets")
    if not now.owners:
        return
    number, then = now.owners - now.owners_read, kept_figures(event).numbers if event else None
    before = then.owners - then.owners_read if then else None
    if not number:
        yield Sentence(
            _("All owners have confirmed that they have read the guidelines."),
            Weight.BETTER if before else Weight.STATE,
        )
        return
    text = ngettext(
        "One of the %(all)d owners has not confirmed having read the guidelines%(moved)s.",
        "%(number)d of the %(all)d owners have not confirmed having read the guidelines%(moved)s.",
        number,
    )
    values = {"number": number, "all": now.owners, "moved": moved(number, before)}
    yield Sentence(text % values, weight_of(number, before))
