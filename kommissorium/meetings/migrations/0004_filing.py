"""Receipts of what was filed in the records system; they never change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_later_weighing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Filing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=40)),
                        ("filed_on", models.DateField()),
                        ("case_number", models.CharField(max_length=60)),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["kind", "key"], name="meetings_fi_kind_26d242_idx")
                        ],
                    },
                ),
            ]
        ),
        freeze_table("meetings_filing", ["id"]),
    ]
