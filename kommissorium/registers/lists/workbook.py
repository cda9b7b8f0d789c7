"""Lists as Excel workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.documents.excel import Value
from kommissorium.core.ui.responses import download_workbook
from kommissorium.registers.lists.columns import Column as ListColumn
from kommissorium.registers.lists.list_page import ListPage

AT_ONCE: Final = 1000  # rows for which what stands elsewhere is fetched together


def list_sheet(found: ListPage[Any], *, everything: bool = False) -> Sheet:
    """Return the rows of a list in their order: the columns shown or all, and the address."""
    columns = found.in_file(everything=everything)
    headings = [Column(str(one.label), kind=one.kind) for one in columns]
    link = Column(_("Link"), kind="link")
    return Sheet(found.sheet_title, [*headings, link], _lines(found, columns))


def _lines(found: ListPage[Any], columns: Sequence[ListColumn]) -> Iterator[Sequence[Value]]:
    readers = [found.reader(one) for one in columns]
    rows = found.fetched(found.ordered(), columns).iterator(chunk_size=AT_ONCE)
    for some in batched(rows, AT_ONCE):
        found.prepare(some)
        for row in some:
            link = f"{settings.SITE_URL}{row.get_absolute_url()}"
            yield (*(read(row) for read in readers), link)


def workbook_of(sheets: Sequence[Sheet], *, title: str, name: str | Promise) -> FileResponse:
    """Return the sheets as a file to be saved under the day and the name."""
    file_name = f"{timezone.localdate().isoformat()}-{name}.xlsx"
    author = Municipality.current().name
    return download_workbook(sheets, file_name, title=title, author=author)
