"""The kinds of clause as headings, in the order of a mandate."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause

HEADINGS: Final = {
    Clause.Kind.MEMBER.value: _("Members"),
    Clause.Kind.RESPONSIBILITY.value: _("Responsibilities"),
    Clause.Kind.TASK.value: _("Tasks"),
    Clause.Kind.MEETING.value: _("Meeting rules"),
    Clause.Kind.AGENDA.value: _("Agenda items"),
    Clause.Kind.OTHER.value: _("Other text"),
}
ADDING: Final = {
    Clause.Kind.MEMBER.value: _("Add a member"),
    Clause.Kind.RESPONSIBILITY.value: _("Add a responsibility"),
    Clause.Kind.TASK.value: _("Add a task"),
    Clause.Kind.MEETING.value: _("Add a meeting rule"),
    Clause.Kind.AGENDA.value: _("Add an agenda item"),
    Clause.Kind.OTHER.value: _("Add other text"),
}
KINDS: Final = tuple(HEADINGS)


def counted(kind: str, count: int) -> str:
    """Return "7 members", "1 task" and the like."""
    sentence = {
        Clause.Kind.MEMBER: ngettext("%(count)d member", "%(count)d members", count),
        Clause.Kind.RESPONSIBILITY: ngettext(
            "%(count)d responsibility", "%(count)d responsibilities", count
        ),
        Clause.Kind.TASK: ngettext("%(number)s task", "%(number)s tasks", count),
        Clause.Kind.MEETING: ngettext("%(count)d meeting rule", "%(count)d meeting rules", count),
        Clause.Kind.AGENDA: ngettext("%(count)d agenda item", "%(count)d agenda items", count),
        Clause.Kind.OTHER: ngettext("%(count)d other text", "%(count)d other texts", count),
    }[Clause.Kind(kind)]
    return sentence % {"count": count, "number": count}
