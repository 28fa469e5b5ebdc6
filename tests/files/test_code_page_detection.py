"""A code page is doubted for words that nobody writes so, and never for names that are right."""

from __future__ import annotations

import pytest

from clientimport.files.code_page_detection import better_code_page

DOS = ("Café", "Müller", "Liège", "Français", "Citroën", "Hôtel", "Köln", "Jäger", "fête", "naïve", "María", "López")
MAC = ("Café", "Müller", "Schröder", "Hôtel", "Noël", "Straße", "lœuf", "l’eau", "Köln", "Français", "Liège")
LATIN_9 = ("cœur", "Œuvre", "Škoda", "Žižka")
RIGHT = (
    *("Café", "D’Hondt", "d‘Hondt", "Ñandú", "Œuvre", "L’Œuvre d’Or", "Šimek", "Žižka", "Beneš", "Tomáš", "Dušan"),
    *(
        "“De Kroon”",
        "„Haus“",
        "‘t Hof",
        "Foto’s",
        "foto‘s",
        "Peeters–Maes",
        "rez–de–chaussée",
        "a…",
        "enz… ok",
        "• punt",
    ),
    *("CRèME", "FRANçOIS", "SOCIéTé", "CŒUR", "BŒUF", "MÜLLER", "BioÉpicerie", "Straße", "Juárez", "Håkan", "Sørensen"),
    *(
        "Brand™",
        "€ 5",
        "5€",
        "N° 5",
        "½ uur",
        "m²",
        "A×B",
        "10‰",
        "§ 5",
        "†Dupont",
        "Dupont†",
        "ƒ 100",
        "¿Qué?",
        "¡Hola!",
    ),
    *("coöperatie", "België", "Zoë", "À la carte", "Être", "Über", "Ærø", "Þór", "L'HAŸ-LES-ROSES"),
)


@pytest.mark.parametrize(("word", "encoding"), [(word, "cp850") for word in DOS] + [("Café", "cp437")])
def test_words_of_dos_are_recognised_alone(word: str, encoding: str) -> None:
    found = better_code_page(f"Naam;{word};Gent\r\n".encode(encoding))
    assert found
    assert (found.encoding, found.corrected) == ("cp850", word)


@pytest.mark.parametrize(
    ("word", "encoding"), [(word, "mac_roman") for word in MAC] + [(word, "iso8859-15") for word in LATIN_9]
)
def test_words_of_an_old_mac_and_of_latin_9_are_recognised_alone(word: str, encoding: str) -> None:
    found = better_code_page(f"Naam;{word};Gent\r\n".encode(encoding))
    assert found
    assert (found.encoding, found.corrected) == (encoding, word)


@pytest.mark.parametrize("word", RIGHT)
def test_a_right_name_is_not_doubted_alone(word: str) -> None:
    assert better_code_page(f"Naam;{word};Gent\r\n".encode("cp1252")) is None


def test_right_names_are_not_doubted_together() -> None:
    assert better_code_page("\r\n".join(RIGHT).encode("cp1252")) is None


def test_one_damaged_word_among_many_right_ones_does_not_take_the_others_to_its_code_page() -> None:
    data = "\r\n".join(RIGHT).encode("cp1252") + b"\r\n" + "Café".encode("cp850")
    assert better_code_page(data) is None
