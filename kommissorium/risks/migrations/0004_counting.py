"""Counts of the cells of risk pictures, kept by the database itself."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kommissorium.core.evidence.freeze_triggers import Triggers

PICTURES = {"before": "", "after": "residual_"}
CELL = 'picture, scale_id, "group", consequence, likelihood'


def cell_of(row: str, prefix: str) -> tuple[str, str]:
    """Return consequence and likelihood of a row, both 0 while one of them is unknown."""
    steps = [f"{row}.{prefix}consequence", f"{row}.{prefix}likelihood"]
    unknown = " OR ".join(f"{step} IS NULL" for step in steps)
    consequence, likelihood = (f"CASE WHEN {unknown} THEN 0 ELSE {step} END" for step in steps)
    return consequence, likelihood


def added(table: str, columns: str) -> str:
    return f"ON CONFLICT ({columns}) DO UPDATE SET number = {table}.number + excluded.number;"


def count(row: str, sign: int) -> str:
    """Return the statements that count a risk of today's picture in, or out again."""
    return " ".join(
        f"INSERT INTO risks_cellcount ({CELL}, number) "  # noqa: S608 names are ours
        f"SELECT '{picture}', a.scale_id, {row}.\"group\", {', '.join(cell_of(row, prefix))}, "
        f"{sign} FROM risks_assessment a "
        f"WHERE a.id = {row}.assessment_id AND {row}.is_in_force {added('risks_cellcount', CELL)}"
        for picture, prefix in PICTURES.items()
    )


def change(day: str, sign: int, source: str, condition: str) -> str:
    """Return the statements that note risks as having come on a day, or left on it."""
    statements = []
    for picture, prefix in PICTURES.items():
        consequence, likelihood = cell_of("s", prefix)
        statements.append(
            f"INSERT INTO risks_cellchange (day, {CELL}, number) "  # noqa: S608 names are ours
            f"SELECT {day}, '{picture}', a.scale_id, s.\"group\", {consequence}, {likelihood}, "
            f"{sign} * COUNT(*) FROM {source} WHERE {condition} AND {day} IS NOT NULL "
            f'GROUP BY {day}, a.scale_id, s."group", {consequence}, {likelihood} '
            f"{added('risks_cellchange', f'day, {CELL}')}"
        )
    return " ".join(statements)


def came_and_left(differs: str) -> str:
    """Return the statements for an assessment whose dates were set, changed or taken away."""
    statements = []
    for row, column, sign in (
        ("OLD", "in_force_from", -1),
        ("NEW", "in_force_from", 1),
        ("OLD", "in_force_to", 1),
        ("NEW", "in_force_to", -1),
    ):
        source = "risks_scenario s JOIN risks_assessment a ON a.id = s.assessment_id"
        changed = f"a.id = {row}.id AND OLD.{column} {differs} NEW.{column}"
        statements.append(change(f"{row}.{column}", sign, source, changed))
    return " ".join(statements)


# The name of each trigger, its table, when it fires, and what it does on either database.
OLD, NEW = count("OLD", -1), count("NEW", 1)
STEPS = ", ".join(
    f"{prefix}{step}" for prefix in PICTURES.values() for step in ("consequence", "likelihood")
)
TRIGGERS = (
    ("risks_count_new", "risks_scenario", "INSERT", lambda _differs: NEW),
    ("risks_count_gone", "risks_scenario", "DELETE", lambda _differs: OLD),
    (
        "risks_count_changed",
        "risks_scenario",
        f'UPDATE OF is_in_force, "group", {STEPS}',
        lambda _differs: f"{OLD} {NEW}",
    ),
    (
        "risks_change_dates",
        "risks_assessment",
        "UPDATE OF in_force_from, in_force_to",
        came_and_left,
    ),
)


def make_counting(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = editor.connection.vendor == "postgresql"
    for name, table, verb, body in TRIGGERS:
        if is_postgresql:
            editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {body('IS DISTINCT FROM')} RETURN NULL; END $$"
            )
            editor.execute(
                f"CREATE TRIGGER {name} AFTER {verb} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            editor.execute(
                f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {body('IS NOT')} END"
            )


def drop_counting(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for name, table, _verb, _body in TRIGGERS:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


class Migration(migrations.Migration):
    dependencies = [("risks", "0003_threats_and_scales")]

    operations = [Triggers(make_counting, drop_counting)]
