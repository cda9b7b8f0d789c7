"""The answer for an auditor as PDF, as a workbook and as plain data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.committees.models import Clause
from kommissorium.compliance.answer import Answer
from kommissorium.compliance.basis import facts_of, fingerprint_of
from kommissorium.compliance.fulfilment import MARKS, ClauseFinding, in_words
from kommissorium.core.documents import Column, Sheet, render_pdf, workbook
from kommissorium.core.documents.about import about_document
from kommissorium.core.documents.excel import MEDIA_TYPE as EXCEL
from kommissorium.core.ui.localised import day
from kommissorium.measures.findings import Evidence

TEMPLATE = Path(__file__).with_name("answer.typ")


def edition(form: str, answer: Answer, kept: bytes | None = None) -> tuple[bytes, str, str]:
    """Return the answer in one of EDITIONS: its bytes, its file name, its type.

    `kept` are the bytes where the same was made before.
    """
    write, ending, media_type = EDITIONS[form]
    word = "mandate" if get_language() == "en" else "kommissorium"
    return kept or write(answer), f"{answer.fulfilment.on.isoformat()}-{word}.{ending}", media_type


def answer_pdf(answer: Answer) -> bytes:
    """Return the answer as an accessible PDF."""
    *facts, (head, digest) = facts_of(answer)
    title = f"{answer.committee.name}, {day(answer.fulfilment.on)}"
    data = {
        "sheet": about_document(
            _("Is the mandate fulfilled?"),
            title,
            author=Municipality.current().name,
            footer=title,
        ),
        "answer": in_words(answer.fulfilment),
        "facts": [{"label": label, "text": text, "href": ""} for label, text in facts],
        "hashes": [{"label": head, "hash": digest}, *_hash_of_record(answer)],
        "words": {
            "overview": _("All clauses"),
            "clauses": _("Clause by clause"),
            "head": [_("Number"), _("Clause"), _("State")],
            "evidence": pgettext("of a clause", "Evidence"),
            "none": _("There is no evidence."),
            "unmeasured": _("Not measured, and why"),
            "later": _("Written after %(day)s") % {"day": day(answer.fulfilment.on)},
        },
        "clauses": [_clause(answer, one) for one in answer.fulfilment.findings],
        "unmeasured": [
            {"number": one.clause.number, "why": str(one.finding.sentence)}
            for one in answer.unmeasured
        ],
        "later": [_later_line(*row) for row in _later(answer)],
    }
    return render_pdf(TEMPLATE, data, made_at=timezone.localtime())


def answer_excel(answer: Answer) -> bytes:
    """Return the answer as a workbook: the clauses, their evidence, and the basis of the answer."""
    about = [Column(_("What"), 34), Column(_("Value"), 90)]
    sheets = [
        _clause_sheet(answer),
        _evidence_sheet(answer),
        _unmeasured_sheet(answer),
        _later_sheet(answer),
        Sheet(_("About"), about, [*facts_of(answer), *fingerprint_of(answer)]),
    ]
    return workbook(
        sheets,
        title=_("Is the mandate fulfilled?"),
        author=Municipality.current().name,
        language=get_language() or "da",
    )


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the answer as plain data; all words in the active language."""
    fulfilment, frozen = answer.fulfilment, answer.frozen
    began = fulfilment.measured_from
    return {
        "committee": answer.committee.name,
        "on": fulfilment.on.isoformat(),
        "known": fulfilment.known.isoformat(),
        "measured_from": began.isoformat() if began else None,
        "site": answer.site,
        "frozen": frozen
        and {
            "record": frozen.record_id,
            "hash": frozen.record.content_hash,
            "on": frozen.frozen_on.isoformat(),
        },
        "mandate": str(fulfilment.mandate) if fulfilment.mandate else None,
        "answer": in_words(fulfilment),
        "counts": {state.value: number for state, number in fulfilment.counts.items()},
        "clauses": [
            {
                "number": one.clause.number,
                "text": one.clause.text,
                "measure": one.clause.measure,
                "state": one.state.value,
                "sentence": str(one.finding.sentence),
                "today": {"state": one.today.state.value, "sentence": str(one.today.sentence)}
                if one.today
                else None,
                "evidence": [_plain(answer, evidence) for evidence in one.finding.evidence],
            }
            for one in fulfilment.findings
        ],
        "unmeasured": {one.clause.number: str(one.finding.sentence) for one in answer.unmeasured},
        "later": [
            {"on": on.isoformat(), "by": by, "text": text, "because": because}
            for on, by, text, because in _later(answer)
        ],
        "head": dict(zip(("seq", "hash"), answer.head, strict=True)),
        "head_now": dict(zip(("seq", "hash"), answer.head_now, strict=True)),
    }


