"""Keep lists under a name, and let them go."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.cleaning import clean_line
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.registers.models import SavedList

MOST_LISTS = 30  # of one person, of one kind
NAME_LENGTH, QUERY_LENGTH = 80, 2000
NOT_KEPT = {
    "page",
    "all",
    "chosen",
    "one",
    "change",
}  # what of an address is no part of the question


@transaction.atomic
def save_list(*, by: Person, code: str, name: str, query: str) -> SavedList:
    """Keep a list under a name; a list of that name becomes this one.

    `query` is the question of its address; what is empty in it, and the page, are left out.
    Raises Refused for no name, for a question too long to keep and for too many lists.
    """
    name = clean_line(name, "name", NAME_LENGTH, wanted=_("Write a name."))
    kept = tidy(query)
    if len(kept) > QUERY_LENGTH:
        raise Refused(_("This list asks for too much to be kept."))
    own = SavedList.objects.filter(person=by, code=code)
    if not own.filter(name=name).exists() and own.count() >= MOST_LISTS:
        sentence = _("You have %(most)d lists already. Remove one first.")
        raise Refused(sentence % {"most": MOST_LISTS})
    saved, _made = SavedList.objects.update_or_create(
        person=by, code=code, name=name, defaults={"query": kept}
    )
    record("registers.list_saved", saved, by=by)
    return saved


@transaction.atomic
def forget_list(saved: SavedList, *, by: Person) -> None:
    """Remove a list from those the person keeps; what stands in it stays as it is."""
    if saved.person_id != by.pk:
        raise PermissionDenied
    refuse_gone(saved)
    SavedList.objects.filter(pk=saved.pk).delete()
    record("registers.list_forgotten", saved, by=by)


def tidy(query: str) -> str:
    """Return the question of an address without its page and without empty wishes."""
    asked = QueryDict(query)
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in NOT_KEPT and (filled := [value for value in values if value]):
            kept.setlist(name, filled)
    return kept.urlencode()
