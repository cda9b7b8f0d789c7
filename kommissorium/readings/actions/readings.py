"""Say whom a document is for, and confirm having read it."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.policies.models import Document, Version
from kommissorium.readings.models import Group, Reading
from kommissorium.readings.readers import in_force_with_since, is_for, readings_of


@transaction.atomic
def choose_audience(
    document: Document, *, groups: Collection[str], areas: Collection[Area], by: Person
) -> None:
    """Say which groups and areas are to confirm having read the document."""
    if not document.can_be_written_by(by):
        raise PermissionDenied
    plain = [one for one in groups if one != Group.AREA]
    document.audiences.exclude(kind__in=plain).exclude(area__in=areas).delete()
    for group in plain:
        document.audiences.get_or_create(kind=group, area=None)
    for area in areas:
        document.audiences.get_or_create(kind=Group.AREA, area=area)
    facts = {"groups": sorted(plain), "areas": sorted(area.pk for area in areas)}
    record("readings.audience_chosen", document, by=by, facts=facts | {"title": document.title})


@transaction.atomic
def confirm_reading(version: Version, *, by: Person) -> None:
    """Say that one has read the version in force; doing so twice changes nothing.

    Raises PermissionDenied for whom it is not for, Refused for a version that is not in force.
    """
    today = timezone.localdate()
    if not is_for(version.document, by, today):
        raise PermissionDenied
    found = in_force_with_since(today).filter(pk=version.pk).first()
    if found is None:
        raise Refused(_("This version is not in force. Read the one that is."))
    if readings_of(found).filter(person=by).exists():
        return
    Reading.objects.create(version=version, person=by, at=timezone.now())
    facts = {"title": version.document.title, "document": version.document_id}
    record("readings.version_read", version, by=by, facts=facts | {"version": version.number})
