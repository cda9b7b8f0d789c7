"""R4 and R6: assets have owners, and these their documents.

R4 asks for an owner of every system, every data set and every physical archive in the register,
who has confirmed it within twelve months, and for a data owner too of every system that holds
personal data or is not classified; R6 for every document the matrix demands, in force on the day,
or waived: more than a few of these are for the committee to decide. Today is counted as it is now, a past day
from the figures kept at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import QUARTER
from kommissorium.measures.findings import (
    Check,
    Evidence,
    Finding,
    Question,
    Step,
    combined,
    due_soon,
    event_evidence,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    unmeasured,
)
from kommissorium.measures.kinds import reads
from kommissorium.measures.rules.asset_past import FEW_WAIVED, AssetCounts, AssetPast
from kommissorium.measures.said import Words, _, joined, link, listed, ngettext
from kommissorium.measures.shares import share

DECISION: Final = "meetings.decision"
MANY_ALIKE: Final = 10  # per cent of the assets, and assets, with an owner of one day


@reads()
def ownership(_clause: Clause, past: AssetPast, asked: Question) -> Finding:
    """R4: nothing in the register is without an owner it needs.

    That is the owner its kind asks for, and a data owner too of a system with personal data.
    What is not classified is named, and spared nothing.
    """
    found, on = past.on(asked.on), asked.on
    if found is None:
        return _nothing_registered(past, asked)
    evidence, lead = _figures(past, on), past.figures.lead(on)
    parts = [_without(found, joined(lead, _owned(found)), evidence), _confirmed(found, asked)]
    return combined([*parts, *_alike(found), *_of_data(found)])


def _without(found: AssetCounts, text: Words, evidence: Sequence[Evidence]) -> Finding:
    if not found.without_owner:
        return fulfilled(text, *evidence)
    step = Step(_("See who is missing"), link("owners", end="?view=without"))
    return not_fulfilled(text, *evidence, step=step)


def _confirmed(found: AssetCounts, asked: Question) -> Finding:
    """Return how many owners have confirmed it: some who have not are amber, most are red."""
    step = Step(_("Ask the owners"), link("attestation_rounds"))
    if found.confirmed is None:
        text = _("How many owners had confirmed it was not counted then.")
        return due_soon(text, step=step)
    if not found.owned:
        return fulfilled("")
    text = ngettext(
        "The owner of %(number)d of %(all)d assets with one has confirmed it within twelve months.",
        "The owners of %(number)d of %(all)d assets with one have confirmed it within twelve months.",
        found.confirmed,
    )
    text %= {"number": found.confirmed, "all": found.owned}
    if found.confirmed == found.owned:
        return fulfilled(text)
    if 2 * found.confirmed >= found.owned:
        return due_soon(text, step=step)
    return unless_first_period(not_fulfilled(text, step=step), asked, QUARTER)


def _alike(found: AssetCounts) -> Iterator[Finding]:
    """Yield that many assets were given to one person on one day, who has not confirmed it."""
    number = found.alike or 0
    if number >= MANY_ALIKE and 100 * number >= MANY_ALIKE * found.assets:
        text = _(
            "%(number)d of %(all)d assets have the same owner, appointed on the same day, who has "
            "not confirmed it."
        )
        yield fulfilled(text % {"number": number, "all": found.assets})


def _of_data(found: AssetCounts) -> Iterator[Finding]:
    """Yield how many systems have the data owner they need, and what is not classified."""
    if found.data_systems:
        step = Step(_("See who is missing"), link("owners", end="?view=without_data"))
        text = _data_owned(found)
        yield not_fulfilled(text, step=step) if found.without_data_owner else fulfilled(text)
    if found.unclassified:
        yield fulfilled(_unclassified(found))


@reads()
def owner_documentation(_clause: Clause, past: AssetPast, asked: Question) -> Finding:
    """R6: every document the matrix demands of the owners is there and current."""
    found, on = past.on(asked.on), asked.on
    if found is None:
        return _nothing_registered(past, asked)
    if not found.required:
        step = Step(_("Open the matrix of documents"), link("demands"))
        missing = not_fulfilled(_("No documents are demanded of the owners yet."), step=step)
        return unless_first_period(missing, asked, QUARTER)
    lead, evidence = past.figures.lead(on), [*_figures(past, on), *_decisions(past, asked)]
    return combined([_in_force(found, lead, evidence), *_waived(found)])


def _in_force(found: AssetCounts, lead: Words, evidence: Sequence[Evidence]) -> Finding:
    """Return how many are in force, waived, missing and expired: four numbers."""
    values = {
        "percent": share(found.current, found.required),
        "current": found.current,
        "all": found.required,
        "waived": found.waived or 0,
        "expired": found.expired,
        "missing": found.missing,
    }
    if found.current == found.required and found.waived is not None:
        whole = _("All %(all)d documents demanded of the owners are there and in force.")
        return fulfilled(joined(lead, whole % values), *evidence)
    text = _(
        "%(current)d of the %(all)d documents demanded are in force (%(percent)d per cent), "
        "%(waived)d are waived, %(missing)d are missing and %(expired)d have expired."
    )
    if found.waived is None:
        text = _(
            "%(current)d of the %(all)d documents demanded are in force or waived (%(percent)d per "
            "cent), %(missing)d are missing and %(expired)d have expired."
        )
    said = joined(lead, text % values)
    if not found.lacking:
        return fulfilled(said, *evidence)
    return not_fulfilled(said, *evidence, step=Step(_("See what is missing"), link("completeness")))


def _waived(found: AssetCounts) -> Iterator[Finding]:
    """Yield how many of those waived a committee has decided on; many undecided are amber."""
    step = Step(_("See what is waived, by whom and why"), link("waivers"))
    if found.waived is None:
        yield due_soon(_("How many were waived was not counted then."), step=step)
        return
    if not found.waived:
        return
    number = found.waived_decided or 0
    decided = _("A committee has decided on %(number)d of those waived.") % {"number": number}
    text: Words = decided if number else _("No committee has decided on those waived.")
    if not found.has_many_undecided:
        yield fulfilled(text)
        return
    many = _("More than %(percent)d per cent are waived without that.") % {"percent": FEW_WAIVED}
    yield due_soon(joined(text, many), step=step)


def _decisions(past: AssetPast, asked: Question) -> Iterator[Evidence]:
    """Yield what a committee decided last on waivers, as known then."""
    known = [one for one in past.decided if one.noted.on <= min(asked.on, asked.known)]
    for one in known[-1:]:
        page, about = link("decision", one.facts["decision"]), f"{DECISION} {one.facts['decision']}"
        label = _("Decision %(number)s on waivers") % {"number": one.facts["number"]}
        decided = date.fromisoformat(one.facts["decided"])
        yield event_evidence(label, page, about, one.noted, decided)


def _nothing_registered(past: AssetPast, asked: Question) -> Finding:
    """Return the finding that nothing is registered, or that no figures tell of the day."""
    if past.figures.kept_until(asked.on) and past.figures.on(asked.on) is None:
        return unmeasured(past.figures.untold(asked.on))
    text = _("No systems, data sets or archives are registered.")
    missing = not_fulfilled(text, step=Step(_("Open the register"), link("assets")))
    return unless_first_period(missing, asked, QUARTER)


def _figures(past: AssetPast, on: date) -> list[Evidence]:
    return past.figures.evidence(
        on,
        link=link("completeness"),
        kind="assets.completeness",
        now=_("The registers as they are now"),
        then=_("Figures of the registers, %(day)s"),
    )


def _owned(found: AssetCounts) -> Words:
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
    return text % {"number": without, "all": found.assets, "kinds": _kinds(_lacking(found))}


def _data_owned(found: AssetCounts) -> Words:
    """Return the number of systems with the data owner they need."""
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


def _unclassified(found: AssetCounts) -> Words:
    """Return the number not classified, as a sentence."""
    text = ngettext(
        "%(number)d asset is not classified, and counts as one with personal data.",
        "%(number)d assets are not classified, and count as ones with personal data.",
        found.unclassified,
    )
    return text % {"number": found.unclassified}


def _all(found: AssetCounts) -> tuple[int, int, int]:
    return found.systems, found.data_sets, found.archives


def _lacking(found: AssetCounts) -> tuple[int, int, int]:
    return (
        found.systems - found.systems_owned,
        found.data_sets - found.data_sets_owned,
        found.archives - found.archives_owned,
    )


def _kinds(numbers: tuple[int, int, int]) -> Words:
    """Return "12 systems, 3 data sets, 1 archive"; kinds without any are left out."""
    systems, data_sets, archives = numbers
    words = (
        (systems, ngettext("%(number)d system", "%(number)d systems", systems)),
        (data_sets, ngettext("%(number)d data set", "%(number)d data sets", data_sets)),
        (archives, ngettext("%(number)d archive", "%(number)d archives", archives)),
    )
    return listed(text % {"number": number} for number, text in words if number)


CHECKS: Final[Mapping[str, Check[AssetPast]]] = {
    Measure.OWNERSHIP: ownership,  # R4
    Measure.OWNER_DOCUMENTATION: owner_documentation,  # R6
}
