"""To-do items of readings, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.todo import Todo
from kommissorium.readings.models import Audience
from kommissorium.readings.readers import in_force_with_since, to_read, with_reading

AGAIN, LATEST = 14, 56  # days between reminders to read, and the last one


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield what the person is to read."""
    for one in to_read(person, day):
        text = _("Read “%(title)s” and confirm it.") % {"title": one.document.title}
        yield Todo(text, _("Read it"), one.document.get_absolute_url())


def reminders_on(day: date) -> Iterator[Reminder]:
    """Yield what is to be read when it takes effect and again."""
    asked = Audience.objects.filter(document=OuterRef("document"))
    versions = in_force_with_since(day).filter(Exists(asked), document__is_retired=False)
    begun = {
        (one.document_id, one.number): one.in_force_from
        for one in versions.model.objects.filter(document__in=versions.values("document"))
    }
    for version in versions.select_related("document"):
        since = begun.get((version.document_id, version.since)) or version.in_force_from
        stage = min((day - since).days // AGAIN * AGAIN, LATEST)
        for person in with_reading(version, day).filter(read_at=None, email__isnull=False):
            with translation.override(person.language):
                values = {"title": version.document.title}
                text = _("Read “%(title)s” and confirm it.") % values
                heading = _("To be read")
            key = f"reading:{version.document_id}:{version.since}:{stage}"
            yield Reminder(person, key, text, version.document.get_absolute_url(), heading)
