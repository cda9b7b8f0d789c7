"""Responses of views: a page, the same form again with its errors or another's values, or a file."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from typing import IO, Any

from django import forms
from django.conf import settings
from django.db.models import Model
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.core.documents.excel import MEDIA_TYPE, Sheet, write_workbook
from kommissorium.core.refusals import Conflict
from kommissorium.core.richtext import plain_text
from kommissorium.core.ui.forms import RichTextField
from kommissorium.core.ui.localised import clock, day, moment
from kommissorium.core.ui.navigation import Crumb


@dataclass(frozen=True)
class Difference:
    """One field that two people gave different values."""

    label: str
    mine: str
    theirs: str


def differences(form: forms.Form, current: Mapping[str, object]) -> list[Difference]:
    """Return the fields of the bound form whose typed value differs from the saved one."""
    pairs = [
        Difference(
            label=str(form[name].label),
            mine=worded(field, form.cleaned_data.get(name, form[name].value())),
            theirs=worded(field, current[name]),
        )
        for name, field in form.fields.items()
        if name in current and not form[name].is_hidden
    ]
    return [pair for pair in pairs if pair.mine != pair.theirs]


def worded(field: forms.Field, value: object) -> str:
    """Return a field's value as a person reads it."""
    if value is None or value == "":
        return _("(empty)")
    if isinstance(field, RichTextField):
        return plain_text(str(value))
    if isinstance(field, forms.ModelChoiceField):
        return _of_model(field, value)
    if isinstance(field, forms.ChoiceField):
        return _of_choice(field, value)
    return _plain(value)


def _of_model(field: forms.ModelChoiceField[Model], value: object) -> str:
    row = value
    if field.queryset is not None and isinstance(value, int | str):
        row = field.queryset.filter(pk=value).first()
    return str(field.label_from_instance(row)) if isinstance(row, Model) else _("(empty)")


def _of_choice(field: forms.ChoiceField, value: object) -> str:
    # The widget has them as a flat or nested list, whatever the field was given.
    choices: list[tuple[Any, Any]] = list(field.widget.choices)
    nested = (
        label if isinstance(label, list | tuple) else [(key, label)] for key, label in choices
    )
    labels = {str(key): str(label) for key, label in chain.from_iterable(nested)}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in values)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return clock(value)
    return str(localize(value)) if isinstance(value, int | float) else str(value)


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    status: int = HTTPStatus.OK,
) -> TemplateResponse:
    """Return the template as a page."""
    return TemplateResponse(request, template, dict(context or {}), status=status)


def invalid(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None
) -> TemplateResponse:
    """Return the page with a form that could not be accepted; nothing typed is lost."""
    return page(request, template, context, status=HTTPStatus.BAD_REQUEST)


def conflict(
    request: HttpRequest,
    form: forms.Form,
    found: Conflict,
    *,
    cancel_url: str,
    breadcrumbs: Sequence[Crumb] = (),
) -> TemplateResponse:
    """Return both texts after somebody else saved first, with the form as it was typed.

    The version saved now goes into the form's hidden field `edit_version`, so that the next
    press saves on top of it with open eyes.
    """
    sent = QueryDict(mutable=True)
    sent.update(form.data)
    sent[form.add_prefix("edit_version")] = str(found.edit_version)
    form.data = sent
    context = {
        "title": _("Somebody else saved first"),
        "differences": differences(form, found.current),
        "form": form,
        "cancel_url": cancel_url,
        "breadcrumbs": breadcrumbs,
    }
    return page(request, "ui/conflict.html", context, status=HTTPStatus.CONFLICT)


# Whatever a file holds, a browser that shows it gives it no powers of our pages.
START = 1_000_000  # bytes of a text by which its charset is told
HARMLESS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
}


def with_charset(media_type: str, start: bytes) -> str:
    """Return the media type with how its letters are written, for texts that people brought.

    What is neither UTF-8 nor marked as UTF-16 was written by an older program on Windows.
    """
    if not media_type.startswith("text/") or "charset" in media_type:
        return media_type
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"{media_type}; charset=utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return f"{media_type}; charset=windows-1252"
    return f"{media_type}; charset=utf-8"


class _Streamed(FileResponse):
    block_size = 65_536


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return the file as one to be saved under this name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition, **HARMLESS}
    return HttpResponse(data, content_type=with_charset(media_type, data), headers=headers)


def download_written(
    write: Callable[[IO[bytes]], object], name: str, media_type: str
) -> FileResponse:
    """Return the output of `write`, as a file to be saved under this name.

    It goes to the disk as it is written and is sent from there piece by piece: however long it
    is, memory does not show it; who fetches slowly keeps nothing of the database waiting; and
    what fails while it is written is told as on any page, with no half file.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=media_type, headers=HARMLESS
    )


def download_lines(lines: Iterable[bytes], name: str, media_type: str) -> FileResponse:
    """Return the lines as a file to be saved under this name."""
    return download_written(lambda file: file.writelines(lines), name, media_type)


def download_workbook(
    sheets: Sequence[Sheet], name: str, *, title: str | Promise, author: str | Promise
) -> FileResponse:
    """Return the sheets as a workbook to be saved under this name."""
    language = get_language() or settings.LANGUAGE_CODE

    def write(file: IO[bytes]) -> None:
        write_workbook(file, sheets, title=title, author=author, language=language)

    return download_written(write, name, MEDIA_TYPE)


def download_from(path: Path, name: str, media_type: str) -> FileResponse:
    """Return a file on the disk in pieces, so that its size does not fill our memory."""
    file = path.open("rb")
    start = file.read(START) if media_type.startswith("text/") else b""
    file.seek(0)
    return _Streamed(
        file,
        as_attachment=True,
        filename=name,
        content_type=with_charset(media_type, start),
        headers=HARMLESS,
    )
