"""The answer for an auditor: every clause, its evidence and the head of the chain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.committees.models import Committee
from kommissorium.compliance.fulfilment import ClauseFinding, Fulfilment
from kommissorium.compliance.wording import MARKS, in_words
from kommissorium.core.documents import Column, Sheet, render_pdf, workbook
from kommissorium.core.documents.about import about_document
from kommissorium.core.documents.excel import MEDIA_TYPE as EXCEL
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.localised import day, moment
from kommissorium.registers.findings import Evidence

TEMPLATE = Path(__file__).with_name("answer.typ")


def edition(form: str, committee: Committee, fulfilment: Fulfilment) -> tuple[bytes, str, str]:
    """Return the answer in one of EDITIONS: its bytes, what to call the file, its type."""
    write, ending, media_type = EDITIONS[form]
    word = "mandate" if get_language() == "en" else "kommissorium"
    return write(committee, fulfilment), f"{fulfilment.on.isoformat()}-{word}.{ending}", media_type


def head_of_chain() -> tuple[int, str]:
    """Return the last event's number and hash; all that the answer rests on lies before it."""
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return last or (0, "")


def answer_pdf(committee: Committee, fulfilment: Fulfilment) -> bytes:
    """Return the answer as an accessible PDF."""
    *facts, (head, digest) = _facts(committee, fulfilment)
    data = {
        "sheet": about_document(
            _("Is the mandate fulfilled?"),
            f"{committee.name}, {day(fulfilment.on)}",
            author=Municipality.current().name,
            footer=f"{committee.name}, {day(fulfilment.on)}",
        ),
        "answer": in_words(fulfilment),
        "facts": [{"label": label, "text": text, "href": ""} for label, text in facts],
        "head": {"label": head, "hash": digest},
        "words": {
            "overview": _("All clauses"),
            "clauses": _("Clause by clause"),
            "head": [_("Number"), _("Clause"), _("State")],
            "evidence": pgettext("of a clause", "Evidence"),
            "none": _("There is no evidence."),
        },
        "clauses": [_clause(one) for one in fulfilment.findings],
    }
    return render_pdf(TEMPLATE, data, made_at=timezone.localtime())


def answer_excel(committee: Committee, fulfilment: Fulfilment) -> bytes:
    """Return the answer as a workbook: the clauses, their evidence, and what it rests on."""
    about = Sheet(
        _("About"), [Column(_("What"), 34), Column(_("Value"), 90)], _facts(committee, fulfilment)
    )
    return workbook(
        [_clause_sheet(fulfilment), _evidence_sheet(fulfilment), about],
        title=_("Is the mandate fulfilled?"),
        author=Municipality.current().name,
        language=get_language() or "da",
    )


def answer_json(committee: Committee, fulfilment: Fulfilment) -> dict[str, Any]:
    """Return the answer as plain data; all words in the active language."""
    seq, digest = head_of_chain()
    return {
        "committee": committee.name,
        "on": fulfilment.on.isoformat(),
        "mandate": str(fulfilment.mandate) if fulfilment.mandate else None,
        "answer": in_words(fulfilment),
        "counts": {state.value: number for state, number in fulfilment.counts.items()},
        "clauses": [
            {
                "number": one.clause.number,
                "text": one.clause.text,
                "measure": one.clause.measure,
                "state": one.state.value,
                "sentence": one.finding.sentence,
                "evidence": [_plain(evidence) for evidence in one.finding.evidence],
            }
            for one in fulfilment.findings
        ],
        "head": {"seq": seq, "hash": digest},
    }


def _clause_sheet(fulfilment: Fulfilment) -> Sheet:
    rows = [
        (
            one.clause.number,
            one.clause.text,
            str(one.state.label),
            one.finding.sentence,
            len(one.finding.evidence),
        )
        for one in fulfilment.findings
    ]
    columns = [
        Column(_("Number"), 10),
        Column(_("Clause"), 60),
        Column(_("State"), 22),
        Column(_("What was found"), 60),
        Column(_("Pieces of evidence"), 14, kind="number"),
    ]
    return Sheet(_("Clauses"), columns, rows)


def _evidence_sheet(fulfilment: Fulfilment) -> Sheet:
    rows = [
        (
            one.clause.number,
            evidence.label,
            evidence.on,
            evidence.noted_on,
            address_of(evidence),
            evidence.reference,
            evidence.record,
            evidence.event,
            evidence.fingerprint,
        )
        for one in fulfilment.findings
        for evidence in one.finding.evidence
    ]
    columns = [
        Column(_("Number"), 10),
        Column(pgettext("of a clause", "Evidence"), 40),
        Column(_("Date"), 14, kind="date"),
        Column(_("Written down"), 14, kind="date"),
        Column(_("Address"), 44, kind="link"),
        Column(_("Object in the chain"), 26),
        Column(_("Record"), 10, kind="number"),
        Column(_("Event"), 10, kind="number"),
        Column(_("Fingerprint (SHA-256)"), 68),
    ]
    return Sheet(pgettext("of a clause", "Evidence"), columns, rows)


def _facts(committee: Committee, fulfilment: Fulfilment) -> list[tuple[str, str]]:
    mandate = fulfilment.mandate
    seq, digest = head_of_chain()
    return [
        (_("Committee"), committee.name),
        (_("On"), day(fulfilment.on)),
        (_("Mandate"), str(mandate) if mandate else _("No mandate was in force.")),
        *((str(state.label), str(number)) for state, number in fulfilment.counts.items()),
        (_("Made"), moment(timezone.now())),
        (_("Last event of the evidence chain"), str(seq)),
        (_("Head of the evidence chain"), digest),
    ]


def _clause(one: ClauseFinding) -> dict[str, Any]:
    return {
        "number": one.clause.number,
        "text": one.clause.text,
        "state": str(one.state.label),
        "mark": MARKS[one.state],
        "tone": one.state.value,
        "sentence": one.finding.sentence,
        "evidence": [
            {
                "label": evidence.label,
                "href": address_of(evidence),
                "reference": _reference(evidence),
                "fingerprint": evidence.fingerprint,
            }
            for evidence in one.finding.evidence
        ],
    }


def _reference(evidence: Evidence) -> str:
    parts = [evidence.reference]
    if evidence.record:
        parts.append(_("record %(number)d") % {"number": evidence.record})
    if evidence.event:
        parts.append(_("event %(number)d") % {"number": evidence.event})
    if evidence.noted_on:
        parts.append(_("written down on %(day)s") % {"day": day(evidence.noted_on)})
    return ", ".join(filter(None, parts))


def _plain(evidence: Evidence) -> dict[str, Any]:
    return {
        "label": evidence.label,
        "address": address_of(evidence),
        "object": evidence.reference,
        "record": evidence.record,
        "event": evidence.event,
        "fingerprint": evidence.fingerprint,
        "on": evidence.on.isoformat() if evidence.on else None,
        "noted_on": evidence.noted_on.isoformat() if evidence.noted_on else None,
    }


def address_of(evidence: Evidence) -> str:
    """Return the evidence's complete address."""
    return f"{settings.SITE_URL}{evidence.link}"


EDITIONS: dict[str, tuple[Callable[[Committee, Fulfilment], bytes], str, str]] = {
    "pdf": (answer_pdf, "pdf", "application/pdf"),
    "xlsx": (answer_excel, "xlsx", EXCEL),
}
