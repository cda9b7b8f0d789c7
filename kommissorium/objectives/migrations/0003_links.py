"""Objectives are linked to strategy, risk level and area; what registers count measures itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.evidence.freeze_triggers import (
    Triggers,
    freeze_table,
    refuse_changes,
    refuse_new_rows,
)

OBJECTIVE = (
    *("set_id", "lineage", "title", "why", "serves", "serves_link", "area_id", "indicator"),
    *("unit", "direction", "target", "due", "every"),
)
OF_SET = "(SELECT state FROM objectives_objectiveset WHERE id = {row}.set_id) = 'approved'"
OLD, NEW = OF_SET.format(row="OLD"), OF_SET.format(row="NEW")
FROZEN = [
    refuse_changes("objectives_objective", OBJECTIVE, OLD),
    refuse_new_rows("objectives_objective", NEW, parent="set_id"),
    freeze_table("objectives_measurement", ["id"]),
]


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0003_demands"),
        ("core", "0002_freeze"),
        ("objectives", "0002_freeze"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[Triggers(one.reverse_code, one.code) for one in FROZEN],
        migrations.AddField(
            model_name="objective",
            name="serves_link",
            field=models.URLField(
                blank=True, default="", max_length=500, verbose_name="address of the strategy"
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="risk_level",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.record",
                verbose_name="risk level it is held against",
            ),
        ),
        migrations.AddField(
            model_name="objective",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assets.area",
                verbose_name="area",
            ),
        ),
        migrations.AlterField(
            model_name="objective",
            name="serves",
            field=models.CharField(
                max_length=200, verbose_name="goal of the municipality's strategy that it serves"
            ),
        ),
        migrations.AlterField(
            model_name="objective",
            name="indicator",
            field=models.CharField(
                blank=True,
                help_text="What a register counts, the program reads each evening. All else is typed.",
                max_length=80,
                verbose_name="measured by",
            ),
        ),
        migrations.AlterField(
            model_name="measurement",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        *FROZEN,
    ]
