from __future__ import annotations

from clientimport.matching.missing_columns import missing_required
from clientimport.schema.loader import load_schema
from mapping_sheet import matched


def missing(headers: list[str], platform: str, *filled: str, city: str = "Gent") -> tuple[str, ...]:
    columns = [(header, [city] if header == "Gemeente" else []) for header in headers]
    return missing_required(matched(columns, platform), load_schema(platform), filled)


def test_fields_without_a_column_are_named_in_the_order_of_the_file() -> None:
    assert missing(["E-mail", "Voornaam", "Achternaam"], "accounton") == ("language",)
    assert missing(["Bedrijfsnaam", "Land"], "banqup-partner")[:2] == ("contact_email", "contact_first_name")


def test_what_can_be_derived_is_not_missing() -> None:
    headers = ["Bedrijfsnaam", "Land", "E-mail", "Contactpersoon", "Taal"]
    assert missing(headers, "banqup-partner") == ()


def test_a_default_fills_a_field() -> None:
    assert missing(["E-mail", "Voornaam", "Achternaam"], "accounton", "language") == ()


def test_one_of_two_is_enough_and_neither_is_named_together() -> None:
    headers = ["Bedrijfsnaam", "Adres", "Postcode", "Gemeente", "Land", "IBAN", "Taal", "Contactpersoon", "E-mail"]
    assert missing(headers, "banqup-console-lu") == ("rcs_number|vat_number",)
    assert missing([*headers, "N° TVA"], "banqup-console-lu") == ()


def test_a_city_gives_the_postal_code_only_where_it_holds_one() -> None:
    assert "postal_code" in missing(["Gemeente"], "banqup-console-be")
    assert "postal_code" not in missing(["Gemeente"], "banqup-console-be", city="9000 Gent")


def test_an_address_gives_postal_code_and_city_only_where_it_holds_them() -> None:
    schema = load_schema("banqup-console-be")
    whole = matched([("Adres", ["Meir 1, 2000 Antwerpen", "Dorp 2, 9000 Gent"])], "banqup-console-be")
    street = matched([("Adres", ["Meir 1", "Dorp 2"])], "banqup-console-be")
    assert {"postal_code", "city"}.isdisjoint(missing_required(whole, schema, ()))
    assert {"postal_code", "city"} <= set(missing_required(street, schema, ()))
