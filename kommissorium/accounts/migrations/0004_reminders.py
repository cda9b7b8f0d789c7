"""How often a person is reminded by mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_word_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="reminders",
            field=models.CharField(
                choices=[
                    ("daily", "Every day there is something new"),
                    ("weekly", "On Mondays"),
                    ("never", "Never"),
                ],
                default="daily",
                max_length=10,
                verbose_name="reminders by mail",
            ),
        ),
    ]
