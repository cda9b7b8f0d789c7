"""Cadences and horizons in words and figures, and their wording."""

from __future__ import annotations

import pytest
from django.utils import translation

from kommissorium.committees.cadence_words import cadence_in_words
from kommissorium.committees.reader import ReadClause
from kommissorium.committees.reader.cadence import find_cadence, find_horizon

# Text, language, longest interval in months, fewest and most a year.
CADENCES = [
    ("meets monthly", "en", (1, 12, None)),
    ("twice a year", "en", (6, 2, None)),
    ("hvert halve år", "da", (6, 2, None)),
    ("två gånger per år", "sv", (6, 2, None)),
    ("reviewed biannually", "en", (6, 2, None)),
    ("no fewer than six times a year", "en", (2, 6, None)),
    ("meets no fewer than six times each calendar year", "en", (2, 6, None)),
    ("mødes hver anden måned", "da", (2, 6, None)),
    ("en gang i kvartalet", "da", (3, 4, None)),
    ("minst fyra gånger om året", "sv", (3, 4, None)),
    ("at least every two years", "en", (24, None, None)),
    ("hvert andet år", "da", (24, None, None)),
    ("vartannat år", "sv", (24, None, None)),
    ("annethvert år", "nb", (24, None, None)),
    ("biennially", "en", (24, None, None)),
    ("hver 3. måned", "da", (3, 4, None)),
    ("mindst hver tredje måned", "da", (3, 4, None)),
    ("var tredje månad", "sv", (3, 4, None)),
    ("varje kvartal", "sv", (3, 4, None)),
    ("hvert kvartal", "nb", (3, 4, None)),
    ("en gång i månaden", "sv", (1, 12, None)),
    ("årligen", "sv", (12, 1, None)),
    ("årlig gjennomgang", "nb", (12, 1, None)),
    ("halvårsvis", "nb", (6, 2, None)),
    ("kvartalsvis", "da", (3, 4, None)),
    ("Det holdes minst fire møter i året", "nb", (3, 4, None)),
    ("between two and four times a year", "en", (6, 2, 4)),
    ("2–3 gange om året", "da", (6, 2, 3)),
    ("mellem to og fire gange årligt", "da", (6, 2, 4)),
    ("at most four times a year", "en", (None, None, 4)),
    ("højst to gange om året", "da", (None, None, 2)),
    ("up to six times a year", "en", (None, None, 6)),
    ("at least two and at most four meetings a year", "en", (6, 2, 4)),
    ("every other month", "en", (2, 6, None)),
    ("every six months", "en", (6, 2, None)),
    ("every 18 months", "en", (18, None, None)),
    ("with no more than three months between meetings", "en", (3, 4, None)),
    ("at intervals of not more than 4 months", "en", (4, 3, None)),
    ("med højst tre måneders mellemrum", "da", (3, 4, None)),
    ("not less than once in every quarter", "en", (3, 4, None)),
    ("no less often than every three months", "en", (3, 4, None)),
    ("four ordinary meetings per year", "en", (3, 4, None)),
    ("fire årlige møder", "da", (3, 4, None)),
    ("4 ggr/år", "sv", (3, 4, None)),
    ("4 gange pr. år", "da", (3, 4, None)),
    ("fyra möten per kalenderår", "sv", (3, 4, None)),
    ("5 times a year", "en", (3, 5, None)),
    ("every three (3) months", "en", (3, 4, None)),
    ("four (4) times per year", "en", (3, 4, None)),
    ("once every two months", "en", (2, 6, None)),
    ("en gang hvert halvår", "da", (6, 2, None)),
    ("weekly", "en", (1, 52, None)),
    ("ugentligt", "da", (1, 52, None)),
    ("hver anden uge", "da", (1, 26, None)),
    ("members are appointed for two years", "en", (None, None, None)),
    ("within 3 months", "en", (None, None, None)),
    ("udsendes senest to uger før mødet", "da", (None, None, None)),
    ("opgaver for det kommende kvartal", "da", (None, None, None)),
    ("8 gange om året", "da", (2, 8, None)),
    ("10 gange årligt", "da", (2, 10, None)),
    ("varannan månad", "sv", (2, 6, None)),
    ("annenhver måned", "nb", (2, 6, None)),
    ("var sjätte månad", "sv", (6, 2, None)),
    ("hver sjette måned", "nb", (6, 2, None)),
    ("var 6:e månad", "sv", (6, 2, None)),
    ("per quarter the board gets a report", "en", (3, 4, None)),
    ("a report per quarter", "en", (3, 4, None)),
    ("semi-annually", "en", (6, 2, None)),
    ("once in each half-year", "en", (6, 2, None)),
    ("to gange i halvåret", "da", (3, 4, None)),
    ("en gang om måneden undtagen juli", "da", (1, 12, None)),
    ("the annual wheel", "en", (None, None, None)),
    ("hver tredje år", "da", (36, None, None)),
    ("én gang årligt", "da", (12, 1, None)),
    ("tertialvis", "nb", (4, 3, None)),
    ("hvert tertial", "nb", (4, 3, None)),
    ("three times a year", "en", (4, 3, None)),
    ("quarterly or more often", "en", (3, 4, None)),
    ("fire til seks gange årligt", "da", (3, 4, 6)),
    ("mindst 1 gang årligt", "da", (12, 1, None)),
    ("one of the members shall each report", "en", (None, None, None)),
    ("mindst seks møder, fordelt over året", "da", (2, 6, None)),
    ("minst ett möte per kvartal", "sv", (3, 4, None)),
    ("Rådet sammanträder sex gånger om året", "sv", (2, 6, None)),
    ("at least once every 12 months", "en", (12, 1, None)),
    ("yearly", "en", (12, 1, None)),
    ("en årlig øvelse", "da", (12, 1, None)),
    ("mindst to årlige øvelser", "da", (6, 2, None)),
    ("minimum fire gange årligt", "da", (3, 4, None)),
    ("4-6 gange årligt", "da", (3, 4, 6)),
    ("to-fire gange årligt", "da", (6, 2, 4)),
    ("fire faste møder årligt", "da", (3, 4, None)),
    ("møder holdes kvartalsvist", "da", (3, 4, None)),
    ("møtes hver måned", "nb", (1, 12, None)),
    ("every month except July", "en", (1, 12, None)),
    ("bimonthly", "en", (2, 6, None)),
    ("two times per quarter", "en", (2, 8, None)),
    ("once each quarter", "en", (3, 4, None)),
    ("hver 14. dag", "da", (1, 26, None)),
    ("en gang hver 14. dag", "da", (1, 26, None)),
    ("kvartalsrapport", "da", (3, 4, None)),
    ("halvårlig", "da", (6, 2, None)),
    ("mindst fire gange pr. kalenderår", "da", (3, 4, None)),
    ("ikke sjeldnere enn hvert kvartal", "nb", (3, 4, None)),
    ("ej mer sällan än en gång per år", "sv", (12, 1, None)),
    ("mindst en gang i hvert kvartal", "da", (3, 4, None)),
    ("at least 4x per year", "en", (3, 4, None)),
    ("4x årligt", "da", (3, 4, None)),
    ("6 mødegange om året", "da", (2, 6, None)),
    ("every 2nd month", "en", (2, 6, None)),
    ("every third year", "en", (36, None, None)),
    ("the meetings are held in March, June and October", "en", (None, None, None)),
    ("not more than four times a year", "en", (None, None, 4)),
    ("the group meets once a term", "en", (None, None, None)),
    ("meets in each of the four quarters", "en", (None, None, None)),
    ("mindst én gang hvert andet år", "da", (24, None, None)),
    ("minst en gang hvert år", "nb", (12, 1, None)),
    ("twice yearly", "en", (6, 2, None)),
    ("once per annum", "en", (12, 1, None)),
    ("Mötena hålls en gång per tertial", "sv", (4, 3, None)),
    ("at least once per calendar quarter", "en", (3, 4, None)),
    ("two to four times annually", "en", (6, 2, 4)),
    ("2 gange hvert år", "da", (6, 2, None)),
    ("hvert halvår", "da", (6, 2, None)),
    ("1-2 gange i kvartalet", "da", (3, 4, 8)),
    ("et møde i kvartalet", "da", (3, 4, None)),
    ("et møde hver måned bortset fra juli", "da", (1, 12, None)),
    ("mindst fire (4) ordinære møder om året", "da", (3, 4, None)),
    ("Der afholdes ordinært møde hver 6. uge", "da", (2, 8, None)),
]

