"""Tasks for the changes a committee made as it approved something, until they are written in."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.core.evidence.models import reference
from kommissorium.meetings.models import Decision
from kommissorium.registers.decided_changes import changed_by
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import TITLE_LENGTH, Task

WITHIN: Final = timedelta(days=14)


def give_change(decision: Decision, title: str, *, owner: Person | None, by: Person) -> None:
    """Give who put it forward the task to write the change in: `title` is what was approved.

    Part of what the decision brings about: its caller has checked who may.
    """
    said = _("Write in what was changed: %(title)s") % {"title": title}
    give_task(
        of_room=True,
        by=by,
        title=said if len(said) <= TITLE_LENGTH else f"{said[: TITLE_LENGTH - 2]} …",
        description=changed_by(decision),
        owner=_writer(owner) or by,
        due=timezone.localdate() + WITHIN,
        committee=decision.committee,
        born=decision,
        born_link=decision.get_absolute_url(),
        is_closed=decision.is_closed,
    )


def waits_in_words(decision: Decision) -> str:
    """Return that what it changed waits as a task; "" where it changed nothing or is written in."""
    if not changed_by(decision):
        return ""
    given = Task.objects.born_at(*_born(decision)).filter(given_by=None)
    is_open = given.open().exists()
    return _("What was changed waits as a task until it is written in.") if is_open else ""


def _born(decision: Decision) -> tuple[str, list[str]]:
    kind, key = reference(decision)
    return kind, [key]


def _writer(owner: Person | None) -> Person | None:
    """Return who put it forward; who coordinates where they have left."""
    if owner is not None and owner.is_active:
        return owner
    coordinator = OrganisationRole.Kind.COORDINATOR
    found: Person | None = Person.objects.with_role(coordinator, timezone.localdate()).first()
    return found
