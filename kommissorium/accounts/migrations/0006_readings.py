"""Log of readings of what few may read, and of files taken out."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_top_management"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Reading",
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
                        ("at", models.DateTimeField()),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("page", "The page"),
                                    ("closed", "Closed items"),
                                    ("names", "The names of persons concerned"),
                                    ("material", "The material"),
                                    ("report", "The report"),
                                    ("finding", "A finding"),
                                    ("file", "A file"),
                                    ("export", "An export"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("object_kind", models.CharField(blank=True, max_length=60)),
                        ("object_id", models.CharField(blank=True, max_length=40)),
                        ("path", models.CharField(blank=True, max_length=300)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["object_kind", "object_id", "-at"],
                                name="accounts_re_object__b24f4f_idx",
                            ),
                            models.Index(
                                fields=["person", "-at"], name="accounts_re_person__ee4584_idx"
                            ),
                            models.Index(fields=["-at"], name="accounts_re_at_3fb2b5_idx"),
                        ],
                    },
                )
            ]
        ),
    ]
