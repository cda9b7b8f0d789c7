"""Search in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.searched import Searched


class SearchedPeople(Searched[Person]):
    """People, for whoever may open their cards."""

    model, label = Person, _("People")
    fields = ("job_title", "department", "email")


SEARCHED = (SearchedPeople(),)
