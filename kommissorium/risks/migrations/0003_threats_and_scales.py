"""The threats, scales and limits of acceptance that come along.

Of a threat code and kinds of asset, by group: its words stand in models/built_in. The texts of
the four scales are the municipality's to change.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone

ALL, SYSTEM, ARCHIVE, DATA, ENTRY = "", "system", "archive", "system,data_set", "system,archive"
THREATS = {
    "cyber": (
        ("phishing", SYSTEM),
        ("ransomware", DATA),
        ("data_theft", DATA),
        ("admin_takeover", SYSTEM),
        ("known_hole", SYSTEM),
        ("flooding", SYSTEM),
        ("self_service", SYSTEM),
        ("payment_fraud", ALL),
    ),
    "people": (
        ("wrong_recipient", ALL),
        ("published", ALL),
        ("snooping", ENTRY),
        ("insider", DATA),
        ("wrong_entry", DATA),
        ("deleted", DATA),
        ("left_behind", ALL),
        ("own_tools", DATA),
    ),
    "measures": (
        ("kept_access", ENTRY),
        ("wide_access", DATA),
        ("weak_login", SYSTEM),
        ("backup", DATA),
        ("no_log", SYSTEM),
        ("no_encryption", DATA),
        ("kept_too_long", ALL),
    ),
    "supplier": (
        ("supplier_attack", DATA),
        ("supplier_stops", SYSTEM),
        ("sub_processor", DATA),
        ("remote_access", SYSTEM),
        ("no_way_out", DATA),
        ("bad_update", SYSTEM),
    ),
    "system": (
        ("breakdown", DATA),
        ("wrong_result", SYSTEM),
        ("interfaces", DATA),
        ("mixed_data", DATA),
        ("end_of_life", SYSTEM),
        ("failed_change", DATA),
    ),
    "physical": (
        ("fire", ALL),
        ("water", ALL),
        ("power", SYSTEM),
        ("burglary", ALL),
        ("visitors", ENTRY),
        ("archive_decay", ARCHIVE),
    ),
    "operations": (
        ("key_person", ALL),
        ("absence", ALL),
        ("nobody_answers", ALL),
        ("unpractised", ALL),
        ("unlawful", ALL),
    ),
    "network": (
        ("connection", SYSTEM),
        ("unsafe_place", DATA),
        ("old_client", SYSTEM),
        ("unknown_device", SYSTEM),
        ("things", SYSTEM),
    ),
}
STEP = 10  # between the positions of two threats

GREEN, LIGHTGREEN, YELLOW, ORANGE, RED = "green", "lightgreen", "yellow", "orange", "red"
FIVE = (
    ("Meget lav", GREEN),
    ("Lav", LIGHTGREEN),
    ("Middel", YELLOW),
    ("Høj", ORANGE),
    ("Kritisk", RED),
)
FOUR = (("Lav", GREEN), ("Middel", YELLOW), ("Høj", ORANGE), ("Meget høj", RED))
THREE = (("Lav", GREEN), ("Middel", YELLOW), ("Høj", RED))

OFTEN = ("Usandsynligt", "Mindre sandsynligt", "Sandsynligt", "Forventet")
HOW_OFTEN = (
    "Vi kender det hverken herfra eller fra andre kommuner. Højst én gang på ti år.",
    "Det er sket for andre, men sjældent. Én gang på tre til ti år.",
    "Det rammer andre kommuner hvert år og kan ske her. Én gang på ét til tre år.",
    "Det er sket her for nylig, eller vi venter det. Mindst én gang om året.",
)
HOW_BAD = (
    "Den registrerede: en ulempe, der hurtigt er glemt. "
    "Organisationen: opgaverne løses stort set som ellers.",
    "Den registrerede: besvær eller et mindre tab, der kan rettes op. "
    "Organisationen: nogle opgaver bliver forsinket i timer eller få dage.",
    "Den registrerede: tab af penge, rettigheder eller omdømme, som er svært at rette op. "
    "Organisationen: vigtige opgaver ligger stille i dage, og tilliden lider skade.",
    "Den registrerede: liv, helbred, frihed eller hele økonomien er i fare, og skaden er varig. "
    "Organisationen: livsvigtige opgaver kan ikke løses, eller tabet kan ikke bæres.",
)
# Family, name, words of likelihood and of consequence, bands, and the cells: a row for each
# step of consequence, the lowest first, in it the rank of the band for each likelihood.
SCALES = (
    (
        "kl",
        "KL",
        OFTEN,
        ("Lav", "Medium", "Høj", "Meget høj"),
        FIVE,
        ((1, 1, 1, 2), (1, 2, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5)),
    ),
    (
        "standard",
        "Standard",
        OFTEN,
        ("Ubetydelig", "Mindre alvorlig", "Meget alvorlig", "Graverende/ødelæggende"),
        THREE,
        ((1, 1, 1, 2), (1, 1, 2, 2), (1, 2, 2, 3), (2, 2, 3, 3)),
    ),
    (
        "herning",
        "Herning Kommune",
        OFTEN,
        ("Ubetydelig", "Mindre alvorlig", "Meget alvorlig", "Ødelæggende"),
        FIVE,
        ((1, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 5)),
    ),
    (
        "datatilsynet",
        "Datatilsynet",
        (
            "Lav (usandsynligt)",
            "Medium (mindre sandsynligt)",
            "Høj (sandsynligt)",
            "Meget høj (forventet)",
        ),
        (
            "Lav (ubetydelig, uvæsentlig)",
            "Medium (mindre alvorlig, generende)",
            "Høj (alvorlig, kritisk)",
            "Meget høj (graverende, meget kritisk)",
        ),
        FOUR,
        ((1, 1, 2, 3), (1, 2, 3, 3), (2, 3, 3, 4), (3, 4, 4, 4)),
    ),
)
IN_USE = "kl"
# What each capacity may accept to begin with: whole kroner for one acceptance and in a budget
# year, and the worst of the five bands; None for any. A municipality lays down its own.
LIMITS = (
    ("owner", 50_000, 150_000, 2),
    ("head", 150_000, 400_000, 3),
    ("chair", 400_000, 1_200_000, 4),
    ("committee", 2_000_000, 6_000_000, None),
    ("executive", 5_000_000, 15_000_000, None),
)


def offer_threats(apps: Any, _editor: Any) -> None:
    threats = apps.get_model("risks", "Threat")
    threats.objects.bulk_create(
        threats(
            code=code,
            group=group,
            kinds=f",{kinds}," if kinds else "",
            position=STEP * number,
        )
        for group, rows in THREATS.items()
        for number, (code, kinds) in enumerate(rows, start=1)
    )


def offer_scales(apps: Any, _editor: Any) -> None:
    scales = apps.get_model("risks", "Scale")
    for family, name, often, bad, bands, cells in SCALES:
        scales.objects.create(
            family=family,
            name=name,
            size=len(cells),
            likelihoods=_steps(often, HOW_OFTEN),
            consequences=_steps(bad, HOW_BAD),
            bands=[{"name": band, "tone": tone} for band, tone in bands],
            cells=[list(row) for row in cells],
            made_at=timezone.now(),
            use_mark=True if family == IN_USE else None,
        )


def offer_limits(apps: Any, _editor: Any) -> None:
    limits = apps.get_model("risks", "AuthorityLimit")
    limits.objects.bulk_create(
        limits(capacity=capacity, per_risk=most, per_year=in_year, highest_rank=worst)
        for capacity, most, in_year, worst in LIMITS
    )


def _steps(names: tuple[str, ...], texts: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"name": name, "text": text} for name, text in zip(names, texts, strict=True)]


class Migration(migrations.Migration):
    dependencies = [("risks", "0002_freeze")]

    operations = [
        migrations.RunPython(offer_threats, migrations.RunPython.noop),
        migrations.RunPython(offer_scales, migrations.RunPython.noop),
        migrations.RunPython(offer_limits, migrations.RunPython.noop),
    ]
