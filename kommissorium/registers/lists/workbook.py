"""Lists as Excel workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from kommissorium.registers.lists.columns import Table
from kommissorium.registers.lists.list_page import ListPage

AT_ONCE: Final = 1000  # rows for which what stands elsewhere is fetched together


def sheet_of(
    title: str,
    columns: Sequence[ListColumn],
    rows: Iterable[Any],
    link: Callable[[Any], str] | None = None,
) -> Sheet:
    """Return rows that are no list of their own: what the columns say of each, and its address."""
    headings = [Column(str(one.label), kind=one.kind) for one in columns]
    table: Table[Any] = Table()
    readers = [table.reader(one) for one in columns]
    if link is None:
        return Sheet(title, headings, ([read(row) for read in readers] for row in rows))
    lines = ([*(read(row) for read in readers), f"{settings.SITE_URL}{link(row)}"] for row in rows)
    return Sheet(title, [*headings, Column(_("Link"), kind="link")], lines)


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
