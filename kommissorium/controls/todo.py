"""To-do items of the statement of applicability on the overview."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.controls.models import Applies, Control
from kommissorium.core.ui.todo import Todo

UNSAID = Q(applies=Applies.YES, how="", links=[])


def todos_of(person: Person) -> Iterator[Todo]:
    """Yield undecided controls, for coordinators, and controls of which their owner has
    not said how they are met (a query each)."""
    home = reverse("controls")
    if Control.can_be_kept_by(person):
        number = Control.objects.filter(applies=Applies.UNDECIDED).count()
        if number:
            text = ngettext(
                "It is not decided whether %(number)d control applies.",
                "It is not decided whether %(number)d controls apply.",
                number,
            )
            url = f"{home}?status=undecided"
            yield Todo(text % {"number": number}, _("Decide"), url)
    if number := Control.objects.filter(UNSAID, owner=person).count():
        text = ngettext(
            "Say how %(number)d control of yours is met.",
            "Say how %(number)d controls of yours are met.",
            number,
        )
        yield Todo(text % {"number": number}, _("Say how"), f"{home}?mine=1")
