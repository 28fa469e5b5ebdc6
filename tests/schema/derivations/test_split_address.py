"""Addresses in one cell, and as street, house number and box."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.schema.derivations.split_address import join_addresses, split_address


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("Kerkstraat 12", ("Kerkstraat", "12", None)),
        ("Kerkstraat 12A", ("Kerkstraat", "12A", None)),
        ("Kerkstraat 12 A", ("Kerkstraat", "12A", None)),
        ("Kerkstraat, 12", ("Kerkstraat", "12", None)),
        ("Kerkstraat 12 bus 3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12, bus 3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12 bus A2", ("Kerkstraat", "12", "A2")),
        ("Kerkstraat 12 b3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12/3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12-14", ("Kerkstraat", "12-14", None)),
        ("Rue de la Loi 16 bte 4", ("Rue de la Loi", "16", "4")),
        ("Rue de la Loi 16 boîte 4", ("Rue de la Loi", "16", "4")),
        ("Rue du 11 Novembre 5", ("Rue du 11 Novembre", "5", None)),
        ("Chaussée de Namur 12 bis", ("Chaussée de Namur", "12bis", None)),
        ("12, rue de la Gare", ("rue de la Gare", "12", None)),
        ("12 rue de la Gare", ("rue de la Gare", "12", None)),
        ("1, place d'Armes", ("place d'Armes", "1", None)),
        ("Av. Louise n° 149", ("Av. Louise", "149", None)),
        ("Klosterstraße 3", ("Klosterstraße", "3", None)),
        ("Grote Markt", ("Grote Markt", None, None)),
        ("Brugse Baan 255, box2", ("Brugse Baan", "255", "2")),
        ("Pastoor Coplaan 100,", ("Pastoor Coplaan", "100", None)),
        ("Hermelijnlaan 15-23 A02", ("Hermelijnlaan", "15-23", "A02")),
        ("Hermelijnlaan 15-23 B02", ("Hermelijnlaan", "15-23", "B02")),
        ("Kerkstraat 12 bus 0101", ("Kerkstraat", "12", "0101")),
        ("Kerkstraat 12bus3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12 b. 3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12 - bus 3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12 bus nr. 3", ("Kerkstraat", "12", "3")),
        ("Kerkstraat 12 bus 3 A", ("Kerkstraat", "12", "3 A")),
        ("Kerkstraat 12A bus 3", ("Kerkstraat", "12A", "3")),
        ("Rue Haute 12, appt. 4", ("Rue Haute", "12", "4")),
        ("Rue Haute 12 étage 3", ("Rue Haute", "12", "étage 3")),
        ("Rue Haute 12, 3e étage", ("Rue Haute", "12", "3e étage")),
        ("Kerkstraat 12, 2de verdieping", ("Kerkstraat", "12", "2de verdieping")),
        ("Hauptstr. 5, 2. OG", ("Hauptstr.", "5", "2. OG")),
        ("Keizersgracht 12-III", ("Keizersgracht", "12", "III")),
        ("Brugse Baan 455 I", ("Brugse Baan", "455I", None)),
        ("Route N4 127", ("Route N4", "127", None)),
        ("Op den Bus 5", ("Op den Bus", "5", None)),
        ("Steenweg 12 bus", ("Steenweg 12 bus", None, None)),
        ("Kerkstraat 12 bus 3 bis", ("Kerkstraat 12 bus 3 bis", None, None)),
        ("Dorp 12 1", ("Dorp 12 1", None, None)),
    ],
)
def test_an_address_is_taken_apart(address: str, parts: tuple[str | None, ...]) -> None:
    derived = split_address(address)
    assert derived is not None
    assert derived.values == parts


def test_nothing_follows_from_an_empty_address() -> None:
    assert split_address(None) is None


def joined(*address: str | None) -> list[str | None]:
    """Return one address as it is joined of street, number, box and language."""
    return join_addresses(*(pa.array([part], pa.string()) for part in address)).to_pylist()


def test_the_box_word_is_the_clients_own() -> None:
    for language, address in (("nl", "Dorp 1 bus 2"), ("fr", "Dorp 1 bte 2"), (None, "Dorp 1 bus 2")):
        assert joined("Dorp", "1", "2", language) == [address]


def test_a_box_that_says_so_itself_gets_no_second_word() -> None:
    assert joined("Dorp", "1", "bus 2", "nl") == ["Dorp 1 bus 2"]


def test_without_a_street_there_is_no_address() -> None:
    assert joined(None, "1", "2", "nl") == [None]
    assert joined("Dorp", None, None, None) == ["Dorp"]


@given(st.text(max_size=60))
def test_nothing_typed_is_lost(text: str) -> None:
    derived = split_address(text)
    typed = {c for c in text.casefold() if c.isdigit() or c.isalpha()}
    kept = {c for value in (derived.values if derived else ()) for c in (value or "").casefold()}
    box_words = set("busteboîtboxappostfachnroartementwhglounfi")
    assert typed - kept <= box_words
