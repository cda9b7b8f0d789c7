"""What lists are searched in and sorted by, kept by the database itself."""

from django.db import migrations, models
from django.db.models.functions import Cast, Concat, Lower, Replace

LAST = {"æ": "zz1", "Æ": "zz1", "ø": "zz2", "Ø": "zz2", "å": "zz3", "Å": "zz3"}
SMALL = {"Æ": "æ", "Ø": "ø", "Å": "å", "Ä": "ä", "Ö": "ö", "Ü": "ü", "É": "é"}


def value(letters):
    return models.Value(letters, output_field=models.TextField())


def ordered():
    text = Lower("name")
    for letter, stand_in in LAST.items():
        text = Replace(text, models.Value(letter), models.Value(stand_in))
    return text


def searched():
    text = Lower(joined())
    for capital, small in SMALL.items():
        text = Replace(text, value(capital), value(small))
    return text


def joined():
    parts = []
    for field in ("name", "alias", "local_id", "purpose", "place", "contents"):
        parts += [Cast(field, models.TextField()), value(" ")]
    return Concat(*parts)


class Migration(migrations.Migration):
    dependencies = [("assets", "0003_demands")]

    operations = [
        migrations.AddField(
            "asset",
            "name_order",
            models.GeneratedField(
                expression=ordered(),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        migrations.AddField(
            "asset",
            "search",
            models.GeneratedField(
                expression=searched(),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "asset",
            models.Index(fields=["ended_on", "name_order"], name="assets_asse_ended_o_fc1705_idx"),
        ),
    ]
