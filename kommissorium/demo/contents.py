"""The case presentations of the eight items, for the meetings of the past."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kommissorium.demo.almanac import Almanac
from kommissorium.demo.texts import rows_of, words_for

type Content = tuple[str, str]  # recommendation and case presentation, as rich text
type Words = Mapping[str, str]

NO_REMARKS = "Der kom ingen bemærkninger."


def contents(days: Almanac, ago: int) -> dict[str, Content]:
    """Return recommendation and presentation by the measure of the mandate's clause."""
    words = words_for(days, ago)
    return {
        "agenda_minutes": _minutes(days, words, ago),
        "agenda_ongoing": _ongoing(words),
        "agenda_incidents": _incidents(words),
        "agenda_year_wheel": _wheel(days, words, ago),
        "agenda_coming_tasks": _coming(words),
        "agenda_policies": _policies(ago),
        "executive_reporting": _report(words, ago),
        "agenda_any_other_business": _other(words, ago),
    }


def _minutes(days: Almanac, words: Words, ago: int) -> Content:
    if ago == days.span.first:
        return (
            "<p>Sekretæren indstiller, at referater sendes ud senest otte dage efter et møde.</p>",
            "<p>Det er udvalgets første møde efter kommissoriet, og der er intet referat at godkende.</p>",
        )
    return (
        _p(
            "Sekretæren indstiller, at udvalget godkender referatet af mødet den {}.",
            words,
            "forrige",
        ),
        _p("Referatet blev sendt til medlemmerne den {}. ", words, "udsendt")
        + format_html("<p>{}</p>", _remarks(ago + 1)),
    )


def _remarks(ago: int) -> str:
    """Return the members' remarks on the minutes of the meeting `ago` meetings ago."""
    said = [row["nævnt"] for row in rows_of("comments.csv", ago) if row["nævnt"]]
    return " ".join(said) or NO_REMARKS


def _ongoing(words: Words) -> Content:
    return (
        "<p>Sekretæren indstiller, at udvalget drøfter status på projekterne.</p>",
        _p("Der er {} projekter i gang.", words, "antal_projekter") + words["projekter"],
    )


def _incidents(words: Words) -> Content:
    return (
        "<p>Sekretæren indstiller, at udvalget tager gennemgangen til efterretning.</p>",
        _p("Der er meldt {} hændelser siden sidste møde.", words, "antal_haendelser")
        + words["haendelser"],
    )


def _wheel(days: Almanac, words: Words, ago: int) -> Content:
    if ago == days.span.first:
        return (
            "<p>Sekretæren indstiller, at udvalget godkender årshjulet.</p>",
            "<p>Årshjulet er nyt. Det samler de opgaver, der vender tilbage hvert år.</p>",
        )
    return (
        "<p>Sekretæren indstiller, at udvalget tager status til efterretning.</p>",
        "<p>Disse opgaver fra årshjulet er løst siden sidste møde:</p>" + words["udfoert"],
    )


def _coming(words: Words) -> Content:
    return (
        _p(
            "Sekretæren indstiller, at udvalget godkender opgaverne for {}.",
            words,
            "arbejdskvartal",
        ),
        "<p>Årshjulet giver disse opgaver:</p>" + words["opgaver"],
    )


def _policies(ago: int) -> Content:
    """Return the text on the policies; the text to be decided on is an item of its own."""
    policy = rows_of("policies.csv", ago)[0]
    return (
        "<p>Sekretæren indstiller, at udvalget godkender status på politikkerne.</p>",
        format_html("<h3>{}</h3><p>{}</p>", policy["titel"], policy["hvorfor"])
        + mark_safe("<p>Teksten er et punkt for sig på dagsordenen.</p>"),
    )


def _report(words: Words, ago: int) -> Content:
    return (
        _p("Sekretæren indstiller, at udvalget godkender rapporten for {}.", words, "kvartal"),
        format_html("<p>{}</p>", rows_of("quarters.csv", ago)[0]["rapport"]),
    )


def _other(words: Words, ago: int) -> Content:
    note = rows_of("quarters.csv", ago)[0]["eventuelt"]
    return "", format_html("<p>{}</p>", note) + _p("Næste møde er den {}.", words, "naeste")


def _p(sentence: str, words: Words, name: str) -> str:
    return format_html(mark_safe(f"<p>{sentence}</p>"), words[name])
