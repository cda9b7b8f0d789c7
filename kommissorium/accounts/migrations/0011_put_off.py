"""Registers that a municipality takes into use later, or keeps elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_directory")]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="put_off",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
