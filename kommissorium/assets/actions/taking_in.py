"""Take the rows of an import in: all that was shown, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.requiring import keep_required
from kommissorium.assets.actions.reviews import follow_reviews
from kommissorium.assets.actions.suppliers import SupplierValues, add_supplier
from kommissorium.assets.importing.plan import Plan, PlannedRow, State
from kommissorium.assets.importing.planning import plan_of
from kommissorium.assets.models import Area, Asset, Import, ImportedRow, Ownership, Supplier
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

AT_ONCE = 500  # rows to a statement
# Working out what to do is reported up to here; the rest is one transaction, seen when it is over.
WORKED_OUT = 50


def take_in(run: Import, *, by: Person, mark: str, without_wrong: bool = False) -> None:
    """Take the rows in that are right, all or none. `mark` is the plan's that was looked at.

    Raises Refused where rows are wrong and it was not said to leave them out, where anything has
    changed since the plan was looked at, and where there is nothing to do.
    """
    if not Import.can_be_made_by(by):
        raise PermissionDenied
    _refuse_closed(run)
    try:
        plan = plan_of(run, told=lambda percent: tell_progress(run, percent * WORKED_OUT // 100))
        _refuse_unseen(plan, mark=mark, without_wrong=without_wrong)
        tell_progress(run, WORKED_OUT)
        _write(run, plan, by)
    except IntegrityError:
        raise _overtaken() from None
    finally:
        tell_progress(run, None)


def tell_progress(run: Import, percent: int | None) -> None:
    """Note how far it has come, for the page that waits; None when nothing runs."""
    Import.objects.filter(pk=run.pk).update(progress=percent)


@transaction.atomic
def _write(run: Import, plan: Plan, by: Person) -> None:
    counts = plan.counts
    claimed = Import.objects.filter(
        pk=run.pk, state=Import.State.READ, edit_version=run.edit_version
    )
    if not claimed.update(
        state=Import.State.DONE,
        done_at=timezone.now(),
        edit_version=run.edit_version + 1,
        added=counts[State.NEW],
        changed=counts[State.CHANGED],
        same=counts[State.SAME],
        faulty=counts[State.WRONG],
    ):
        raise Refused(_("It has been taken in or given up already."))
    run.refresh_from_db()
    rows = [row for row in plan.rows if row.state in {State.NEW, State.CHANGED}]
    _make_named(rows, by)
    imported = _Writer(run, by).write(rows)
    ImportedRow.objects.bulk_create(imported, AT_ONCE)
    keys = [row.asset_id for row in imported if row.asset_id]
    keep_required(keys)
    follow_reviews(keys, by=by)
    facts = {"added": run.added, "changed": run.changed, "same": run.same, "left_out": run.faulty}
    record("assets.import_done", run, by=by, facts=facts)


class _Writer:
    """Writes assets and owners, and gathers what was there before."""

    def __init__(self, run: Import, by: Person) -> None:
        self.run, self.by, self.now = run, by, timezone.now()
        keys = Person.objects.values_list("pk", "pseudonym")
        self._pseudonyms: Mapping[int, UUID] = dict(keys)

    def write(self, rows: Sequence[PlannedRow]) -> list[ImportedRow]:
        """Write all rows; return what is to be known to undo each."""
        new = self._add([row for row in rows if row.state == State.NEW])
        before = {row.number: self._change(row) for row in rows if row.state == State.CHANGED}
        assets = new | {row.number: row.asset for row in rows if row.asset}
        owners = self._appoint(rows, assets)
        imported = []
        for row in rows:
            fields, version = before.get(row.number, ({}, 1))
            self._record(row, assets[row.number])
            imported.append(
                ImportedRow(
                    run=self.run,
                    asset_id=assets[row.number],
                    number=row.number,
                    is_new=row.number in new,
                    before={
                        "name": row.name,  # what it was called, should it be removed again
                        "fields": fields,
                        "owners": owners.get(row.number, {}),
                    },
                    after_version=version,
                )
            )
        return imported

    def _add(self, rows: Sequence[PlannedRow]) -> dict[int, int]:
        today = timezone.localdate(self.now)
        made = [
            Asset(
                kind=self.run.kind,
                registered_on=today,
                created_at=self.now,
                changed_at=self.now,
                **row.values,
            )
            for row in rows
        ]
        made = Asset.objects.bulk_create(made, AT_ONCE)
        return {row.number: asset.pk for row, asset in zip(rows, made, strict=True)}

    def _change(self, row: PlannedRow) -> tuple[dict[str, Any], int]:
        """Change an asset; return what it held before, and its version now."""
        if row.seen is None:
            raise _overtaken()
        version = row.seen.edit_version
        if not row.values:
            return {}, version
        before = {_column(name): _plain(getattr(row.seen, _column(name))) for name in row.values}
        same = Asset.objects.filter(pk=row.seen.pk, edit_version=version, ended_on=None)
        if not same.update(**row.values, changed_at=self.now, edit_version=version + 1):
            raise _overtaken()
        return before, version + 1

    def _appoint(
        self, rows: Sequence[PlannedRow], assets: Mapping[int, int]
    ) -> dict[int, dict[str, dict[str, int | None]]]:
        """Give the roles; return by row and role the ownership made and the one it ended."""
        wanted = [(row, role, person) for row in rows for role, person in row.owners.items()]
        for row, role, _person in wanted:
            if (held := row.held.get(role)) is not None:
                self._end(held.pk, held.since, row.since or self.now.date())
        made = Ownership.objects.bulk_create(
            [
                Ownership(
                    asset_id=assets[row.number],
                    role=role,
                    person_id=person,
                    from_date=row.since or timezone.localdate(self.now),
                )
                for row, role, person in wanted
            ],
            AT_ONCE,
        )
        owners: dict[int, dict[str, dict[str, int | None]]] = {}
        for (row, role, _person), ownership in zip(wanted, made, strict=True):
            held = row.held.get(role)
            told = {"made": ownership.pk, "ended": held.pk if held else None}
            owners.setdefault(row.number, {})[role] = told
        return owners

    def _end(self, key: int, since: date, begins: date) -> None:
        last = max(begins - timedelta(days=1), since)
        if not Ownership.objects.current().filter(pk=key).update(to_date=last):
            raise _overtaken()

    def _record(self, row: PlannedRow, key: int) -> None:
        owners = {role: str(self._pseudonyms[person]) for role, person in row.owners.items()}
        facts = {
            "import": self.run.pk,
            "is_new": row.asset is None,
            "fields": sorted(row.values),
            "owners": owners,
        }
        record("assets.asset_imported", Asset(pk=key), by=self.by, facts=facts)


def _make_named(rows: Sequence[PlannedRow], by: Person) -> None:
    """Add the areas and suppliers that were chosen to be new and that the rows have."""
    for row in rows:
        for value in row.values.values():
            if isinstance(value, Area) and not value.pk:
                value.pk = add_area(by=by, name=value.name).pk
            elif isinstance(value, Supplier) and not value.pk:
                value.pk = add_supplier(by=by, values=SupplierValues(value.name)).pk


def _refuse_closed(run: Import) -> None:
    if run.state != Import.State.READ:
        raise Refused(_("It has been taken in or given up already."))


def _refuse_unseen(plan: Plan, *, mark: str, without_wrong: bool) -> None:
    counts = plan.counts
    if plan.mark != mark:
        raise _overtaken()
    if not counts[State.NEW] + counts[State.CHANGED]:
        raise Refused(_("There is nothing in the file that is new or changed."))
    if (wrong := counts[State.WRONG]) and not without_wrong:
        sentence = ngettext(
            "%(count)d row is wrong. Put it right in the file and start again, or say that it is"
            " to be left out.",
            "%(count)d rows are wrong. Put them right in the file and start again, or say that they"
            " are to be left out.",
            wrong,
        )
        raise Refused(without_wrong=sentence % {"count": wrong})


def _overtaken() -> Refused:
    return Refused(_("The register has changed since you looked. Look through the rows again."))


def _column(name: str) -> str:
    """Return the name of the attribute that holds what the database holds."""
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    return str(field.attname)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date | UUID) else value
