"""What is chosen for rows of an item; with the minutes approved it never changes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_rows, refuse_new_rows

OF_ITEM = (
    "(SELECT m.state FROM meetings_meeting m JOIN meetings_agendaitem i ON i.meeting_id = m.id"
    " WHERE i.id = {row}.item_id)"
)
OVER = " IN ('approved', 'confirmed', 'registered')"


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0009_calendar_host"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="RowChoice",
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
                        ("key", models.CharField(max_length=60)),
                        ("code", models.CharField(max_length=20)),
                        ("day", models.DateField(null=True)),
                        ("because", models.CharField(blank=True, max_length=300)),
                        ("words", models.TextField()),
                        ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("edit_version", models.PositiveIntegerField(default=1)),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="row_choices",
                                to="meetings.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "key"), name="one_choice_a_row")
                        ],
                    },
                ),
            ]
        ),
        freeze_rows("meetings_rowchoice", OF_ITEM.format(row="OLD") + OVER, ["id"]),
        refuse_new_rows("meetings_rowchoice", OF_ITEM.format(row="NEW") + OVER),
    ]
