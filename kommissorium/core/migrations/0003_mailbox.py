"""The mailbox that is read, and where reminders are ended."""

from django.db import migrations, models

from kommissorium.core.database.tables import CreateTables


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_freeze"),
    ]

    operations = [
        CreateTables(
            tables=[
                migrations.CreateModel(
                    name="MailboxState",
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
                        ("read_at", models.DateTimeField(null=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("failed_since", models.DateTimeField(null=True)),
                        ("next_at", models.DateTimeField(null=True)),
                        (
                            "problem",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "–"),
                                    ("name", "No machine is known by that name: check IMAP_HOST."),
                                    (
                                        "silence",
                                        "It did not answer in time: check IMAP_PORT and the firewall.",
                                    ),
                                    ("closed", "Nothing answers there: check IMAP_PORT."),
                                    (
                                        "certificate",
                                        "Its certificate is not one that this machine trusts.",
                                    ),
                                    ("tls", "No encryption could be agreed on: check IMAP_PORT."),
                                    (
                                        "sign_in",
                                        "It refuses the sign-in: check IMAP_USER and IMAP_PASSWORD.",
                                    ),
                                    ("folder", "It has no such folder: check IMAP_FOLDER."),
                                    ("other", "It broke off, or said what was not understood."),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("last_error", models.CharField(blank=True, max_length=300)),
                    ],
                ),
                migrations.CreateModel(
                    name="ReceivedMail",
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
                        ("key", models.CharField(max_length=60, unique=True)),
                        ("sender", models.CharField(blank=True, max_length=254)),
                        ("subject", models.CharField(blank=True, max_length=200)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "Answer noted"),
                                    ("known", "This answer, or a newer one, is known already"),
                                    ("bounced", "Tells that a mail did not arrive: noted"),
                                    ("no_reply", "Holds no answer to an invitation"),
                                    ("no_bounce", "Tells of a mail that is not one of ours"),
                                    ("large", "Larger than an answer can be; not opened"),
                                    ("damaged", "Damaged, or takes too long to read"),
                                    ("incomplete", "Does not say who answers what"),
                                    ("other_sender", "Sent by somebody else than who answers"),
                                    ("other_meeting", "Answers an invitation that is not ours"),
                                    (
                                        "not_called",
                                        "Nobody with that address is called to the meeting",
                                    ),
                                    ("never_sent", "Answers an invitation that was never sent"),
                                    ("former", "Answers a former time of the meeting"),
                                    ("over", "The meeting is over or cancelled"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("handled_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRound",
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
                        ("on", models.DateField()),
                    ],
                ),
            ]
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="unsubscribe",
            field=models.URLField(blank=True, max_length=300),
        ),
    ]
