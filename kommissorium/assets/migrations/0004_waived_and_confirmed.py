"""Figures tell waived documents from those in force, and owners who have confirmed it."""

from django.db import migrations, models

FIELDS = ("waived", "waived_decided", "confirmed", "alike")


class Migration(migrations.Migration):
    dependencies = [("assets", "0003_demands")]

    operations = [
        migrations.AddField("completeness", name, models.PositiveIntegerField(null=True))
        for name in FIELDS
    ]
