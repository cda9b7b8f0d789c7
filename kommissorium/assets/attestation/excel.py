"""A round of attestation as an Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.assets.attestation.content import content_of
from kommissorium.assets.attestation.pdf import answer_word, facts, role_word
from kommissorium.assets.models import Kind, Round
from kommissorium.core.documents import Column, Sheet, workbook


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
        Column(_("Answered for"), 14, kind="number"),
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
            role_word(one["role"]),
            one["owner"],
            answer_word(one["answer"]),
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
