"""All of the registers for other programs."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kommissorium.accounts.signed_in import person_of
from kommissorium.assets.json_export import registers_json
from kommissorium.core.ui.downloads import download_lines


@require_GET
def assets_json(request: HttpRequest) -> FileResponse:
    """Hand out all of the registers the person may read."""
    name = f"{_('registers')}-{timezone.localdate()}.json"
    return download_lines(registers_json(person_of(request)), name, "application/json")
