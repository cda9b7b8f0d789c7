"""What lists are searched in and sorted by, and counts of cells, kept by the database itself."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Cast, Concat, Lower, Replace

from kommissorium.core.evidence.freezing import Triggers, refuse_changes, refuse_new_rows

LAST = {"æ": "zz1", "Æ": "zz1", "ø": "zz2", "Ø": "zz2", "å": "zz3", "Å": "zz3"}
SMALL = {"Æ": "æ", "Ø": "ø", "Å": "å", "Ä": "ä", "Ö": "ö", "Ü": "ü", "É": "é"}
FROZEN = (
    *("assessment_id", "lineage", "position", "threat_id", "group", "title", "description"),
    *("measures", "likelihood", "confidentiality_person", "integrity_person"),
    *("availability_person", "confidentiality_organisation", "integrity_organisation"),
    *("availability_organisation", "society", "authenticity", "consequence", "rank"),
    *("treatment", "treatment_note", "residual_likelihood", "residual_consequence"),
    *("residual_rank", "owner_id"),
)
APPROVED = "(SELECT state FROM risks_assessment WHERE id = OLD.assessment_id) = 'approved'"
PICTURES = {"before": "", "after": "residual_"}
CELL = 'picture, scale_id, "group", consequence, likelihood'


def value(letters):
    return models.Value(letters, output_field=models.TextField())


def ordered():
    text = Lower("title")
    for letter, stand_in in LAST.items():
        text = Replace(text, models.Value(letter), models.Value(stand_in))
    return text


def searched():
    parts = []
    for field in ("title", "description", "measures", "treatment_note"):
        parts += [Cast(field, models.TextField()), value(" ")]
    text = Lower(Concat(*parts))
    for capital, small in SMALL.items():
        text = Replace(text, value(capital), value(small))
    return text


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


def cells(name: str, more: list[tuple[str, Any]], unique: list[str], constraint: str) -> Any:
    fields = [
        (
            "id",
            models.BigAutoField(
                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
            ),
        ),
        (
            "picture",
            models.CharField(
                choices=[("before", "before treatment"), ("after", "after treatment")], max_length=6
            ),
        ),
        ("group", models.CharField(max_length=15)),
        ("consequence", models.PositiveSmallIntegerField()),
        ("likelihood", models.PositiveSmallIntegerField()),
        ("number", models.IntegerField()),
        (
            "scale",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="risks.scale"
            ),
        ),
        *more,
    ]
    keys = [*unique, "picture", "scale", "group", "consequence", "likelihood"]
    constraints = [models.UniqueConstraint(fields=keys, name=constraint)]
    return migrations.CreateModel(name, fields, options={"constraints": constraints})


KEEP = refuse_changes("risks_scenario", [f'"{name}"' for name in FROZEN], APPROVED)


class Migration(migrations.Migration):
    dependencies = [("risks", "0004_scales")]

    operations = [
        # SQLite writes the table anew for the two columns and forgets its triggers.
        Triggers(KEEP.reverse_code, KEEP.code),
        migrations.AddField(
            "scenario",
            "search",
            models.GeneratedField(
                expression=searched(), output_field=models.TextField(), db_persist=True
            ),
        ),
        migrations.AddField(
            "scenario",
            "title_order",
            models.GeneratedField(
                expression=ordered(), output_field=models.TextField(), db_persist=True
            ),
        ),
        migrations.RemoveIndex("scenario", "risks_scena_is_in_f_52602b_idx"),
        migrations.AddIndex(
            "scenario",
            models.Index(
                fields=["is_in_force", "-rank", "-consequence", "-likelihood", "title_order"],
                name="risks_by_how_great_they_are",
            ),
        ),
        migrations.RemoveIndex("scenario", "risks_scena_is_in_f_89128f_idx"),
        migrations.AddIndex(
            "scenario",
            models.Index(
                fields=["is_in_force", "likelihood", "consequence", "title_order"],
                name="risks_of_a_cell",
            ),
        ),
        migrations.RemoveIndex("scenario", "risks_scena_lineage_547b10_idx"),
        migrations.AddIndex(
            "scenario",
            models.Index(fields=["lineage", "is_in_force"], name="risks_of_a_lineage"),
        ),
        Triggers(KEEP.code, KEEP.reverse_code),
        refuse_new_rows("risks_scenario", APPROVED.replace("OLD.", "NEW."), parent="assessment_id"),
        cells("CellCount", [], [], "one_count_of_a_cell"),
        cells(
            "CellChange",
            [("day", models.DateField())],
            ["day"],
            "one_change_of_a_cell_on_a_day",
        ),
        Triggers(make_counting, drop_counting),
    ]