# Text, language, months ahead.
HORIZONS = [
    ("six months ahead", "en", 6),
    ("et halvt år frem i tiden", "da", 6),
    ("known half a year ahead", "en", 6),
    ("minst seks måneder frem i tid", "nb", 6),
    ("minst ett halvår i förväg", "sv", 6),
    ("12 månader framåt", "sv", 12),
    ("a year in advance", "en", 12),
    ("for the coming twelve months", "en", 12),
    ("for det kommende år", "da", 12),
    ("senest 6 måneder før mødet", "da", 6),
    ("the next 12 months", "en", 12),
    ("at least three months in advance", "en", 3),
    ("et år ad gangen", "da", None),
    ("two weeks in advance", "en", None),
    ("mindst et halvt år i forvejen", "da", 6),
    ("½ år frem", "da", 6),
    ("ett år i taget", "sv", None),
    ("at least six (6) months beforehand", "en", 6),
    ("et år frem", "da", 12),
    ("for the following calendar year", "en", 12),
    ("minimum 6 mdr. frem", "da", 6),
    ("et halvår frem", "nb", 6),
]


@pytest.mark.parametrize(("text", "language", "expected"), CADENCES)
def test_a_cadence_is_found(
    text: str, language: str, expected: tuple[int | None, int | None, int | None]
) -> None:
    found = find_cadence(text, nordic=language != "en")
    assert (found.months, found.least, found.most) == expected


@pytest.mark.parametrize(("text", "language", "expected"), HORIZONS)
def test_a_horizon_is_found(text: str, language: str, expected: int | None) -> None:
    assert find_horizon(text, nordic=language != "en") == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ((None, None, None, None), ""),
        ((1, 12, None, None), "at least every month"),
        ((3, 4, None, None), "at least every 3 months"),
        ((12, 1, None, None), "at least once a year"),
        ((24, None, None, None), "at least every 2 years"),
        ((18, None, None, None), "at least every 18 months"),
        ((3, 5, None, None), "at least 5 times a year"),
        ((12, 1, 4, None), "1 to 4 times a year"),
        ((3, 4, 4, None), "4 times a year"),
        ((None, None, 2, None), "at most 2 times a year"),
        ((None, None, None, 6), "known 6 months ahead"),
        ((12, 1, None, 12), "at least once a year, known 12 months ahead"),
    ],
)
def test_a_cadence_is_said_in_words(
    fields: tuple[int | None, int | None, int | None, int | None], expected: str
) -> None:
    with translation.override("en"):
        assert cadence_in_words(ReadClause("T1", "task", "", None, *fields)) == expected
