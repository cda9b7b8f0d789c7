"""Mails that carry a calendar file, and mails that leave in order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_reminded")]

    operations = [
        migrations.AddField(
            "outboxmail",
            "reply_to",
            models.EmailField(blank=True, default="", max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            "outboxmail",
            "thread",
            models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField("outboxmail", "calendar", models.BinaryField(null=True)),
        migrations.AddField(
            "outboxmail",
            "calendar_method",
            models.CharField(
                blank=True,
                choices=[("REQUEST", "Request"), ("CANCEL", "Cancel")],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "outboxmail",
            models.CheckConstraint(
                condition=models.Q(calendar=None, calendar_method="")
                | models.Q(calendar__isnull=False, calendar_method__in=["REQUEST", "CANCEL"]),
                name="calendar_with_method",
            ),
        ),
        migrations.AddIndex(
            "outboxmail",
            models.Index(
                condition=~models.Q(thread=""),
                fields=["recipient", "thread"],
                name="mail_thread",
            ),
        ),
    ]
