"""The municipality's own Word templates."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_second_yes"),
        ("core", "0002_freeze"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="WordTemplate",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("every", "All documents"),
                                    ("agenda", "Agenda"),
                                    ("minutes", "Minutes"),
                                    ("status", "Quarterly status"),
                                    ("report", "Report to the executive board"),
                                ],
                                max_length=20,
                                verbose_name="document",
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("kind",),
                                name="one_word_template_of_a_kind",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
