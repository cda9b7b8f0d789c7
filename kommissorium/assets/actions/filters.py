"""Keep lists of assets under a name, and let them go."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.wording import line
from kommissorium.assets.models import SavedFilter
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

MOST_FILTERS = 30  # of one person
NAME_LENGTH, QUERY_LENGTH = 80, 2000


@transaction.atomic
def save_filter(*, by: Person, name: str, query: str) -> SavedFilter:
    """Keep a list under a name; a list of that name becomes this one.

    `query` is the question of its address; what is empty in it, and the page, are left out.
    Raises Refused for no name, for a question too long to keep and for too many lists.
    """
    name = line(name, "name", NAME_LENGTH, wanted=_("Give the list a name."))
    kept = tidy(query)
    if len(kept) > QUERY_LENGTH:
        raise Refused(_("This list asks for too much to be kept."))
    own = SavedFilter.objects.filter(person=by)
    if not own.filter(name=name).exists() and own.count() >= MOST_FILTERS:
        sentence = _("You have %(most)d lists already. Remove one first.")
        raise Refused(sentence % {"most": MOST_FILTERS})
    saved, _made = SavedFilter.objects.update_or_create(
        person=by, name=name, defaults={"query": kept}
    )
    record("assets.filter_saved", saved, by=by)
    return saved


@transaction.atomic
def forget_filter(saved: SavedFilter, *, by: Person) -> None:
    """Remove a list from those the person keeps; the assets in it stay as they are."""
    if saved.person_id != by.pk:
        raise PermissionDenied
    record("assets.filter_forgotten", saved, by=by)
    saved.delete()


def tidy(query: str) -> str:
    """Return the question of an address without its page and without empty wishes."""
    asked = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name != "page" and (filled := [value for value in values if value]):
            kept.setlist(name, filled)
    return kept.urlencode()
