"""A version may say that nobody kept, or a rule erased, what the row held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_event_act"),
    ]

    operations = [
        migrations.AlterField("rowversion", "text", models.TextField(null=True)),
    ]
