"""Words what was decided: an outcome, and "that the committee approves" as "approved"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.translation import gettext as _

from kommissorium.core.richtext import plain_text
from kommissorium.meetings.models import AgendaItem, Outcome


def outcome_label(item: AgendaItem, outcome: str) -> str:
    """Return an outcome in words: minutes are not approved by a meeting but confirmed."""
    if item.confirms_minutes and outcome == Outcome.APPROVED:
        return _("Confirmed as presented")
    if item.confirms_minutes and outcome == Outcome.WITH_CHANGES:
        return _("Approved with changes")
    return str(Outcome(outcome).label) if outcome else ""


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases in which one language recommends something and then reports that it was decided.

    `lead` is how a recommendation begins, up to the committee's verb; `that` is one that names
    no committee. `verbs` are those of the committee, now and then; `noted` those that decide
    nothing.
    """

    lead: str
    that: str
    committee: str
    approved: str
    joints: str
    verbs: Mapping[str, str]
    noted: frozenset[str]


WORDINGS = (
    Wording(
        lead=r"^<p>[^<]*?\bindstille[rs]\b[^<]*?\bat udvalget\b",
        that=r"^<p>[^<]*?\bindstille[rs](?: det)?,? at\b",
        committee="Udvalget",
        approved="Udvalget godkendte, at",
        joints="og|samt",
        verbs={
            "accepterer": "accepterede",
            "afviser": "afviste",
            "afsætter": "afsatte",
            "anbefaler": "anbefalede",
            "anmoder": "anmodede",
            "beder": "bad",
            "bemyndiger": "bemyndigede",
            "beslutter": "besluttede",
            "drøfter": "drøftede",
            "fastlægger": "fastlagde",
            "fastsætter": "fastsatte",
            "forlænger": "forlængede",
            "giver": "gav",
            "godkender": "godkendte",
            "noterer": "noterede",
            "opgiver": "opgav",
            "ophæver": "ophævede",
            "orienterer": "orienterede",
            "pålægger": "pålagde",
            "prioriterer": "prioriterede",
            "sætter": "satte",
            "tager": "tog",
            "tiltræder": "tiltrådte",
            "udpeger": "udpegede",
            "udsætter": "udsatte",
            "vedtager": "vedtog",
            "vælger": "valgte",
        },
        noted=frozenset({"drøfter", "noterer", "tager"}),
    ),
    Wording(
        lead=r"^<p>[^<]*?\brecommend(?:s|ed)\b[^<]*?\bthat the committee\b",
        that=r"^<p>[^<]*?\brecommend(?:s|ed) that\b",
        committee="The committee",
        approved="The committee approved that",
        joints="and",
        verbs={
            "accept": "accepted",
            "adopt": "adopted",
            "approve": "approved",
            "ask": "asked",
            "choose": "chose",
            "decide": "decided",
            "discuss": "discussed",
            "end": "ended",
            "extend": "extended",
            "note": "noted",
            "put": "put",
            "recommend": "recommended",
            "set": "set",
            "take": "took",
        },
        noted=frozenset({"discuss", "note", "take"}),
    ),
)


# What sounds like a decision and says nothing that holds from now on; a colon brings what does.
EMPTY: Final = re.compile(
    r"\b(?:beslut(?:ter|tede|te)|afgør|afgjorde|fastlæg(?:ger)?|fastlagde|fastsætter|fastsatte)\b"
    r"[^.:]{0,60}?,\s*(?:om|hvad|hvilken|hvilke|hvordan|hvorvidt|hvornår|hvem)\b"
    r"|\b(?:tage|tager|tog|tage)\s+stilling\s+til\b"
    r"|\b(?:decide|decides|decided)\b[^.:]{0,60}?\b(?:whether|what|which|how|when|who)\b"
    r"|\b(?:decide|decides|decided) on\b",
    re.IGNORECASE,
)


def decides_nothing(text: str) -> str:
    """Return the first sentence of a formatted text that decides only that, whether or what is
    decided; "" where each says what holds from now on."""
    lines = (line for line in plain_text(text).splitlines() if ":" not in line.strip().rstrip(":"))
    return next((line.strip() for line in lines if EMPTY.search(line)), "")


def nothing_decided(empty: str) -> str:
    """Return what is said where such a sentence is to be a decision."""
    text = _("This decides nothing: “%(text)s” Write what holds from now on.")
    return text % {"text": empty}


def decided_as_recommended(recommendation: str) -> tuple[str, str]:
    """Return the decision that follows a recommendation, as rich text, and its outcome."""
    for wording in WORDINGS:
        if found := _as_decided(recommendation, wording):
            return found
        if re.search(wording.that, recommendation, re.IGNORECASE):
            opening = f"<p>{wording.approved}"
            text = re.sub(wording.that, opening, recommendation, count=1, flags=re.IGNORECASE)
            return text, Outcome.APPROVED
    opening = escape(_("The committee approved the recommendation:"))
    return f"<p>{opening}</p>{recommendation}", Outcome.APPROVED


def _as_decided(recommendation: str, wording: Wording) -> tuple[str, str] | None:
    """Return the recommendation with the committee's verbs in the past; None for unknown ones."""
    lead = re.match(wording.lead, recommendation, re.IGNORECASE)
    if lead is None:
        return None
    used: list[str] = []

    def past(match: re.Match[str]) -> str:
        used.append(match["verb"])
        return f"{match['before']}{wording.verbs[match['verb']]}"

    verbs = "|".join(wording.verbs)
    before = rf"^|^</p><[ou]l><li>(?:<p>)?|<li>(?:<p>)?|\b(?:{wording.joints})"
    pattern = rf"(?P<before>(?:{before})\s*)(?P<verb>{verbs})\b"
    rest = recommendation[lead.end() :]
    if not re.match(rf"(?:</p><[ou]l><li>(?:<p>)?)?\s*(?:{verbs})\b", rest):
        return None
    is_list = rest.startswith("</p>")
    if is_list and re.search(rf"<li>(?:<p>)?\s*(?!\s|<p>|(?:{verbs})\b)", rest):
        return None  # half of it in the past would read wrong
    text = f"<p>{wording.committee}{re.sub(pattern, past, rest)}"
    is_noted = all(verb in wording.noted for verb in used)
    return text, Outcome.NOTED if is_noted else Outcome.APPROVED
