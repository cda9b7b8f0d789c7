"""Settings of the registers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.reviews import follow_all_reviews
from kommissorium.assets.models import RegisterSettings
from kommissorium.committees.models import Committee
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

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
    if not FEWEST <= many_assets <= MOST:
        raise Refused(many_assets=_("Write a number from 2 to 1000."))
    # The defaults become a row the first time somebody saves.
    row, _is_new = RegisterSettings.objects.get_or_create(pk=1)
    values = {"committee": committee, "many_assets": many_assets}
    update_row(row, values, edit_version=edit_version)
    follow_all_reviews()
    facts = {"committee": committee.pk if committee else 0, "many_assets": many_assets}
    record("assets.settings_changed", row, by=by, facts=facts)
    return row
