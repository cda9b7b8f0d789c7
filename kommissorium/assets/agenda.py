"""What the registers of assets say on an agenda, in numbers with sources, and suggest for its item."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.current_counts import asset_counts
from kommissorium.assets.models import RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.measures.rules.asset_past import AssetCounts, kept_figures
from kommissorium.measures.rules.readings import is_read_by_too_few
from kommissorium.meetings.facts import FactRow, FactTable
from kommissorium.registers.agenda import (
    AgendaContext,
    Draft,
    Sentence,
    Source,
    Weight,
    figures_then,
    moved,
    weight_of,
)


def keeps_registers(context: AgendaContext) -> bool:
    """Return whether the registers' dates are on the year wheel of the meeting's committee."""
    chosen = RegisterSettings.objects.values("committee")[:1]
    first = Committee.objects.order_by("pk").values("pk")[:1]
    own = Committee.objects.filter(pk=context.meeting.committee_id)
    return own.filter(pk=Coalesce(Subquery(chosen), Subquery(first))).exists()


def news_table(context: AgendaContext) -> FactTable | None:
    """Return a table of how the registers stand, for the committee they are kept for.

    None for another committee, and where nothing is registered.
    """
    now = asset_counts()
    if not now.assets or not context.once(keeps_registers):
        return None
    assets = reverse("assets")
    rows = (
        _row(
            "owners",
            _("Have an owner"),
            _of(now.assets - now.without_owner, now.assets),
            f"{assets}?without_owner=1",
            urgent=bool(now.without_owner),
        ),
        _row(
            "data_owners",
            _("Systems with personal data that have a data owner"),
            _of(now.data_systems_owned, now.data_systems),
            f"{reverse('owners')}?view=without_data",
            urgent=bool(now.without_data_owner),
        ),
        _row(
            "documents",
            _("Documents demanded that are there and current"),
            _of(now.current, now.required),
            reverse("completeness"),
            urgent=bool(now.lacking),
        ),
        _row(
            "guidelines",
            _("Owners who have read the guidelines"),
            _of(now.owners_read, now.owners),
            reverse("guidelines"),
            urgent=is_read_by_too_few(now.owners_read, now.owners),
        ),
        *_occasional(now),
    )
    columns = (_("What"), _("How it stands"))
    return FactTable("registers", _("Systems, data and archives"), "", columns, rows)


def _occasional(now: AssetCounts) -> list[FactRow]:
    rows = []
    if now.waived:
        rows.append(_row("waived", _("Documents waived"), str(now.waived), reverse("waivers")))
    if now.asked:
        answered = _of(now.answered, now.asked)
        link = reverse("attestation_rounds")
        rows.append(_row("attestation", _("Owners who have answered this year"), answered, link))
    if now.oversight_overdue:
        link = f"{reverse('suppliers')}?show=overdue"
        number = str(now.oversight_overdue)
        rows.append(
            _row("oversight", _("Oversight of suppliers overdue"), number, link, urgent=True)
        )
    return rows


def _of(number: int, whole: int) -> str:
    return _("%(number)s of %(total)s") % {"number": number, "total": whole}


def _row(key: str, what: str, how: str, link: str, *, urgent: bool = False) -> FactRow:
    return FactRow(f"assets.standing:{key}", (what, how), link, urgent)


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
    yield from _waived(now)
    lacking = now.lacking
    before = then.lacking if then else None
    if not lacking:
        weight = Weight.BETTER if before else Weight.STATE
        all_there = _("All documents demanded of owners are there and current.")
        none_lacking = _("No document demanded of owners is missing or has expired.")
        yield Sentence(none_lacking if now.waived else all_there, weight)
        return
    text = ngettext(
        "One of the %(all)d documents demanded of owners is missing or has expired%(moved)s.",
        "%(number)d of the %(all)d documents demanded of owners are missing or have expired"
        "%(moved)s.",
        lacking,
    )
    said = text % {"number": lacking, "all": now.required, "moved": moved(lacking, before)}
    yield Sentence(said, weight_of(lacking, before))


def _waived(now: AssetCounts) -> Iterator[Sentence]:
    """Yield how many documents are waived that no committee has decided on, where they are many."""
    if now.has_many_undecided:
        text = ngettext(
            "One document demanded of owners is waived, and no committee has decided on it.",
            "%(number)d documents demanded of owners are waived, and no committee has decided on "
            "them.",
            now.undecided,
        )
        yield Sentence(text % {"number": now.undecided}, Weight.DECIDE)


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
