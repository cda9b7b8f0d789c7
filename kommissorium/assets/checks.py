"""R4, R6 and requirements of standards: assets have owners, and these their documents.

R4 asks for an owner of every system, every data set and every physical archive in the register,
and for a data owner too of every system that holds personal data or is not classified; R6 for
every document the matrix demands, current on the day. Today is counted as it is now, a past day
from the figures kept at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.current_counts import AssetCounts, asset_counts
from kommissorium.assets.figures import COMPLETENESS
from kommissorium.assets.models import Agreement, Oversight, Round
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.registers.findings import (
    QUARTER,
    Check,
    Evidence,
    Finding,
    Question,
    Step,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    unmeasured,
)
from kommissorium.registers.past import DayFigures, PastEvent, PastFigures
from kommissorium.registers.requirements import LASTS, Says, Shown

FIGURES_KEPT: Final = "assets.figures_kept"
ACTS: Final = (FIGURES_KEPT,)


@dataclass(frozen=True)
class AssetPast:
    """The past of the registers: figures by day."""

    figures: PastFigures[AssetCounts]

    def on(self, day: date) -> AssetCounts | None:
        """Return the figures at the end of the day; None where nothing was, or nothing tells."""
        found = self.figures.on(day)
        return found.numbers if found and found.numbers.assets else None


def asset_past(events: Iterable[PastEvent], today: Mapping[str, int]) -> AssetPast:
    """Return the past that the events tell, with today as it is counted."""
    kept = [kept_figures(event) for event in events if event.act == FIGURES_KEPT]
    day = timezone.localdate()
    figures = PastFigures.until_today(kept, DayFigures(day, AssetCounts(day, **today), None))
    return AssetPast(figures)


def kept_figures(event: PastEvent) -> DayFigures[AssetCounts]:
    """Return the figures of a day as their event tells them."""
    numbers = {name: int(event.facts[name]) for name in COMPLETENESS}
    day = date.fromisoformat(event.facts["day"])
    return DayFigures(day, AssetCounts(day, **numbers), event.noted)


def ownership(_clause: Clause, past: AssetPast, asked: Question) -> Finding:
    """R4: nothing in the register is without an owner it needs.

    That is the owner its kind asks for, and a data owner too of a system with personal data.
    What is not classified is named, and spared nothing.
    """
    found, on = past.on(asked.on), asked.on
    if found is None:
        return _nothing_registered(past, asked)
    evidence, lead = _figures(past, on), past.figures.lead(on)
    said = (_owned(found), _data_owned(found), _unclassified(found))
    text = lead + " ".join(filter(None, said))
    if found.without_owner:
        step = Step(_("See who is missing"), f"{reverse('owners')}?view=without")
        return not_fulfilled(text, *evidence, step=step)
    if found.without_data_owner:
        step = Step(_("See who is missing"), f"{reverse('owners')}?view=without_data")
        return not_fulfilled(text, *evidence, step=step)
    return fulfilled(text, *evidence)


def owner_documentation(_clause: Clause, past: AssetPast, asked: Question) -> Finding:
    """R6: every document the matrix demands of the owners is there and current."""
    found, on = past.on(asked.on), asked.on
    if found is None:
        return _nothing_registered(past, asked)
    if not found.required:
        step = Step(_("Open the matrix of documents"), reverse("demands"))
        missing = not_fulfilled(_("No documents are demanded of the owners yet."), step=step)
        return unless_first_period(missing, asked, QUARTER)
    evidence, lead = _figures(past, on), past.figures.lead(on)
    percent = 100 * found.current // found.required
    values = {
        "percent": percent,
        "current": found.current,
        "all": found.required,
        "expired": found.expired,
        "missing": found.missing,
    }
    if found.current == found.required:
        text = _("All %(all)d documents demanded of the owners are there and current.")
        return fulfilled(lead + text % values, *evidence)
    text = _(
        "%(current)d of the %(all)d documents demanded are current (%(percent)d per cent). "
        "%(missing)d are missing and %(expired)d have expired."
    )
    step = Step(_("See what is missing"), reverse("completeness"))
    return not_fulfilled(lead + text % values, *evidence, step=step)


def _nothing_registered(past: AssetPast, asked: Question) -> Finding:
    """Return the finding that nothing is registered, or that no figures tell of the day."""
    if past.figures.kept_until(asked.on) and past.figures.on(asked.on) is None:
        return unmeasured(past.figures.untold(asked.on))
    text = _("No systems, data sets or archives are registered.")
    missing = not_fulfilled(text, step=Step(_("Open the register"), reverse("assets")))
    return unless_first_period(missing, asked, QUARTER)


def _figures(past: AssetPast, on: date) -> list[Evidence]:
    return past.figures.evidence(
        on,
        link=reverse("completeness"),
        kind="assets.completeness",
        now=_("The registers as they are now"),
        then=_("Figures of the registers, %(day)s"),
    )


def _owned(found: AssetCounts) -> str:
    """Return the number with the owner their kind asks for, as a sentence."""
    without = found.without_owner
    if not without:
        text = ngettext(
            "%(number)d asset is registered, and it has an owner: %(kinds)s.",
            "%(number)d assets are registered, and all have an owner: %(kinds)s.",
            found.assets,
        )
        return text % {"number": found.assets, "kinds": _kinds(_all(found))}
    text = ngettext(
        "%(number)d of %(all)d assets has no owner: %(kinds)s.",
        "%(number)d of %(all)d assets have no owner: %(kinds)s.",
        without,
    )
    return text % {"number": without, "all": found.assets, "kinds": _kinds(_without(found))}


def _data_owned(found: AssetCounts) -> str:
    """Return the number of systems with the data owner they need; "" where none needs one."""
    if not found.data_systems:
        return ""
    without, values = found.without_data_owner, {"all": found.data_systems}
    if not without:
        text = ngettext(
            "The system with personal data also has a data owner.",
            "All %(all)d systems with personal data also have a data owner.",
            found.data_systems,
        )
        return text % values
    text = ngettext(
        "%(number)d of %(all)d systems with personal data has no data owner.",
        "%(number)d of %(all)d systems with personal data have no data owner.",
        without,
    )
    return text % {"number": without, **values}


def _unclassified(found: AssetCounts) -> str:
    """Return the number not classified, as a sentence; "" where all are."""
    text = ngettext(
        "%(number)d asset is not classified, and counts as one with personal data.",
        "%(number)d assets are not classified, and count as ones with personal data.",
        found.unclassified,
    )
    return text % {"number": found.unclassified} if found.unclassified else ""


def _all(found: AssetCounts) -> tuple[int, int, int]:
    return found.systems, found.data_sets, found.archives


def _without(found: AssetCounts) -> tuple[int, int, int]:
    return (
        found.systems - found.systems_owned,
        found.data_sets - found.data_sets_owned,
        found.archives - found.archives_owned,
    )


def _kinds(numbers: tuple[int, int, int]) -> str:
    """Return "12 systems, 3 data sets, 1 archive"; kinds without any are left out."""
    systems, data_sets, archives = numbers
    words = (
        (systems, ngettext("%(number)d system", "%(number)d systems", systems)),
        (data_sets, ngettext("%(number)d data set", "%(number)d data sets", data_sets)),
        (archives, ngettext("%(number)d archive", "%(number)d archives", archives)),
    )
    return ", ".join(text % {"number": number} for number, text in words if number)


CHECKS: Final[Mapping[str, Check[AssetPast]]] = {
    Measure.OWNERSHIP: ownership,  # R4
    Measure.OWNER_DOCUMENTATION: owner_documentation,  # R6
}


OF_OWNERS: Final = ("ISO 27002 5.9", "NIS 2 § 6 nr. 9")
OF_AGREEMENTS: Final = ("ISO 27002 5.20",)
OF_OVERSIGHT: Final = ("ISO 27002 5.22", "NIS 2 § 6 nr. 4")


def shown_by_assets(day: date) -> Iterator[Shown]:
    """Yield assets without an owner, the newest round of attestation, agreements and oversight."""
    number = asset_counts().without_owner if day >= timezone.localdate() else 0
    if number:  # kept for today alone
        title = _("Assets without an owner: %(number)d") % {"number": number}
        link = reverse("assets")
        yield Shown("assets.owners", title, link, Says.AGAINST, day, None, OF_OWNERS)
    rounds = Round.objects.filter(closed_at__date__range=(day - LASTS, day))
    for one in rounds.order_by("-closed_at")[:1]:
        done = timezone.localdate(one.closed_at)
        key, link = f"assets.round:{one.pk}", one.get_absolute_url()
        yield Shown(key, one.title, link, Says.CARRIED_OUT, done, None, OF_OWNERS)
    yield from _oversight(day)


def _oversight(day: date) -> Iterator[Shown]:
    for one in Agreement.objects.in_force().select_related("supplier"):
        title = f"{one.title} ({one.supplier.name})"
        key, link = f"assets.agreement:{one.pk}", one.get_absolute_url()
        if one.signed_on and one.signed_on <= day:
            yield Shown(
                key, title, link, Says.LAID_DOWN, one.signed_on, one.expires_on, OF_AGREEMENTS
            )
        if one.next_oversight and one.next_oversight < day:
            due, note = one.next_oversight, _("Oversight is late.")
            yield Shown(key, title, link, Says.AGAINST, due, None, OF_OVERSIGHT, note)
    done = Oversight.objects.filter(done_on__range=(day - LASTS, day), agreement__ended_on=None)
    newest = {one.agreement_id: one for one in done.order_by("done_on", "pk")}
    found = Oversight.objects.filter(pk__in=[one.pk for one in newest.values()])
    for row in found.select_related("agreement__supplier"):
        is_bad = row.result == Oversight.Result.CRITICAL
        title = _("Oversight of %(name)s") % {"name": row.agreement.supplier.name}
        link, says = row.agreement.get_absolute_url(), Says.AGAINST if is_bad else Says.CARRIED_OUT
        key = f"assets.oversight:{row.pk}"
        yield Shown(
            key, title, link, says, row.done_on, None, OF_OVERSIGHT, row.get_result_display()
        )
