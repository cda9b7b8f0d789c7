"""Draft the risk level, put it forward, and let the committee's decision lay it down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.models import Record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import (
    clean_year,
    hold_for_approval,
    make_draft_again,
    make_room,
    move,
    propose,
    refuse_unless,
)
from kommissorium.risks.level_document import content_of, level_pdf
from kommissorium.risks.models import Group, RiskLevel, Scale

LEVEL: Final = "risks.level"  # the kind of record
TEXT_LENGTH: Final = 5000

type Acceptable = Sequence[Sequence[bool]]  # as RiskLevel.cells

State = RiskLevel.State


@transaction.atomic
def draft_level(
    *,
    by: Person,
    scale: Scale,
    year: int,
    group: str,
    statement: str,
    cells: Acceptable,
    wide_because: str = "",
) -> RiskLevel:
    """Begin a risk level by a scale. `group` "" is for every category without one of its own.

    Raises Refused for a past year, no words, and cells that make no sense.
    """
    if not RiskLevel.can_be_drafted_by(by):
        raise PermissionDenied
    values = _checked(scale, year, group, statement, cells) | _why(wide_because)
    level = RiskLevel.objects.create(scale=scale, **values, made_by=by, made_at=timezone.now())
    record("risks.level_drafted", level, by=by, facts=_facts(level))
    return level


@transaction.atomic
def change_level(
    level: RiskLevel,
    *,
    by: Person,
    year: int,
    group: str,
    statement: str,
    cells: Acceptable,
    edit_version: int,
    wide_because: str | None = "",
) -> None:
    """Change a draft. Raises Refused as draft_level does, and for what is no draft; Conflict."""
    if not RiskLevel.can_be_drafted_by(by):
        raise PermissionDenied
    values = _checked(level.scale, year, group, statement, cells) | _why(wide_because)
    change_row(
        level,
        values,
        edit_version=edit_version,
        act="risks.level_changed",
        by=by,
        facts=_facts,
        among=RiskLevel.objects.filter(state=State.DRAFT),
        current=_draft_values,
    )


@transaction.atomic
def propose_level(level: RiskLevel, *, committee: Committee, by: Person) -> None:
    """Put a draft forward for the committee to decide on; it cannot be changed meanwhile.

    Raises Refused where it accepts nearly all cells and does not say why.
    """
    if not RiskLevel.can_be_drafted_by(by):
        raise PermissionDenied
    if level.accepts_nearly_all and not level.wide_because:
        text = _("It accepts at least seven cells in eight: edit the level and write why.")
        raise Refused(text)
    propose(level, committee, by=by)
    record("risks.level_proposed", level, by=by, facts=_facts(level))


@transaction.atomic
def reopen_level(level: RiskLevel, *, by: Person, decision: Decision | None = None) -> None:
    """Make a proposed level a draft again: taken back, or not approved by the committee.

    `decision` is the committee's; without one only coordinators may. Raises Refused for what is
    not proposed.
    """
    if decision is None and not RiskLevel.can_be_drafted_by(by):
        raise PermissionDenied
    told = make_draft_again(level, decision)
    record("risks.level_reopened", level, by=by, facts=_facts(level) | told)


@transaction.atomic
def drop_level(level: RiskLevel, *, by: Person) -> None:
    """Give a draft up; it can still be read by coordinators. Raises Refused for what is no draft."""
    if not RiskLevel.can_be_drafted_by(by):
        raise PermissionDenied
    move(level, State.DRAFT, State.DROPPED)
    record("risks.level_dropped", level, by=by, facts=_facts(level))


@transaction.atomic
def approve_level(
    level: RiskLevel, *, decision: Decision, by: Person, on: date | None = None
) -> RiskLevel:
    """Lay a proposed level down as decided. It holds from `on` (today when not given), but not
    before its year begins, and takes the place of the former one of its category.

    Raises PermissionDenied for a decision about something else, and Refused for one that does
    not approve, for a level not proposed, and where who proposed it would decide alone.
    """
    hold_for_approval(level, decision)
    if decision.item_id is None and decision.by_id == level.proposed_by_id:
        raise Refused(_("Who proposed the level cannot decide on it alone."))
    begins = max(on or timezone.localdate(), date(level.year, 1, 1))
    ends = make_room(RiskLevel.objects.filter(group=level.group), begins)
    changes = {"decision": decision, "in_force_from": begins, "in_force_to": ends}
    frozen = _freeze(level, decision, begins, by)
    move(level, State.PROPOSED, State.APPROVED, **changes, record=frozen)
    who = {"committee": decision.committee_id, "committee_name": decision.committee.name}
    facts = _facts(level) | who | {"from": begins, "decision": decision.number}
    record("risks.level_approved", level, by=by, facts=facts)
    return level


def level_values(level: RiskLevel) -> dict[str, Any]:
    """Return what a level says, by field."""
    return {
        "year": level.year,
        "group": level.group,
        "statement": level.statement,
        "cells": level.cells,
        "wide_because": level.wide_because,
        "edit_version": level.edit_version,
    }


def _draft_values(level: RiskLevel) -> dict[str, Any]:
    refuse_unless(level, State.DRAFT)
    return level_values(level)


def _freeze(level: RiskLevel, decision: Decision, begins: date, by: Person) -> Record:
    content = content_of(level, decision=decision.number, in_force_from=begins)
    pdf = level_pdf(content, made_at=timezone.localtime())
    return freeze(LEVEL, level, by=by, content=content, pdf=pdf)


def _facts(level: RiskLevel) -> dict[str, Any]:
    return {"year": level.year, "group": level.group}


def _checked(
    scale: Scale, year: int, group: str, statement: str, cells: Acceptable
) -> dict[str, Any]:
    if group and group not in Group.values:
        raise Refused(group=_("Choose one of the options."))
    words = clean_text(statement, "statement", TEXT_LENGTH)
    if not words:
        raise Refused(statement=_("Must be filled in."))
    _refuse_holes(scale, cells)
    rows = [[bool(cell) for cell in row] for row in cells]
    return {"year": clean_year(year), "group": group, "statement": words, "cells": rows}


def _why(wide_because: str | None) -> dict[str, str]:
    return {"wide_because": clean_text(wide_because or "", "wide_because", TEXT_LENGTH)}


def _refuse_holes(scale: Scale, cells: Acceptable) -> None:
    """Refuse a level that accepts a cell but not all milder ones: no line could be drawn."""
    size = scale.size
    if len(cells) != size or any(len(row) != size for row in cells):
        raise ValueError("a level has the cells of its scale")
    for c in range(size):
        for likelihood in range(size):
            below = cells[c - 1][likelihood] if c else True
            before = cells[c][likelihood - 1] if likelihood else True
            if cells[c][likelihood] and not (below and before):
                sentence = _("What is less likely or less bad must be acceptable too.")
                raise Refused(**{f"cell_{c + 1}_{likelihood + 1}": sentence})
    if cells[-1][-1]:
        sentence = _("The worst cell of all cannot be acceptable: there would be no level.")
        raise Refused(**{f"cell_{size}_{size}": sentence})
