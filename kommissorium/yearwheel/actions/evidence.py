"""What is written for an occurrence: texts are checked, and evidence attached that it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import FileRefused, clean_name
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.models import Evidence, Occurrence


def ended_already(occurrence: Occurrence) -> str:
    """Return who finished an occurrence first, as a sentence."""
    found = Occurrence.objects.select_related("ended_by").get(pk=occurrence.pk)
    if found.ended_by is None or found.ended_at is None:
        return _("It is not open any more.")
    values = {"name": found.ended_by.name, "date": day(found.ended_at)}
    if found.state == Occurrence.State.DONE:
        return _("%(name)s marked it as done on %(date)s. Nothing of yours was saved.") % values
    return _("%(name)s skipped it on %(date)s. Nothing of yours was saved.") % values


MOST = 30
LABEL_LENGTH, URL_LENGTH = 200, 2000


@dataclass(frozen=True)
class GivenEvidence:
    """A piece of evidence as it was handed in: an address, a file's bytes or a register's row."""

    kind: str
    label: str = ""
    url: str = ""
    data: bytes = b""
    object_kind: str = ""
    object_id: str = ""


def keep_evidence(occurrence: Occurrence, given: Sequence[GivenEvidence]) -> list[Evidence]:
    """Write the pieces of evidence. Raises Refused for what may not come in or leads nowhere."""
    if len(given) > MOST:
        raise Refused(documents=_("30 pieces of evidence are enough."))
    return [_keep(occurrence, one) for one in given]


def _keep(occurrence: Occurrence, one: GivenEvidence) -> Evidence:
    label = one_line(one.label)
    if one.kind == Evidence.Kind.FILE:
        try:
            stored = store_file(one.data, one.label)
        except FileRefused as refused:
            raise Refused(documents=f"{clean_name(one.label)}: {refused}") from None
        return Evidence.objects.create(
            occurrence=occurrence, kind=one.kind, label=clean_name(one.label), file=stored
        )
    if not leads_somewhere(one):
        raise Refused(links=_("“%(url)s” is not an address.") % {"url": one.url[:100]})
    return Evidence.objects.create(
        occurrence=occurrence,
        kind=one.kind,
        label=(label or one.url)[:LABEL_LENGTH],
        url=one.url,
        object_kind=one.object_kind,
        object_id=one.object_id,
    )


def leads_somewhere(one: GivenEvidence) -> bool:
    """Return whether the address is a page of ours, or a complete one of the web."""
    if len(one.url) > URL_LENGTH:
        return False
    if one.kind == Evidence.Kind.ROW:
        return one.url.startswith("/") and not one.url.startswith("//") and bool(one.object_id)
    try:
        parts = urlsplit(one.url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in one.url
