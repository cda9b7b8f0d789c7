"""A meeting keeps the host of its name in calendars, whatever the program's address becomes."""

from django.db import migrations

from kommissorium.core.site import keep_host


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_unproven_answers"), ("core", "0002_freeze")]

    operations = keep_host("meeting", "meetings_meeting")
