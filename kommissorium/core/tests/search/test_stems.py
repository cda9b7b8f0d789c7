"""Danish words are found by other forms of them, and by spellings without æ, ø and å."""

from __future__ import annotations

import pytest

from kommissorium.core.search.words import PREFIX_FROM, stems_asked, stems_of

FORMS = (
    *("risikoen risiko", "skemaet skemaer", "temaerne tema", "videoer video"),
    *("politik politikker", "politikkerne politik", "beredskab beredskabsplanen", "risiko risici"),
    *(
        "hændelse hændelserne",
        "hændelsen hændelser",
        "leverandør leverandørerne",
        "risici risikoen",
    ),
    *("leverandørens leverandør", "trussel trusler", "trusler trusselsbilledet", "regler regel"),
    *("cybertruslen cybertrussel", "sårbarhed sårbarheder", "øvelse øvelserne", "år årenes"),
    *("adgangskode adgangskoder", "møder mødet", "mødernes møde", "udvalgets udvalg", "mål målene"),
    *("beslutning beslutninger", "ansvarlige ansvarlig", "databehandler databehandleraftale"),
    *("kontrol kontrollerne", "kontrollen kontroller", "nøgler nøgle", "artikler artiklen"),
    *(
        "godkendt godkendelser",
        "godkende godkendt",
        "handleplaner handleplan",
        "kommunernes kommune",
    ),
    *(
        "haendelse hændelserne",
        "hændelse HAENDELSEN",
        "leverandoer leverandører",
        "oevelsen øvelser",
    ),
    *(
        "aarshjulet årshjul",
        "saarbarhed sårbarheder",
        "aag Aagaard",
        "Ågård Aagaard",
        "micha Michael",
    ),
    *("bog bøger", "bøger bogen", "håndbøgerne håndbog", "mand mænd", "formænd formanden"),
    *("barn børn", "børnene barnets", "børn børnehaver", "konti kontoen", "kriterier kriterium"),
    *("registre register", "register registrene", "eksempler eksempel", "numrene nummer"),
    *(
        "kryptering krypteret",
        "krypterede kryptering",
        "vurderet vurderinger",
        "evaluere evaluering",
    ),
    *("krypteri kryptering", "konti kontinuitet"),  # being typed
    *("it-chef itchefen", "itchef it-chefen", "email e-mails", "e-mail email", "chef it-chefen"),
    *("nis2 NIS2", "nis2-loven NIS-2-loven", "sik it-sikkerhed"),
)


def is_found(question: str, text: str) -> bool:
    words = stems_of(text)
    return all(
        any(one == word or (len(one) >= PREFIX_FROM and word.startswith(one)) for word in words)
        for one in stems_asked(question)
    )


@pytest.mark.parametrize("pair", FORMS)
def test_a_word_is_found_by_another_form(pair: str) -> None:
    assert is_found(*pair.split())


def test_letters_and_a_number_are_one_with_or_without_a_space() -> None:
    for question, text in (("nis2", "NIS 2-loven"), ("NIS 2", "nis2"), ("NIS2-loven", "NIS 2-lov")):
        assert is_found(question, text), question
    assert not is_found("nis2", "NIS 3 og 20")


OTHER_WORDS = ("øvelsesplan øvelse", "søren soren", "hjul årshjul", "levering leverandør")


@pytest.mark.parametrize("pair", OTHER_WORDS)
def test_other_words_are_not_found(pair: str) -> None:
    assert not is_found(*pair.split())
