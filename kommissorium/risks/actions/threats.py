"""Keep the catalogue of threats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Kind
from kommissorium.core.actions.rows import change_row, restore, retire
from kommissorium.core.cleaning import clean_line, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.risks.models import Group, Threat
from kommissorium.risks.models.built_in import BUILT_IN
from kommissorium.risks.models.threats import NAME_LENGTH, TEXT_LENGTH

STEP = 10  # between the positions of two threats
MOST_THREATS = 500  # in use at once: the catalogue is one page


@transaction.atomic
def add_threat(
    *, by: Person, group: str, name: str, description: str = "", kinds: Sequence[str] = ()
) -> Threat:
    """Add a threat, the last of its group. `kinds` are kinds of asset, none for all. Raises Refused."""
    if not Threat.can_be_kept_by(by):
        raise PermissionDenied
    values = _checked(group, name, description, kinds)
    if Threat.objects.select_for_update().filter(is_retired=False).count() >= MOST_THREATS:
        raise Refused(_("500 threats are enough. Take one out of use first."))
    made = Threat.objects.create(**values, position=_last(group) + STEP)
    record("risks.threat_added", made, by=by, facts=_facts(made))
    return made


@transaction.atomic
def change_threat(
    threat: Threat,
    *,
    by: Person,
    group: str,
    name: str,
    description: str,
    kinds: Sequence[str],
    edit_version: int,
) -> None:
    """Give a threat other words, another group or other kinds. Risks already assessed keep theirs.

    A built-in threat whose words stay as they came keeps following the reader's language.
    Raises Refused; Conflict.
    """
    if not Threat.can_be_kept_by(by):
        raise PermissionDenied
    values = _checked(group, name, description, kinds, own=threat)
    if threat.code in BUILT_IN:
        came = BUILT_IN[threat.code]
        for field, words in (("name", came.name), ("text", came.text)):
            if not getattr(threat, field) and values[field] == str(words):
                values[field] = ""
    if group != threat.group:
        values["position"] = _last(group) + STEP
    change_row(
        threat,
        values,
        edit_version=edit_version,
        act="risks.threat_changed",
        by=by,
        facts=_facts,
        current=threat_values,
    )


@transaction.atomic
def retire_threat(threat: Threat, *, by: Person) -> None:
    """Take a threat out of use: it can no longer be chosen; risks that came of it stay."""
    if not Threat.can_be_kept_by(by):
        raise PermissionDenied
    retire(threat, act="risks.threat_retired", by=by, facts=_facts)


@transaction.atomic
def restore_threat(threat: Threat, *, by: Person) -> None:
    """Let a threat be chosen again."""
    if not Threat.can_be_kept_by(by):
        raise PermissionDenied
    restore(threat, act="risks.threat_restored", by=by, facts=_facts)


def threat_values(threat: Threat) -> dict[str, Any]:
    """Return what a threat says, by field, in the active language."""
    return {
        "group": threat.group,
        "name": threat.label,
        "description": threat.told,
        "kinds": threat.kind_codes,
        "edit_version": threat.edit_version,
    }


def _last(group: str) -> int:
    return Threat.objects.filter(group=group).aggregate(last=Max("position"))["last"] or 0


def _facts(threat: Threat) -> dict[str, str]:
    return {"code": threat.code, "name": threat.name, "group": threat.group}


def _checked(
    group: str, name: str, description: str, kinds: Sequence[str], own: Threat | None = None
) -> dict[str, Any]:
    if group not in Group.values:
        raise Refused(group=_("Choose one of the options."))
    if set(kinds) - set(Kind.values):
        raise Refused(kinds=_("Choose from the list."))
    name = clean_line(name, "name", NAME_LENGTH, wanted=_("Write a name."))
    others = Threat.objects.exclude(pk=own.pk if own else 0)
    if any(one.label.casefold() == name.casefold() for one in others):
        raise Refused(name=_("The name is taken already. Choose another."))
    # All kinds chosen is the same as none chosen: it can hit any.
    chosen = [kind for kind in Kind.values if kind in kinds] if len(set(kinds)) < len(Kind) else []
    told = clean_text(description, "description", TEXT_LENGTH)
    return {"group": group, "name": name, "text": told, "kinds": _between(chosen)}


def _between(kinds: Sequence[str]) -> str:
    return f",{','.join(kinds)}," if kinds else ""
