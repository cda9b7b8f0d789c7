"""A round of attestation as a document and as an Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.assets.attestation.content import (
    content_of,
    never_answered,
    roles_word,
    together,
    wanting_of,
)
from kommissorium.assets.models import Kind, Role, Round, Statement
from kommissorium.core.documents import Column, Sheet, render_pdf, workbook
from kommissorium.core.documents.about import about_document
from kommissorium.core.ui.localised import day, moment

# More answers than anybody reads on paper; the record and the workbook hold all of them.
MOST_LISTED = 2000
TEMPLATE = Path(__file__).with_name("attestation.typ")


def round_pdf(content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the results of a round, in the active language, as an accessible PDF."""
    return render_pdf(TEMPLATE, _data(dict(content)), made_at=made_at)


def moment_word(iso: str | None) -> str:
    """Return a moment of the record in words; "" for none."""
    return moment(datetime.fromisoformat(iso)) if iso else ""


def day_word(iso: str) -> str:
    """Return a day, or the day of a moment, of the record in words."""
    return day(datetime.fromisoformat(iso)) if "T" in iso else day(date.fromisoformat(iso))


def _data(content: dict[str, Any]) -> dict[str, Any]:
    municipality = Municipality.current().name
    answers = together(content["statements"])
    return {
        "sheet": about_document(
            content["title"],
            _("What the owners of the registers have confirmed"),
            author=municipality,
            footer=f"{municipality}, {content['title']}",
        ),
        "facts": [{"label": label, "text": words, "href": ""} for label, words in facts(content)],
        "conclusion": content.get("conclusion", ""),
        "silent": never_answered(content["owners"]),
        "wanted": [_wanted(one) for one in wanting_of(content)],
        "owners": [_owner(one) for one in content["owners"]],
        "statements": [_statement(one) for one in answers[:MOST_LISTED]],
        "more": _more(len(answers) - MOST_LISTED),
        "words": _words(),
    }


def _more(number: int) -> str:
    """Return the number of answers that are not listed, as a sentence; "" for none."""
    if number <= 0:
        return ""
    return _("%(number)d more answers stand in the record and in the workbook.") % {
        "number": number
    }


def facts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the few facts of a round, each a label and its words."""
    number = {"number": content["answered"], "total": content["asked"]}
    rows = [
        (_("Opened"), f"{moment_word(content['opened_at'])}, {content['opened_by']}"),
        (_("Answers by"), day_word(content["due"])),
        (_("Owners who have answered"), _("%(number)s of %(total)s") % number),
        (_("Assets"), str(len({one["asset"] for one in content["statements"]}))),
    ]
    if closed := content.get("closed_at"):
        rows.insert(1, (_("Closed"), f"{moment_word(closed)}, {content['closed_by']}"))
    return rows


def _words() -> dict[str, Any]:
    return {
        "conclusion": _("Conclusion"),
        "silent": _("Have not answered for everything"),
        "wanted": _("What was to be corrected"),
        "wanted_head": [_("Asset"), _("Answer"), _("What was done")],
        "owners": _("Owners"),
        "owners_head": [pgettext("of an asset", "Owner"), _("Assets"), _("Answered")],
        "statements": _("All answers"),
        "statements_head": [_("Asset"), pgettext("of an asset", "Owner"), _("Answer")],
        "nothing": _("Nothing was to be corrected."),
    }


def _wanted(one: Mapping[str, Any]) -> dict[str, str]:
    said = f"{Statement.Answer(one['answer']).label}: {one['note']}" if one["note"] else None
    return {
        "asset": one["name"],
        "who": f"{one['owner']}, {roles_word(one['roles']).lower()}",
        "answer": said or str(Statement.Answer(one["answer"]).label),
        "done": one["settlement"],
        "by": f"{one['settled_by']}, {day_word(one['settled_at'])}" if one["settled_at"] else "",
    }


def _owner(one: Mapping[str, Any]) -> dict[str, str]:
    number = {"number": one["assets"] - one["left"], "total": one["assets"]}
    return {
        "name": one["name"],
        "department": one["department"],
        "assets": _("%(number)s of %(total)s") % number,
        "answered": moment_word(one["answered_at"]) if not one["left"] else "–",
    }


def _statement(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "asset": one["name"],
        "owner": one["owner"],
        "role": roles_word(one["roles"]),
        "answer": str(Statement.Answer(one["answer"]).label),
        "at": day_word(one["answered_at"]) if one["answered_at"] else "",
    }


def round_excel(found: Round) -> bytes:
    """Return the owners, the answers and the facts of a round as three sheets."""
    content = content_of(found)
    return workbook(
        [_owners(content), _answers(content), _about(content)],
        title=content["title"],
        author=Municipality.current().name,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _owners(content: Mapping[str, Any]) -> Sheet:
    columns = [
        Column(pgettext("of an asset", "Owner"), 30),
        Column(_("Department"), 30),
        Column(_("Assets"), 12, kind="number"),
        Column(_("Answered"), 14, kind="number"),
        Column(_("Answered for all"), 18, kind="moment"),
    ]
    rows = [
        (
            one["name"],
            one["department"],
            one["assets"],
            one["assets"] - one["left"],
            _moment(one["answered_at"]) if not one["left"] else None,
        )
        for one in content["owners"]
    ]
    return Sheet(_("Owners"), columns, rows)


def _answers(content: Mapping[str, Any]) -> Sheet:
    columns = [
        Column(_("Asset"), 40),
        Column(_("Kind"), 18),
        Column(_("Role"), 16),
        Column(pgettext("of an asset", "Owner"), 30),
        Column(_("Answer"), 26),
        Column(_("Note"), 50),
        Column(_("Answered"), 18, kind="moment"),
        Column(_("What was done"), 50),
        Column(_("Acted on by"), 30),
        Column(_("Acted on"), 18, kind="moment"),
    ]
    rows = [
        (
            one["name"],
            str(Kind(one["kind"]).label),
            str(Role(one["role"]).label),
            one["owner"],
            str(Statement.Answer(one["answer"]).label),
            one["note"],
            _moment(one["answered_at"]),
            one["settlement"],
            one["settled_by"],
            _moment(one["settled_at"]),
        )
        for one in content["statements"]
    ]
    return Sheet(_("Answers"), columns, rows)


def _about(content: Mapping[str, Any]) -> Sheet:
    rows = [(_("Title"), content["title"]), *facts(content)]
    if conclusion := content.get("conclusion"):
        rows.append((_("Conclusion"), conclusion))
    return Sheet(_("About"), [Column(_("What"), 34), Column(_("Value"), 90)], rows)


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
