"""Events are found by their acts: the past of a register is put together from some of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_versions"),
    ]

    operations = [
        # In SQL: Django would build classes of all models for it, most of the time it takes.
        migrations.RunSQL(
            'CREATE INDEX "core_event_act" ON "core_event" ("act")',
            'DROP INDEX "core_event_act"',
            state_operations=[
                migrations.AddIndex("event", models.Index(fields=["act"], name="core_event_act"))
            ],
        ),
    ]
