"""Settings of incidents, the service desk's token, and the municipality's own checklists."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields, clean_line, clean_text
from kommissorium.core.drawn import hash_of
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.models import Checklist, Incident, IncidentSettings
from kommissorium.incidents.models.settings import STEP_LENGTH


@transaction.atomic
def change_settings(*, by: Person, values: Mapping[str, Any], edit_version: int) -> None:
    """Change the settings of incidents. Raises Conflict."""
    _refuse_others(by)
    row, _new = IncidentSettings.objects.get_or_create(pk=1)
    change_row(
        row,
        clean_fields(IncidentSettings, values),
        edit_version=edit_version,
        act="incidents.settings_changed",
        by=by,
        facts=lambda now: {"open": now.open_reports, "from": now.evaluated_from},
    )


@transaction.atomic
def draw_token(*, by: Person) -> str:
    """Draw a new token for the service desk and return it: the only time it can be read."""
    _refuse_others(by)
    token = secrets.token_urlsafe(32)
    row, _new = IncidentSettings.objects.get_or_create(pk=1)
    IncidentSettings.objects.filter(pk=row.pk).update(token_hash=hash_of(token))
    record("incidents.token_drawn", Municipality.current(), by=by)
    return token


@transaction.atomic
def keep_checklist(*, by: Person, name: str, steps: str) -> None:
    """Keep a checklist of one's own: under an existing name it replaces the steps.

    Without steps it is taken out of use. Cases in which it is used keep theirs.
    """
    _refuse_others(by)
    word = clean_line(name, "name", 100, wanted=_("Must be filled in."))
    lines = [line.strip() for line in clean_text(steps, "steps").splitlines() if line.strip()]
    if any(len(line) > STEP_LENGTH for line in lines):
        raise Refused(steps=_("A step can be %(most)d characters long.") % {"most": STEP_LENGTH})
    known = Checklist.objects.filter(name=word).first()
    if known is None and not lines:
        raise Refused(steps=_("Must be filled in."))
    values = {"is_retired": not lines, **({"steps": "\n".join(lines)} if lines else {})}
    if known is None:
        known = Checklist.objects.create(name=word, **values)
    else:
        Checklist.objects.filter(pk=known.pk).update(**values)
    record("incidents.checklist_kept", known, by=by, facts={"name": word, "steps": len(lines)})


def _refuse_others(by: Person) -> None:
    if not Incident.can_be_kept_by(by):
        raise PermissionDenied
