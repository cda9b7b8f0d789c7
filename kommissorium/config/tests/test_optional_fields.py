"""No field that says it is optional is refused when it is left empty: all forms, each choice tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.forms.boundfield import BoundField
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from kommissorium.config.tests.visiting import WHO, Row, rows
from kommissorium.core.tests.deep import examples
from kommissorium.core.tests.samples import Samples
from kommissorium.core.ui.fields import laid_out

MOST = examples(20, 40)  # attempts at one form
ANSWERED = ("200", "302", "400")  # to who may send the form
FILLERS = ("coordinator", *WHO)

type Sent = Mapping[str, Any]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [one for one in rows() if one.method == "POST" and {*ANSWERED} & {*one.expected}],
    ids=lambda row: row.name,
)
def test_what_may_be_left_out_can_be(row: Row, samples: Samples, visitors: dict[str, str]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("forms are the same on both")
    address = reverse(row.url_name, kwargs=samples.arguments(row.name))
    who = next(one for one in FILLERS if row.expected[WHO.index(one)] in ANSWERED)
    client = Client()
    if session := visitors[who]:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    refused = {
        f"{type(sent).__name__}.{bound.name}: {bound.errors[0]} ({attempt})"
        for form in shown_forms(client, address)
        for attempt, data in list(attempts(form))[:MOST]
        for sent in shown_forms(client, address, data)
        if sent.is_bound
        for bound in sent
        if bound.errors and laid_out(bound).optional and not said(bound)
    }
    assert refused == set()


def shown_forms(client: Client, address: str, data: Sent | None = None) -> list[forms.BaseForm]:
    """Return the forms that a page shows; what it wrote is undone, and nothing is drawn."""
    shown: dict[int, forms.BaseForm] = {}

    def leave(_self: Template, context: Any = None, request: Any = None) -> SafeString:
        for value in (context or {}).values():
            rest = value if isinstance(value, list | tuple) else [value]
            shown.update({id(one): one for one in rest if isinstance(one, forms.BaseForm)})
        return SafeString()

    with mock.patch.object(Template, "render", leave), transaction.atomic():
        client.get(address) if data is None else client.post(address, data)
        transaction.set_rollback(True)
    return list(shown.values())


def attempts(form: forms.BaseForm) -> Iterator[tuple[str, Sent]]:
    """Yield what is sent: all that is required and nothing else, then that with each choice made."""
    least: dict[str, Any] = {}
    for bound in form:
        wanted = bound.is_hidden or bound.field.required
        least |= (filled(bound, bound.value()) or something(bound)) if wanted else {}
    yield "least", least
    for bound in form:
        if bound.is_hidden:
            continue
        if isinstance(bound.field, forms.BooleanField):
            yield bound.name, least | {bound.html_name: "on"}
        elif isinstance(bound.field, forms.ChoiceField | forms.ModelChoiceField):
            # One row is as good as another; what a choice says decides what is required.
            rows_alone = isinstance(bound.field, forms.ModelChoiceField)
            for key in list(keys_of(bound.field))[: 1 if rows_alone else MOST]:
                yield f"{bound.name}={key}", least | {bound.html_name: key}


def filled(bound: BoundField, value: Any) -> dict[str, Any]:
    """Return a value as a browser sends it; nothing where it is empty."""
    widget, name = bound.field.widget, bound.html_name
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
        sent = {f"{name}{tail}": one.format_value(part) for tail, one, part in parts}
    elif isinstance(widget, forms.CheckboxInput):
        sent = {name: "on"} if value else {}
    else:
        shown = widget.format_value(value)
        takes_many = getattr(widget, "allow_multiple_selected", False)
        sent = {name: shown[0] if isinstance(shown, list) and shown and not takes_many else shown}
    return {key: one for key, one in sent.items() if one not in (None, "", [])}


def something(bound: BoundField) -> dict[str, Any]:
    """Return something that fits a field."""
    field, name = bound.field, bound.html_name
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        key = next(iter(keys_of(field)), "")
        return {name: key} if key else {}
    if isinstance(field, forms.SplitDateTimeField):
        return filled(bound, timezone.localtime() - timedelta(hours=1))
    if isinstance(field, forms.DateField):
        return {name: (timezone.localdate() + timedelta(days=20)).isoformat()}
    if isinstance(field, forms.TimeField):
        return {name: "13:00"}
    return {name: "3" if isinstance(field, forms.IntegerField) else "Noget"}


def keys_of(field: Any) -> Iterable[str]:
    """Yield the choices of a field, without the empty one."""
    for key, label in field.choices:
        inner = label if isinstance(label, list | tuple) else [(key, label)]
        yield from (str(one) for one, _words in inner if str(one))


def said(bound: BoundField) -> bool:
    """Return whether something was sent in a field."""
    try:
        return bound.field.clean(bound.data) not in bound.field.empty_values
    except ValidationError:
        return True
