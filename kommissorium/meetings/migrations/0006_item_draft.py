"""Drafts of the texts of agenda items, kept apart from what people wrote."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_answers_by_mail")]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ItemDraft",
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
                        ("presentation", models.TextField(blank=True)),
                        ("recommendation", models.TextField(blank=True)),
                        ("sentences", models.JSONField(blank=True, default=list)),
                        ("points", models.JSONField(blank=True, default=list)),
                        ("sources", models.JSONField(blank=True, default=list)),
                        ("taken_presentation", models.TextField(blank=True)),
                        ("taken_recommendation", models.TextField(blank=True)),
                        (
                            "made_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("edit_version", models.PositiveIntegerField(default=1)),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="meetings.agendaitem",
                            ),
                        ),
                    ],
                    options={"ordering": ["pk"]},
                ),
            ]
        ),
    ]
