"""Checks what guards a database against the last event of its sealing, and against the program."""

from __future__ import annotations

from django.db import connection

from kommissorium.core.evidence import verifier
from kommissorium.core.evidence.canonical import sha256
from kommissorium.core.evidence.guards import Parts, differences, guards_by_table, key_print
from kommissorium.core.evidence.models import Salt
from kommissorium.core.evidence.sealed_tables import kept_tables, sealed_columns, triggers_by_table
from kommissorium.core.evidence.shape import misshapen

SEALING, DATABASE = "sealing", "database"  # groups of faults


def check_sealing(found: verifier.Chain, report: verifier.Report) -> None:
    """Compare salt, key, columns, triggers and constraints with what the chain says of them."""
    said = found.sealing
    if not said:
        report.fault(SEALING, "the sealing never began: no event says which tables are sealed")
        return
    salts = list(Salt.objects.values_list("value", flat=True))
    if [sha256(value) for value in salts] != [said["salt"]]:
        report.fault(SEALING, "the salt is not the one with which sealing began")
    elif said.get("key") not in {None, key_print(salts[0])}:
        report.fault(SEALING, "the signing key (secret.key) is not the one that the chain knows")
    if kept_tables() != said.get("kept"):
        report.fault(SEALING, "the program keeps versions of other tables than the last event says")
    if sealed_columns() != said["columns"]:
        report.fault(
            SEALING, "the program seals other tables or columns than the database's last event says"
        )
    _compare(said["triggers"], triggers_by_table(connection), "trigger", report)
    if "guards" in said:  # a database that this version has not served yet has none
        _compare(said["guards"], guards_by_table(connection), "constraint", report)
    _check_shape(report)
    if connection.vendor == "sqlite":
        _check_pages(report)


def _check_pages(report: verifier.Report) -> None:
    """Report what SQLite finds wrong in its own file, as an index that does not find its rows.

    The words of the search are no evidence: they are made anew by `kommissorium index`.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(100)")
        for (said,) in cursor.fetchall():
            if said != "ok" and "FTS5" not in said:
                report.fault(DATABASE, f"the database's file: {said}")


def _check_shape(report: verifier.Report) -> None:
    """Report what this program expects otherwise, and the chain says nothing about."""
    for table, lines in misshapen(connection).items():
        if table not in report.groups:
            for line in lines:
                report.fault(table, line)


def _compare(wanted: Parts, there: Parts, kind: str, report: verifier.Report) -> None:
    for table, line in differences(wanted, there, kind):
        report.fault(table, line)
