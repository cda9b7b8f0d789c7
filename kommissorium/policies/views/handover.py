"""Hands an approved version out for the records system."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.downloads import download_written
from kommissorium.policies.handover import frozen_record, write_version
from kommissorium.policies.views.common import version_of


@require_GET
def policy_version_handover(request: HttpRequest, pk: int) -> FileResponse:
    """Hand an approved version out as a zip."""
    found, person = version_of(request, pk), person_of(request)
    if not person.is_coordinator:
        raise PermissionDenied
    record = frozen_record(found)
    if record is None:
        raise Http404
    name = f"{slugify(found.title) or 'version'}-{found.number}.zip"
    write = partial(write_version, found, record, reader=person)
    return download_written(write, name, "application/zip")
