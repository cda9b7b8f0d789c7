"""Detects which of the four languages a text is written in."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

DEFAULT: Final = "da"

# Words that one of the languages uses often; the ones it shares with a neighbour weigh little
# because the neighbour counts them too.
_COMMON: Final = {
    "da": "af og at der det den en et er for i med mindst møde møder mødes nye opgaver på samt "
    "skal som til udvalg udvalget udvalgets efter mellem gang gange årligt afholdes kommunens "
    "ikke kan ved hvor over bliver herunder hvert hver eventuelt dagsorden referat formand "
    "sikkerhed godkender godkendelse ledelsen medlemmer træffer beslutning",
    "nb": "av og at det den en et er for i med minst møte møter møtes nye oppgaver på samt skal "
    "som til utvalg utvalget utvalgets etter mellom gang ganger årlig avholdes holdes kommunens "
    "ikke kan ved hvor over blir herunder hvert hver eventuelt dagsorden referat leder nestleder "
    "sikkerhet godkjenner godkjenning ledelsen medlemmer rådmannen kommunedirektør vedtak saker "
    "virksomheten informasjonssikkerhet",
    "sv": "av och att det den en ett är för i med minst möte möten sammanträder nya uppgifter på "
    "samt ska skall som till utskott utskottet rådet efter mellan gång gånger årligen hålls "
    "kommunens inte kan vid där över blir däribland varje eventuellt dagordning protokoll "
    "ordförande säkerhet godkänner ledningen ledamöter medlemmar beslut informationssäkerhet",
    "en": "the of and to in a an is are be shall will for with by on that at least any or as its "
    "committee board group members member meeting meetings meet chair security review approve "
    "once twice year must may from which this",
}
_LISTS: Final = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_WORD: Final = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str:
    """Return da, en, sv or nb; Danish, the house's language, when nothing tells."""
    words = Counter(_WORD.findall(text.lower()))
    scores = {
        code: sum(count for word, count in words.items() if word in listed)
        for code, listed in _LISTS.items()
    }
    scores["sv"] += sum(count for word, count in words.items() if "ä" in word or "ö" in word)
    scores["nb"] += sum(
        count for word, count in words.items() if word.endswith(("sjon", "sikkerhet"))
    )
    scores["da"] += sum(count for word, count in words.items() if word.endswith("hed"))
    best = max(scores, key=lambda code: (scores[code], code == DEFAULT))
    return best if scores[best] else DEFAULT
