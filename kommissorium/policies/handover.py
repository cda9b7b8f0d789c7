"""Files of a version for the records system: its text, the approved record, and the comments
on the draft."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import IO, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.documents.handover import HandoverFile, told_plainly, write_files
from kommissorium.core.evidence.models import Record
from kommissorium.core.json_schemas import with_schema
from kommissorium.core.richtext import plain_text
from kommissorium.core.ui.localised import day, moment
from kommissorium.meetings.models import Decision
from kommissorium.policies.documents import version_word
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND
from kommissorium.registers.documents.record import Section, sections_pdf

SCHEMA: Final = "kommissorium-policy-1"
PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def frozen_record(version: Version) -> Record | None:
    """Return the record of a version: with what a body above approved, where one did."""
    upper = version.upper_decisions.filter(is_approved=True).select_related("record").first()
    return upper.record if upper else version.record


def content_of(version: Version) -> Mapping[str, Any]:
    """Return what a version says: as it was frozen, with what was decided above, or as it is."""
    if frozen := frozen_record(version):
        content: Mapping[str, Any] = json.loads(frozen.content)
        return content
    return KIND.content(version)


def write_version(version: Version, record: Record, out: IO[bytes], *, reader: Person) -> None:
    """Write an approved version into a .zip; the same version gives the same bytes."""
    at, municipality = timezone.localtime(record.at), Municipality.current().name
    files = tuple(_files(version, record, reader))
    begins = version.in_force_from
    facts = with_schema(
        SCHEMA,
        {
            "title": version.title,
            "number": version.number,
            "body": municipality,
            "decision": version.decision.number if version.decision else "",
            "inForceFrom": begins.isoformat() if begins else "",
            "fingerprint": version.fingerprint,
            "recordSha256": record.content_hash,
            "approved": at.isoformat(),
        },
    )
    lead = [f"{KIND.title_of(version)}, {municipality}"]
    note = _("What lies in the folder of closed files is not for everybody who reads the text.")
    write_files(files, at, partial(told_plainly, files, facts, lead, note), out)


def _files(version: Version, record: Record, reader: Person) -> Iterator[HandoverFile]:
    content, at = json.loads(record.content), timezone.localtime(record.at)
    title = KIND.title_of(version)
    pdf = bytes(record.pdf) if record.pdf else KIND.pdf(content, made_at=at)
    yield HandoverFile(f"{title}.pdf", PDF, pdf, "text")
    word = version_word(content, made_at=at)
    yield HandoverFile(f"{title}.docx", WORD, word, "text")
    if file := version.file:
        yield HandoverFile(version.file_name, file.media_type, file.checked(), "file")
    data = record.content.encode()
    yield HandoverFile("record.json", "application/json", data, "record")
    seen = Decision.objects.visible_to(reader).filter(pk=version.decision_id or 0).first()
    if seen:
        made = _decision_pdf(seen)
        yield HandoverFile(
            f"{_('Decision')} {seen.number}.pdf", PDF, made, "decision", is_closed=seen.is_closed
        )
    for upper in version.upper_decisions.select_related("file"):
        held = (upper.file_name, upper.file.media_type, upper.file.checked())
        yield HandoverFile(*held, "decision")
    if version.comments.exists() or version.reviewers.exists():
        made = _comments_pdf(version)
        yield HandoverFile(f"{_('Comments')}.pdf", PDF, made, "comments", is_closed=True)


def _decision_pdf(decision: Decision) -> bytes:
    """Return the decision that approved it, or recommended it."""
    at = timezone.localtime(decision.decided_at)
    facts = [
        (_("Committee"), decision.committee.name),
        (_("Decided on"), day(at.date())),
        (_("Outcome"), str(decision.get_outcome_display())),
        (_("Fingerprint"), decision.record.content_hash),
    ]
    text = plain_text(decision.text) if decision.text else ""
    section = Section(decision.title, text)
    title = f"{_('Decision')} {decision.number}"
    return sections_pdf(title, _("The decision about a policy"), [section], made_at=at, facts=facts)


def _comments_pdf(version: Version) -> bytes:
    """Return who was asked, what was said of the draft, and what was answered."""
    titles = dict(headings_of(version))
    people = version.reviewers.select_related("person")
    asked = [
        (one.person.name, moment(one.asked_at), moment(one.answered_at) if one.answered_at else "")
        for one in people
    ]
    said = [
        (
            titles.get(one.heading, one.heading) or _("The whole"),
            f"{one.by.name}, {moment(one.at)}",
            one.text,
            one.answer,
        )
        for one in version.comments.select_related("by")
    ]
    columns = (_("Heading"), _("Who"), _("Comment"), _("Answer"))
    sections = [
        Section(_("Who was asked"), "", (_("Who"), _("Asked"), _("Answered")), asked, (4, 3, 3)),
        Section(_("Comments"), "", columns, said, (3, 3, 5, 5)),
    ]
    shown = [one for one in sections if one.rows]
    made_at = timezone.localtime(version.proposed_at or version.made_at)
    title = f"{_('Comments')}: {KIND.title_of(version)}"
    return sections_pdf(title, _("What was said of a draft"), shown, made_at=made_at)
