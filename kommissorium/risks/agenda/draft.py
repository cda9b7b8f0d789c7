"""Draft texts of risks for the agenda item on ongoing work."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import kroner
from kommissorium.measures.rules.risk_past import RiskCounts, kept_figures
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
from kommissorium.risks.agenda.news import RiskNews, risk_news
from kommissorium.risks.agenda.returning import ExpiringAcceptances, SlippedActions, levels
from kommissorium.risks.levels import accept_the_same, levels_on


def risk_draft(context: AgendaContext) -> Draft | None:
    """Return how the risks stand against the level, and what has happened to them since the last
    meeting; None where the committee has none."""
    found = context.once(risk_news)
    if found is None:
        return None
    event = figures_then(context, "risks")
    then = kept_figures(event).numbers if event else None
    has_level, own_items = bool(context.once(levels)), {one.subject_kind for one in context.items}
    sentences = sentences_of(
        found, then, has_level=has_level, own_items=own_items, is_same_level=_is_same(context, then)
    )
    return Draft(tuple(sentences), tuple(_points(found.now)), _sources(found), _("risks"))


def sentences_of(
    found: RiskNews,
    then: RiskCounts | None,
    *,
    has_level: bool,
    own_items: Collection[str] = (),
    is_same_level: bool = True,
) -> Iterator[Sentence]:
    """Yield what is said of the news; `then` is how the risks stood at the last meeting.

    What has an item of its own on the agenda, by the kind of its subject, is said there.
    """
    comparable = then if is_same_level else None
    yield from _against_the_level(found.now, comparable, has_level=has_level)
    yield from _approved(found)
    yield from _come_back(found, own_items)
    yield from _accepted(found.now, then)


def _is_same(context: AgendaContext, then: RiskCounts | None) -> bool:
    """Return whether the level accepted the same at the last meeting: else nothing is compared."""
    return then is None or accept_the_same(context.once(levels), levels_on(then.day))


def _against_the_level(
    now: RiskCounts, then: RiskCounts | None, *, has_level: bool
) -> Iterator[Sentence]:
    if not has_level:
        yield Sentence(_("No risk level holds today."), Weight.WORSE)
        return
    before = then.above if then else None
    if not now.above:
        yield _none_above(before or 0)
        return
    text = ngettext(
        "One risk lies above the risk level%(moved)s.",
        "%(number)d risks lie above the risk level%(moved)s.",
        now.above,
    ) % {"number": now.above, "moved": moved(now.above, before)}
    if not now.open:
        all_treated = _("All of them have a plan or are accepted.")
        yield Sentence(f"{text} {all_treated}", weight_of(now.above, before))
        return
    alone = ngettext(
        "One of them has neither a plan nor an acceptance.",
        "%(number)d of them have neither a plan nor an acceptance.",
        now.open,
    ) % {"number": now.open}
    yield Sentence(f"{text} {alone}", Weight.DECIDE)


def _none_above(before: int) -> Sentence:
    if not before:
        return Sentence(_("No risk lies above the risk level."))
    text = ngettext(
        "No risk lies above the risk level any more; at the last meeting one did.",
        "No risk lies above the risk level any more; at the last meeting %(number)d did.",
        before,
    )
    return Sentence(text % {"number": before}, Weight.BETTER)


def _approved(found: RiskNews) -> Iterator[Sentence]:
    if not found.approved:
        return
    said = [
        ngettext(
            "One risk assessment has been approved since the last meeting.",
            "%(number)d risk assessments have been approved since the last meeting.",
            found.approved,
        )
        % {"number": found.approved}
    ]
    if found.new:
        text = ngettext("It adds one new risk.", "It adds %(number)d new risks.", found.new)
        if found.approved > 1:
            text = ngettext("They add one new risk.", "They add %(number)d new risks.", found.new)
        said.append(text % {"number": found.new})
    if found.greater:
        text = ngettext(
            "One risk has become greater.",
            "%(number)d risks have become greater.",
            found.greater,
        )
        said.append(text % {"number": found.greater})
    yield Sentence(" ".join(said), Weight.WORSE if found.greater else Weight.NEWS)


def _come_back(found: RiskNews, own_items: Collection[str]) -> Iterator[Sentence]:
    """Say what must be looked at again, unless an item of its own brings it."""
    if found.slipped and SlippedActions.kind not in own_items:
        text = ngettext(
            "One action against a risk is late, put off or cannot be done.",
            "%(number)d actions against risks are late, put off or cannot be done.",
            found.slipped,
        )
        yield Sentence(text % {"number": found.slipped}, Weight.WORSE)
    if found.expiring and ExpiringAcceptances.kind not in own_items:
        text = ngettext(
            "One risk acceptance has run out or does so within 60 days.",
            "%(number)d risk acceptances have run out or do so within 60 days.",
            found.expiring,
        )
        yield Sentence(text % {"number": found.expiring}, Weight.WORSE)
    if found.void:
        text = ngettext(
            "One risk acceptance is void because its risk has changed.",
            "%(number)d risk acceptances are void because their risks have changed.",
            found.void,
        )
        yield Sentence(text % {"number": found.void}, Weight.WORSE)
    if found.finished:
        text = ngettext(
            "One risk lies above the level although all that was planned is done.",
            "%(number)d risks lie above the level although all that was planned is done.",
            found.finished,
        )
        yield Sentence(text % {"number": found.finished}, Weight.WORSE)


def _accepted(now: RiskCounts, then: RiskCounts | None) -> Iterator[Sentence]:
    before = then.kroner if then else now.kroner
    values = {"money": kroner(now.kroner), "change": kroner(abs(now.kroner - before))}
    if not now.kroner and before:
        text = _(
            "No risk acceptance holds any more; at the last meeting risks of %(change)s were accepted."
        )
    elif now.kroner > before:
        text = _(
            "Risks of %(money)s in all are accepted, %(change)s more than at the last meeting."
        )
    elif now.kroner < before:
        text = _(
            "Risks of %(money)s in all are accepted, %(change)s less than at the last meeting."
        )
    else:
        text = _("Risks of %(money)s in all are accepted.") if now.kroner else ""
    if text:
        weight = Weight.STATE if now.kroner == before else Weight.NEWS
        yield Sentence(text % values, weight)


def _points(now: RiskCounts) -> Iterator[str]:
    if now.open:
        yield ngettext(
            "asks the owner of the risk above the level that has neither a plan nor an acceptance to "
            "bring one of them before the next meeting",
            "asks the owners of the %(number)d risks above the level that have neither a plan nor an "
            "acceptance to bring one of them before the next meeting",
            now.open,
        ) % {"number": now.open}


def _sources(found: RiskNews) -> tuple[Source, ...]:
    risks = reverse("risk_list")
    sources = [Source(_("Risks"), risks)]
    if found.now.open:
        url = f"{risks}?above=1&accepted=no"
        sources.append(Source(_("Risks above the level neither planned nor accepted"), url))
    if found.approved:
        sources.append(Source(_("The risk assessments"), reverse("assessments")))
    if found.now.kroner:
        sources.append(Source(_("The risk acceptances"), reverse("acceptances")))
    return tuple(sources)
