"""R4, R5 and R6: assets have owners, owners have guidelines, and they have made their documents.

R4 asks for an owner of every system, every data set and every physical archive in the register;
R6 for every document the matrix demands, current on the day. Today is counted as it is now, a
past day from the figures kept at its end.
"""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.current_counts import AssetCounts
from kommissorium.committees.models import Clause
from kommissorium.compliance.assessment import (
    Evidence,
    Finding,
    Step,
    due_soon,
    fulfilled,
    not_fulfilled,
    unmeasured,
)
from kommissorium.compliance.checks.demands import SOON
from kommissorium.compliance.history import History
from kommissorium.compliance.registers import Figures, IssuedGuideline
from kommissorium.core.ui.wording import day


def ownership(_clause: Clause, history: History, on: date) -> Finding:
    """R4: nothing in the register is without the owner its kind asks for."""
    found = history.registers.on(on)
    if found is None:
        return _nothing_registered()
    evidence = _evidence(history, found, on)
    without = found.standing.without_owner
    if not without:
        text = ngettext(
            "%(number)d asset is registered, and it has an owner: %(kinds)s.",
            "%(number)d assets are registered, and all have an owner: %(kinds)s.",
            found.standing.assets,
        )
        values = {"number": found.standing.assets, "kinds": _kinds(_all(found.standing))}
        return fulfilled(text % values, *evidence)
    text = ngettext(
        "%(number)d of %(all)d assets has no owner: %(kinds)s.",
        "%(number)d of %(all)d assets have no owner: %(kinds)s.",
        without,
    )
    values = {
        "number": without,
        "all": found.standing.assets,
        "kinds": _kinds(_without(found.standing)),
    }
    step = Step(_("See who is missing"), reverse("owners"))
    return not_fulfilled(text % values, *evidence, step=step)


def owner_guidelines(_clause: Clause, history: History, on: date) -> Finding:
    """R5: there are guidelines for owners' responsibility, and their day of review is to come."""
    found = history.registers.guideline_on(on)
    step = Step(_("Open the guidelines"), reverse("guidelines"))
    if found is None:
        return not_fulfilled(_("There are no guidelines for owners."), step=step)
    values = {"version": found.version, "from": day(found.effective_from)}
    text = _("Version %(version)d of the guidelines for owners has been in force since %(from)s.")
    text = f"{text % values} {_read(history, on)}".strip()
    evidence = _of_guideline(found)
    if found.review_by < on:
        late = _("It should have been reviewed by %(day)s.") % {"day": day(found.review_by)}
        return not_fulfilled(f"{text} {late}", evidence, step=step)
    if found.review_by <= on + SOON:
        soon = _("It is to be reviewed by %(day)s.") % {"day": day(found.review_by)}
        return due_soon(f"{text} {soon}", evidence, step=step)
    return fulfilled(text, evidence)


def owner_documentation(_clause: Clause, history: History, on: date) -> Finding:
    """R6: every document the matrix demands of the owners is there and current."""
    found = history.registers.on(on)
    if found is None:
        return _nothing_registered()
    standing = found.standing
    if not standing.required:
        return unmeasured(_("No documents are demanded of the owners yet."))
    evidence = _evidence(history, found, on)
    percent = 100 * standing.current // standing.required
    values = {
        "percent": percent,
        "current": standing.current,
        "all": standing.required,
        "expired": standing.expired,
        "missing": standing.missing,
    }
    if standing.current == standing.required:
        text = _("All %(all)d documents demanded of the owners are there and current.")
        return fulfilled(text % values, *evidence)
    text = _(
        "%(current)d of the %(all)d documents demanded are current (%(percent)d per cent). "
        "%(missing)d are missing and %(expired)d have expired."
    )
    step = Step(_("See what is missing"), reverse("completeness"))
    return not_fulfilled(text % values, *evidence, step=step)


def _nothing_registered() -> Finding:
    return unmeasured(_("No systems, data sets or archives had been registered."))


def _evidence(history: History, found: Figures, on: date) -> list[Evidence]:
    """Return the figures of the day, and beside today's the newest the chain holds."""
    kept = found if found.noted else history.registers.noted_until(on)
    evidence = [] if found.noted else [_today(found)]
    return [*evidence, _of_figures(kept)] if kept else evidence


def _today(found: Figures) -> Evidence:
    return Evidence(
        label=_("The registers as they are now"), link=reverse("completeness"), on=found.day
    )


def _of_figures(kept: Figures) -> Evidence:
    noted = kept.noted
    return Evidence(
        label=_("Figures of the registers, %(day)s") % {"day": day(kept.day)},
        link=f"{reverse('completeness')}?on={kept.day.isoformat()}",
        reference=f"assets.completeness {kept.day.isoformat()}",
        event=noted.seq if noted else None,
        fingerprint=noted.hash if noted else "",
        on=kept.day,
    )


def _of_guideline(found: IssuedGuideline) -> Evidence:
    return Evidence(
        label=_("Guidelines for owners, version %(version)d") % {"version": found.version},
        link=reverse("guidelines"),
        reference=f"assets.guideline {found.key}",
        event=found.noted.seq,
        fingerprint=found.noted.hash,
        on=found.effective_from,
        noted_on=found.issued_on,
    )


def _read(history: History, on: date) -> str:
    """Return how many owners have confirmed that they have read them, as a sentence."""
    found = history.registers.on(on)
    if found is None or not found.standing.owners:
        return ""
    values = {"read": found.standing.owners_read, "owners": found.standing.owners}
    return _("%(read)d of %(owners)d owners have confirmed that they have read it.") % values


def _all(standing: AssetCounts) -> tuple[int, int, int]:
    return standing.systems, standing.data_sets, standing.archives


def _without(standing: AssetCounts) -> tuple[int, int, int]:
    return (
        standing.systems - standing.systems_owned,
        standing.data_sets - standing.data_sets_owned,
        standing.archives - standing.archives_owned,
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
