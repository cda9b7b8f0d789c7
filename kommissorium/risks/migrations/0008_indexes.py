"""Indexes that hold all that lists and counts ask of a risk: its long row is left unread.

Where words are looked for it must be read: in the order the rows lie in the file.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("risks", "0007_imports")]

    operations = [
        migrations.RemoveIndex("scenario", "risks_of_a_lineage"),
        migrations.AddIndex(
            "scenario",
            models.Index(
                fields=[
                    *("lineage", "is_in_force", "assessment", "rank", "group"),
                    *("consequence", "likelihood"),
                ],
                name="risks_of_a_lineage",
            ),
        ),
        migrations.AddIndex(
            "scenario",
            models.Index(
                fields=[
                    *("is_in_force", "assessment", "owner", "treatment", "group", "rank"),
                    *("consequence", "likelihood", "residual_rank", "residual_consequence"),
                    *("residual_likelihood", "lineage"),
                ],
                name="risks_told_apart",
            ),
        ),
        migrations.AddIndex(
            "scenario", models.Index(fields=["is_in_force"], name="risks_in_the_order_written")
        ),
    ]
