"""Excel workbooks of the lists about documents."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import Sheet, workbook
from kommissorium.core.documents.excel import MEDIA_TYPE
from kommissorium.core.ui.downloads import download


def workbook_of(sheets: Sequence[Sheet], *, title: str, name: str) -> HttpResponse:
    """Return the sheets as a file to be saved under the day and the name."""
    data = workbook(
        sheets,
        title=title,
        author=Municipality.current().name,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    return download(data, f"{timezone.localdate().isoformat()}-{name}.xlsx", MEDIA_TYPE)
