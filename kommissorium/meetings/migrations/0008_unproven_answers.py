"""Answers in files that do not say who sent them are told from others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0007_uncertain_answers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attendance",
            name="answered_by_way",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "–"),
                    ("link", "by the link in the mail"),
                    ("calendar", "by calendar file"),
                    ("unproven", "by calendar file; who sent it is uncertain"),
                    ("mail", "by mail from the calendar"),
                    ("unsure", "by mail from the calendar; who sent it is uncertain"),
                    ("page", "on the page"),
                    ("secretary", "written down by the secretary"),
                ],
                max_length=10,
            ),
        ),
    ]
