"""Words that a search showed are noted in the log of readings too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_ends_at_once")]

    operations = [
        migrations.AlterField(
            "reading",
            "what",
            models.CharField(
                choices=[
                    ("page", "The page"),
                    ("closed", "Closed items"),
                    ("names", "The names of persons concerned"),
                    ("material", "The material"),
                    ("report", "The report"),
                    ("finding", "A finding"),
                    ("file", "A file"),
                    ("export", "An export"),
                    ("search", "Words in a search"),
                ],
                max_length=10,
            ),
        ),
    ]
