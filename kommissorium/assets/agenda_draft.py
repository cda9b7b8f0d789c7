"""Suggested text about the registers of assets for the agenda item about ongoing work."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.agenda import keeps_registers
from kommissorium.assets.checks_past import kept_figures
from kommissorium.assets.current_counts import AssetCounts, asset_counts
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


def asset_draft(context: AgendaContext) -> Draft | None:
    """Return how complete the registers are, and the change since the last meeting.

    None for a committee they are not kept for, and where nothing is registered.
    """
    now = asset_counts()
    if not now.assets or not context.once(keeps_registers):
        return None
    event = figures_then(context, "assets")
    then = kept_figures(event).numbers if event else None
    about = _("systems, data and archives")
    return Draft(tuple(sentences_of(now, then)), (), _sources(now), about)


def sentences_of(now: AssetCounts, then: AssetCounts | None) -> Iterator[Sentence]:
    """Yield sentences about the registers; `then` is how they stood at the last meeting."""
    yield from _overseen(now)
    yield _owned(now, then)
    yield from _documented(now, then)
    yield from _answered(now)


def _owned(now: AssetCounts, then: AssetCounts | None) -> Sentence:
    before = then.without_owner if then else None
    number = now.without_owner
    if not number and before:
        text = ngettext(
            "All systems, data sets and archives have an owner; at the last meeting one had none.",
            "All systems, data sets and archives have an owner; at the last meeting %(number)d "
            "had none.",
            before,
        )
        return Sentence(text % {"number": before}, Weight.BETTER)
    if not number:
        return Sentence(_("All systems, data sets and archives have an owner."))
    text = ngettext(
        "One system, data set or archive has no owner%(moved)s.",
        "%(number)d systems, data sets and archives have no owner%(moved)s.",
        number,
    )
    said = text % {"number": number, "moved": moved(number, before)}
    return Sentence(said, weight_of(number, before))


def _documented(now: AssetCounts, then: AssetCounts | None) -> Iterator[Sentence]:
    if not now.required:
        return
    lacking = now.required - now.current
    before = then.required - then.current if then else None
    if not lacking:
        weight = Weight.BETTER if before else Weight.STATE
        yield Sentence(_("All documents demanded of owners are there and current."), weight)
        return
    text = ngettext(
        "One of the %(all)d documents demanded of owners is missing or has expired%(moved)s.",
        "%(number)d of the %(all)d documents demanded of owners are missing or have expired"
        "%(moved)s.",
        lacking,
    )
    said = text % {"number": lacking, "all": now.required, "moved": moved(lacking, before)}
    yield Sentence(said, weight_of(lacking, before))


def _overseen(now: AssetCounts) -> Iterator[Sentence]:
    if now.oversight_overdue:
        text = ngettext(
            "The oversight of one supplier agreement is overdue.",
            "The oversight of %(number)d supplier agreements is overdue.",
            now.oversight_overdue,
        )
        yield Sentence(text % {"number": now.oversight_overdue}, Weight.WORSE)


def _answered(now: AssetCounts) -> Iterator[Sentence]:
    if now.asked:
        text = ngettext(
            "%(answered)d of the %(number)d owner asked this year has answered.",
            "%(answered)d of the %(number)d owners asked this year have answered.",
            now.asked,
        )
        values = {"answered": now.answered, "number": now.asked}
        yield Sentence(text % values, Weight.NEWS)


def _sources(now: AssetCounts) -> tuple[Source, ...]:
    sources = [Source(_("How complete the registers are"), reverse("completeness"))]
    if now.without_owner:
        url = f"{reverse('assets')}?without_owner=1"
        sources.append(Source(_("Systems, data and archives without an owner"), url))
    if now.oversight_overdue:
        url = f"{reverse('suppliers')}?show=overdue"
        sources.append(Source(_("Oversight of suppliers overdue"), url))
    return tuple(sources)
