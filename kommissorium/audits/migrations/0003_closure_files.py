"""Files that show that a finding is put right: never changed, nor added once it is judged."""

import django.db.models.deletion
from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables
from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_new_rows

JUDGED = "(SELECT verdict FROM audits_closure WHERE id = NEW.closure_id) <> 'asked'"


class Migration(migrations.Migration):
    dependencies = [("audits", "0002_freeze"), ("core", "0002_freeze")]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="ClosureFile",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "closure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="audits.closure",
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
                    options={"ordering": ["pk"]},
                ),
            ]
        ),
        freeze_table("audits_closurefile", ["id"]),
        refuse_new_rows("audits_closurefile", JUDGED),
    ]
