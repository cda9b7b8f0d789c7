"""Keep the areas, how the registers are kept, and figures of how complete they are."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.required_documents import follow_all_reviews
from kommissorium.assets.figures import COMPLETENESS
from kommissorium.assets.models import Agreement, Area, Completeness, RegisterSettings
from kommissorium.assets.models.areas import NAME_LENGTH
from kommissorium.assets.past_figures import completeness_on
from kommissorium.committees.models import Committee
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_line, refuse_outside
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused
from kommissorium.core.word_search import is_named


@transaction.atomic
def add_area(*, by: Person, name: str, head: Person | None = None) -> Area:
    """Add an area. Raises Refused for no name, one there is, and a head who has left."""
    if not Area.can_be_kept_by(by):
        raise PermissionDenied
    area = Area.objects.create(name=_name(name), head=_head(head))
    record("assets.area_added", area, by=by, facts=_facts(area))
    return area


@transaction.atomic
def change_area(
    area: Area, *, by: Person, name: str, head: Person | None, edit_version: int
) -> None:
    """Rename an area or give it another head. Raises Refused as add_area does; Conflict."""
    if not Area.can_be_kept_by(by):
        raise PermissionDenied
    _refuse_closed(area)
    head = head if head and head.pk == area.head_id else _head(head)
    values, in_use = {"name": _name(name, area.pk), "head": head}, Area.objects.in_use()
    if update_row(area, values, edit_version=edit_version, among=in_use, anyway=False):
        record("assets.area_changed", area, by=by, facts=_facts(area))


@transaction.atomic
def close_area(area: Area, *, by: Person) -> None:
    """Close an area; what was, stays. Raises Refused while assets are in it."""
    if not Area.can_be_kept_by(by):
        raise PermissionDenied
    Area.objects.select_for_update().get(pk=area.pk)
    count = area.assets.filter(ended_on=None).count()
    if count:
        sentence = ngettext(
            "%(count)d asset is still in the area. Move it to another area first.",
            "%(count)d assets are still in the area. Move them to another area first.",
            count,
        )
        raise Refused(sentence % {"count": count})
    if not Area.objects.in_use().filter(pk=area.pk).update(closed_on=timezone.localdate()):
        raise Refused(_("It has been done already."))
    area.refresh_from_db()
    record("assets.area_closed", area, by=by, facts={"name": area.name})


def _name(name: str, own: int = 0) -> str:
    found = clean_line(name, "name", NAME_LENGTH, wanted=_("Write a name."))
    same = Area.objects.filter(is_named(found)).exclude(pk=own).first()
    if same is not None:
        if same.closed_on:
            raise Refused(name=_("A closed area has that name. Choose another."))
        raise Refused(name=_("The name is taken already. Choose another."))
    return found


def _head(head: Person | None) -> Person | None:
    if head is not None and not head.is_active:
        raise Refused(head=_("%(name)s has left.") % {"name": head.name})
    return head


def _refuse_closed(area: Area) -> None:
    if area.closed_on is not None:
        raise Refused(_("The area is closed and cannot be changed."))


def _facts(area: Area) -> dict[str, str]:
    person = str(area.head.pseudonym) if area.head else ""
    return {"name": area.name, "person": person}


FEWEST, MOST = 2, 1000


@transaction.atomic
def change_register_settings(
    *, by: Person, committee: Committee | None, many_assets: int, edit_version: int
) -> RegisterSettings:
    """Set whose year wheel has the registers' dates, and from how many an owner owns too many.

    Raises Refused for a number of no use; Conflict.
    """
    if not RegisterSettings.can_be_changed_by(by):
        raise PermissionDenied
    refuse_outside(many_assets, "many_assets", FEWEST, MOST)
    # The defaults become a row the first time somebody saves.
    row, _is_new = RegisterSettings.objects.get_or_create(pk=1)
    values = {"committee": committee, "many_assets": many_assets}
    update_row(row, values, edit_version=edit_version)
    follow_all_reviews()
    facts = {"committee": committee.pk if committee else 0, "many_assets": many_assets}
    record("assets.settings_changed", row, by=by, facts=facts)
    return row


@transaction.atomic
def record_asset_figures(day: date) -> Event | None:
    """Keep the figures of a day; return the event, None for an empty register."""
    rows = completeness_on(day)
    whole = rows[0]
    if not whole.assets:
        return None
    facts = {"day": day, **{name: getattr(whole, name) for name in COMPLETENESS}}
    facts["oversight_overdue"] = Agreement.objects.overdue(day).count()
    whole.event = record("assets.figures_kept", RegisterSettings.current(), by=None, facts=facts)
    Completeness.objects.bulk_create(rows)
    return whole.event