def _clause_sheet(answer: Answer) -> Sheet:
    rows = [
        (
            one.clause.number,
            one.clause.text,
            one.clause.measure_label,
            str(one.state.label),
            str(one.finding.sentence),
            str(one.today.state.label) if one.today else "",
            str(one.today.sentence) if one.today else "",
            len(one.finding.evidence),
        )
        for one in answer.fulfilment.findings
    ]
    columns = [
        Column(_("Number"), 10),
        Column(_("Clause"), 60),
        Column(_("Measured by"), 30),
        Column(_("State"), 22),
        Column(_("Reason"), 60),
        Column(_("State as known today"), 22),
        Column(_("What is found today"), 60),
        Column(_("Pieces of evidence"), 14, kind="number"),
    ]
    return Sheet(_("Clauses"), columns, rows)


def _evidence_sheet(answer: Answer) -> Sheet:
    rows = [
        (
            one.clause.number,
            str(evidence.label),
            evidence.on,
            evidence.noted_on,
            answer.address_of(evidence),
            evidence.reference,
            evidence.record,
            answer.kind_of(evidence),
            evidence.event,
            evidence.fingerprint,
        )
        for one in answer.fulfilment.findings
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
        Column(_("Kind of record"), 26),
        Column(_("Event"), 10, kind="number"),
        Column(_("Fingerprint (SHA-256)"), 68),
    ]
    return Sheet(pgettext("of a clause", "Evidence"), columns, rows)


def _unmeasured_sheet(answer: Answer) -> Sheet:
    rows = [
        (one.clause.number, one.clause.text, str(one.finding.sentence)) for one in answer.unmeasured
    ]
    columns = [Column(_("Number"), 10), Column(_("Clause"), 60), Column(_("Why"), 80)]
    return Sheet(_("Not measured"), columns, rows)


def _later_sheet(answer: Answer) -> Sheet:
    columns = [
        Column(_("Written down"), 14, kind="date"),
        Column(_("By"), 30),
        Column(_("What"), 60),
        Column(_("Reason"), 60),
    ]
    return Sheet(_("Written later"), columns, _later(answer))


def _later(answer: Answer) -> list[tuple[Any, str, str, str]]:
    return [(one.noted_on, one.by, one.text, one.because) for one in answer.later]


def _later_line(on: Any, by: str, text: str, because: str) -> str:
    lead = ", ".join(filter(None, [day(on), by]))
    return ". ".join(filter(None, [f"{lead}: {text.rstrip('.')}", because.rstrip(".")])) + "."


def _hash_of_record(answer: Answer) -> list[dict[str, str]]:
    return [{"label": label, "hash": digest} for label, digest in fingerprint_of(answer)]


def _clause(answer: Answer, one: ClauseFinding) -> dict[str, Any]:
    today = one.today
    return {
        "number": one.clause.number,
        "text": one.clause.text,
        "measure": "" if one.clause.kind == Clause.Kind.MEMBER else one.clause.measure_label,
        "state": str(one.state.label),
        "mark": MARKS[one.state],
        "tone": one.state.value,
        "sentence": str(one.finding.sentence),
        "today": _("As we know it today: %(state)s. %(sentence)s")
        % {"state": today.state.label, "sentence": today.sentence}
        if today
        else "",
        "evidence": [
            {
                "label": str(evidence.label),
                "href": answer.address_of(evidence),
                "reference": _reference(answer, evidence),
                "fingerprint": evidence.fingerprint,
            }
            for evidence in one.finding.evidence
        ],
    }


def _reference(answer: Answer, evidence: Evidence) -> str:
    parts = [evidence.reference]
    if evidence.record:
        parts.append(_("record %(number)d") % {"number": evidence.record})
        parts.append(answer.kind_of(evidence))
    if evidence.event:
        parts.append(_("event %(number)d") % {"number": evidence.event})
    if evidence.noted_on:
        parts.append(_("written down on %(day)s") % {"day": day(evidence.noted_on)})
    return ", ".join(filter(None, parts))


def _plain(answer: Answer, evidence: Evidence) -> dict[str, Any]:
    return {
        "label": str(evidence.label),
        "address": answer.address_of(evidence),
        "object": evidence.reference,
        "record": evidence.record,
        "record_kind": answer.kind_of(evidence),
        "event": evidence.event,
        "fingerprint": evidence.fingerprint,
        "on": evidence.on.isoformat() if evidence.on else None,
        "noted_on": evidence.noted_on.isoformat() if evidence.noted_on else None,
    }


EDITIONS: dict[str, tuple[Callable[[Answer], bytes], str, str]] = {
    "pdf": (answer_pdf, "pdf", "application/pdf"),
    "xlsx": (answer_excel, "xlsx", EXCEL),
}
