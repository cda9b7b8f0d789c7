"""A version of a policy as PDF and as Word; what is not in force yet is marked as a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.core.documents import render_pdf
from kommissorium.core.documents.about import about_document
from kommissorium.core.richtext import blocks_as_json, to_blocks
from kommissorium.core.ui.localised import day
from kommissorium.policies.models import Body, Change, Level
from kommissorium.registers.documents.record import Fact, new_word, write_text

TEMPLATE: Final = Path(__file__).with_name("policy.typ")

type Content = Mapping[str, Any]


def version_facts(content: Content) -> Iterator[Fact]:
    """Yield what is known of a version: how far it has come, and what it stands on."""
    yield _("Version"), str(content["number"])
    yield _("Level"), str(Level(content["level"]).label)
    yield _("For"), content["audience"]
    yield _("Responsible"), content["owner"]
    yield _("How much it changes"), str(Change(content["change"]).label)
    if content["picture"]:
        picture = content["picture"]
        yield _("Risk picture it stands on"), f"{picture['title']}, {_day(picture['begins'])}"
    if upper := content.get("upper"):
        yield str(Body(upper["body"]).label), _upper(upper)
    if content["decision"]:
        is_above = content["is_above"]
        label = _("Recommended by decision") if is_above else _("Approved by decision")
        yield label, f"{content['decision']} ({content['committee']})"
    if owner := content.get("owner_approval"):
        label = (
            _("Approved in the owner's stead") if owner["instead"] else _("Approved by the owner")
        )
        yield label, f"{owner['name']}, {_day(owner['on'])}"
    yield _("Approved with changes"), content.get("decided_changes", "")
    yield _("In force from"), _day(content["in_force_from"])
    yield _("Reviewed every"), _("%(number)d months") % {"number": content["review_months"]}
    yield _("File"), content["file"].get("name", "")


def watermark(content: Content) -> str:
    """Return the word across the pages of what is not in force; "" for what is."""
    if content["in_force_from"]:
        return ""
    return _("RECOMMENDED") if content["decision"] else _("DRAFT")


def version_pdf(content: Content, description: str, *, made_at: datetime) -> bytes:
    """Return a version as an accessible PDF."""
    footer = f"{content['municipality']}, {content['title']}"
    author = content["municipality"]
    facts = [*version_facts(content), (_("What is new, and why"), content["because"])]
    data = {
        "sheet": about_document(content["title"], description, author=author, footer=footer),
        "facts": [{"label": label, "text": text, "href": ""} for label, text in facts if text],
        "draft": watermark(content),
        "fingerprint": f"{_('Fingerprint')}: {content['fingerprint']}",
        "blocks": blocks_as_json(to_blocks(content["text"])) if content["text"] else [],
    }
    return render_pdf(TEMPLATE, data, made_at=made_at)


def version_word(content: Content, *, made_at: datetime | None = None) -> bytes:
    """Return a version as Word, its headings as headings of Word; made now unless said."""
    heading = (content["title"], content["municipality"], watermark(content))
    document = new_word(*heading, made_at=made_at)
    for label, text in version_facts(content):
        if text:
            document.fact(label, text)
    document.paragraph(f"{_('Fingerprint')}: {content['fingerprint']}", quiet=True)
    if content["text"]:
        write_text(document, content["text"])
    return document.to_bytes()


def _upper(told: Mapping[str, Any]) -> str:
    values = {"day": _day(told["decided_on"]), "number": told["case_number"]}
    return _("approved on %(day)s, case %(number)s") % values


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""
