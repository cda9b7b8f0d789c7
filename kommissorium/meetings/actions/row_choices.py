"""Choose for the rows of an item, and let its recommendation and decision say what is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_for_item
from kommissorium.meetings.decision_words import decided_as_recommended, decides_nothing
from kommissorium.meetings.models import AgendaItem, ItemDraft, Meeting, Proceedings, RowChoice
from kommissorium.meetings.models.row_choices import BECAUSE_LENGTH
from kommissorium.meetings.rows_to_choose import (
    Chooser,
    Chosen,
    ChosenRow,
    OfferedRow,
    chooser_of,
    recommended,
    rows_of,
    words_of,
)


@transaction.atomic
def choose_rows(
    item: AgendaItem, choices: Mapping[str, Chosen], *, by: Person, versions: Mapping[str, int]
) -> None:
    """Keep what is chosen for rows of an item, by their key; the others stay as they are.

    `versions` are those of the choices the writer saw, 0 where nobody had chosen. Raises Refused,
    by key, for what is not offered, for what could not take effect today, and for a row for which
    somebody chose since. A recommendation that nobody edited, and a decision that was written
    from the choices, say afterwards what is chosen now.
    """
    if not item.rows_can_be_chosen_by(by):
        raise PermissionDenied
    lock_for_item(item, Meeting.State.PLANNED, *Meeting.RECORDED)
    rows, chooser = rows_of(item), chooser_of(item)
    if chooser is None or not rows:
        raise Refused(_("There is nothing to choose under this item."))
    given = {row.offered.key: row for row in rows if row.offered.key in choices}
    wanted = {key: _cleaned(choices[key]) for key in given}
    changed = {key: row for key, row in given.items() if not _is_kept(row, wanted[key])}
    _refuse(item, chooser, changed, wanted, versions=versions, by=by)
    chooser.refuse_together({row.offered.key: row.chosen for row in rows} | wanted, by=by)
    if not changed:
        return
    before, _outcome = decided_on(rows)
    for key, row in changed.items():
        _keep(item, row, wanted[key], by, version=row.version + 1)
    if item.meeting.state == Meeting.State.PLANNED:
        renew_recommendation(item, by=by)
    else:
        _renew_decision(item, before)
    told = {"item": item.pk, "rows": sorted(changed)}
    capacity = {"capacity": item.meeting.committee.capacity_of(by)}
    record("meetings.rows_chosen", item.meeting, by=by, facts=told | capacity)


def settle_rows(item: AgendaItem, *, by: Person) -> None:
    """Let what is proposed be chosen where nobody chose: the committee follows it.

    Part of the act that writes down the outcome. Raises Refused for what could not take effect
    together.
    """
    rows, chooser = rows_of(item), chooser_of(item)
    if chooser and rows:
        try:
            chooser.refuse_together({row.offered.key: row.chosen for row in rows}, by=by)
        except Refused as refused:
            raise Refused(" ".join(refused.errors.values())) from None
    for row in rows:
        if not row.version:
            _keep(item, row, row.chosen, by, version=1)


def renew_recommendation(item: AgendaItem, *, by: Person) -> None:
    """Let the recommendation say what is chosen, unless a person edited it: part of another act.

    Where nobody chose, what is proposed today is kept, so that page and recommendation say the same.
    """
    for row in rows_of(item):
        proposed = row.offered.proposed() if not row.version else None
        if proposed and not (row.saved and row.chosen == proposed):
            _keep(item, row, proposed, by, version=0)
    rows = rows_of(item)
    if not rows:
        return
    draft = ItemDraft.objects.filter(item=item).first() or ItemDraft(item=item)
    item.refresh_from_db(fields=["recommendation", "presentation", "edit_version"])
    is_edited = item.recommendation != draft.taken_recommendation
    # One of before, which asked the committee to decide whether, says nothing that must be kept.
    if is_edited and not decides_nothing(item.recommendation):
        return
    points = [row.words for row in rows]
    text = recommended(points)
    if draft.pk is not None and text == item.recommendation:
        return
    draft.recommendation = draft.taken_recommendation = text
    draft.presentation = draft.taken_presentation = item.presentation
    draft.points, draft.made_at = points, timezone.now()
    draft.edit_version += 1
    draft.save()
    update_row(item, {"recommendation": text}, edit_version=item.edit_version)


def decided_on(rows: Sequence[ChosenRow]) -> tuple[str, str]:
    """Return the decision that follows what is chosen, as rich text, and its outcome."""
    return decided_as_recommended(recommended([row.words for row in rows]))


def _refuse(
    item: AgendaItem,
    chooser: Chooser,
    rows: Mapping[str, ChosenRow],
    wanted: Mapping[str, Chosen],
    *,
    versions: Mapping[str, int],
    by: Person,
) -> None:
    errors = {}
    for key, row in rows.items():
        chosen = wanted[key]
        if row.saved and row.version != versions.get(key, 0):
            text = _("%(name)s has chosen meanwhile: %(words)s. Save again to replace it.")
            errors[key] = text % {"name": row.saved.chosen_by.name, "words": row.saved.words}
        elif reason := _missing(row.offered, chosen):
            errors[key] = reason
        else:
            try:
                chooser.refuse(item, key, chosen, by=by)
            except Refused as refused:
                errors[key] = " ".join(refused.errors.values())
    if errors:
        raise Refused(**errors)


def _missing(row: OfferedRow, chosen: Chosen) -> str:
    option = row.option(chosen.code)
    if option is None:
        return _("Choose one of the options.")
    return _("Choose a day.") if option.needs_day and chosen.day is None else ""


def _cleaned(chosen: Chosen) -> Chosen:
    because = clean_text(chosen.because, "because", BECAUSE_LENGTH)
    return Chosen(chosen.code, chosen.day, because)


def _is_kept(row: ChosenRow, chosen: Chosen) -> bool:
    return row.version > 0 and row.chosen == _fitting(row.offered, chosen)


def _fitting(row: OfferedRow, chosen: Chosen) -> Chosen:
    """Return the choice without a day where its option needs none."""
    option = row.option(chosen.code)
    return chosen if option and option.needs_day else Chosen(chosen.code, None, chosen.because)


def _keep(item: AgendaItem, row: ChosenRow, chosen: Chosen, by: Person, *, version: int) -> None:
    found = row.saved or RowChoice(item=item, key=row.offered.key)
    fitting = _fitting(row.offered, chosen)
    found.code, found.day, found.because = fitting.code, fitting.day, fitting.because
    found.words = words_of(row.offered, fitting)
    found.chosen_by, found.chosen_at = by, timezone.now()
    found.edit_version = version
    found.save()


def _renew_decision(item: AgendaItem, before: str) -> None:
    """Let a decision that was written from the choices say what is chosen now."""
    row = Proceedings.objects.select_for_update().filter(item=item).first()
    if row is None or row.decision != before:
        return
    row.decision = decided_on(rows_of(item))[0]
    row.versions = {**row.versions, "decision": row.version_of("decision") + 1}
    row.save()
