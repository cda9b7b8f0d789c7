"""The money of the projects on the front of who leads: what is spent of each budget."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.charts.fields import Bar
from kommissorium.core.ui.localised import kroner
from kommissorium.projects.models import Project
from kommissorium.projects.quarterly_status import money_in_words
from kommissorium.projects.signals import UNDER_WAY
from kommissorium.registers.front import FrontLine, FrontPicture

SHOWN: Final = 4  # projects, those furthest over their budget first, then the dearest


def money_picture(person: Person, _day: date, /) -> FrontPicture:
    """Return what the projects under way that the person may read have spent (one query)."""
    found = Project.objects.visible_to(person).open_on().order_by("due", "pk")
    rows = sorted(found, key=lambda one: (one.over_budget, one.budget), reverse=True)
    sentence = money_in_words(rows) or UNDER_WAY.said(0)
    lines = [FrontLine(one.title, _bar(one), _said(one)) for one in rows[:SHOWN]]
    return FrontPicture(_("The money of the projects"), reverse("projects"), sentence, lines)


def _bar(one: Project) -> Bar:
    return Bar([min(one.now_spent / max(one.budget, 1), 1) * 100])


def _said(one: Project) -> str:
    if one.over_budget:
        return _("%(kroner)s over budget") % {"kroner": kroner(one.over_budget)}
    return _("%(number)d %%") % {"number": one.now_spent * 100 // max(one.budget, 1)}
