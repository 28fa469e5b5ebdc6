from __future__ import annotations

import pytest

from clientimport.errors import UsageError
from clientimport.matching.column_mapping import ColumnMapping
from clientimport.matching.mapping_findings import mapping_findings
from clientimport.matching.profiles import Profile, ProfileColumn
from clientimport.model.finding import Severity
from clientimport.schema.data_files import platform_ids
from clientimport.schema.loader import load_schema
from mapping_sheet import certain, fields, matched

COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV"]
FIRST, LAST = ["An", "Jan", "Els"], ["Peeters", "Claes", "Maes"]
MAILS = ["an@peeters.be", "jan@claes.be", "els@maes.be"]
OTHER_MAILS = ["info@peeters.be", "info@claes.be", "info@maes.be"]
NUMBERS = ["0403.019.261", "0202.239.951", "0400.378.485"]
VAT = ["BE0403019261", "BE0566988259", "BE0419618535"]
IBANS = ["BE71 0961 2345 6769", "BE43 0689 9999 9501", "BE62 5100 0754 7061"]


def reasons(mapping: ColumnMapping, at: int) -> list[str]:
    return [reason.code for reason in mapping.matches[at].reasons]


@pytest.mark.parametrize("platform", platform_ids())
def test_every_template_maps_back_to_itself_in_every_language(platform: str) -> None:
    schema = load_schema(platform)
    for language in schema.languages:
        mapping = matched([(f"{column.header(language)} *", []) for column in schema.columns], platform)
        assert fields(mapping) == list(schema.fields)
        assert all(certain(mapping))
        assert all(one.used for one in mapping.matches)


def test_the_language_of_a_template_is_told() -> None:
    schema = load_schema("banqup-partner")
    for language in schema.languages:
        assert matched([(column.header(language), []) for column in schema.columns]).language == language
    assert matched([("Bedrijf", COMPANIES)]).language is None


def test_the_older_template_with_15_columns_is_recognised() -> None:
    headers = [column.header("nl") for column in load_schema("banqup-partner").columns[:15]]
    assert all(certain(matched([(header, []) for header in headers])))


def test_a_template_in_another_order_is_matched_on_its_headers() -> None:
    schema = load_schema("banqup-partner")
    mapping = matched([(column.header("fr"), []) for column in reversed(schema.columns)])
    assert fields(mapping) == list(reversed(schema.fields))


def test_a_header_alone_is_a_proposal() -> None:
    mapping = matched([("Bedrijfsnaam", []), ("IBAN", [])])
    assert fields(mapping) == ["legal_name", "iban"]
    assert certain(mapping) == [False, False]


def test_header_and_values_together_are_certain() -> None:
    assert certain(matched([("Bedrijfsnaam", COMPANIES), ("Ond.nr", NUMBERS), ("IBAN", IBANS)])) == [True] * 3


def test_values_veto_even_an_exact_header() -> None:
    mapping = matched([("BTW", ["21%", "6%", "12%"]), ("IBAN", ["kantoor", "thuis", "geen idee"])])
    assert fields(mapping) == [None, None]
    assert reasons(mapping, 0) == ["header_exact", "values_refute"]


def test_wrong_check_digits_are_errors_in_the_data_and_no_veto() -> None:
    assert fields(matched([("Ondernemingsnummer", ["0403.019.262", "0202.239.950", "0400.378.486"])])) == [
        "company_number"
    ]


def test_two_equal_columns_are_both_left_alone() -> None:
    mapping = matched([("E-mail", MAILS), ("Mailadres", OTHER_MAILS)])
    assert fields(mapping) == [None, None]
    assert "tied" in reasons(mapping, 0)


def test_an_empty_twin_does_not_disturb() -> None:
    mapping = matched([("E-mail", MAILS), ("Mailadres", ["", "", ""])])
    assert (fields(mapping), certain(mapping)) == (["contact_email", None], [True, False])


def test_a_column_that_repeats_another_is_left_out() -> None:
    assert fields(matched([("E-mail", MAILS), ("e-mail", MAILS)])) == ["contact_email", None]


def test_the_contact_comes_before_the_client() -> None:
    assert fields(matched([("E-mail", OTHER_MAILS), ("E-mail contact", MAILS)])) == [None, "contact_email"]


@pytest.mark.parametrize("header", ["Gestionnaires", "Emails gestionnaires", "Dossierbeheerders", "Collaborateurs"])
def test_the_offices_people_are_found_by_several_words(header: str) -> None:
    lists = ["ann@kantoor.be,bob@kantoor.be", "bob@kantoor.be", "ann@kantoor.be; bob@kantoor.be"]
    assert fields(matched([(header, lists)], "banqup-console-lu")) == ["assignee_emails"]


def test_a_numbered_sibling_makes_the_first_a_question() -> None:
    mapping = matched([("E-mail", MAILS), ("E-mail 2", OTHER_MAILS)])
    assert (fields(mapping), certain(mapping)) == (["contact_email", None], [False, False])


@pytest.mark.parametrize(
    "header", ["E-mail factuur", "E-mail partner", "E-mail boekhouding klant privé", "Email consent"]
)
def test_mail_of_somebody_else_is_never_the_contacts(header: str) -> None:
    assert fields(matched([(header, MAILS)])) == [None]


def test_an_unknown_header_over_mails_is_left_alone() -> None:
    assert fields(matched([("Boekhouding", MAILS), ("", OTHER_MAILS)])) == [None, None]


def test_a_name_beside_a_first_name_is_a_last_name() -> None:
    mapping = matched([("Naam", LAST), ("Voornaam", FIRST)], "accounton")
    assert (fields(mapping), certain(mapping)) == (["contact_last_name", "contact_first_name"], [True, True])


def test_a_name_with_legal_forms_is_the_companys() -> None:
    assert fields(matched([("Naam", COMPANIES)])) == ["legal_name"]
    assert certain(matched([("Naam", COMPANIES)])) == [True]


def test_a_name_without_legal_forms_is_a_proposal() -> None:
    mapping = matched([("Naam", LAST), ("IBAN", IBANS)])
    assert (fields(mapping), certain(mapping)) == (["legal_name", "iban"], [False, True])


def test_a_number_behind_a_street_that_has_it_in_some_rows_is_no_code_of_the_client() -> None:
    streets = ["Kerkstraat", "Markt 3", "Dorp 4 bus 2"]
    mixed = matched([("Straat", streets), ("Nr", ["5", "", ""])])
    assert (fields(mixed)[1], certain(mixed)[1]) == ("house_number", False)
    full = matched([("Straat", ["Kerkstraat 5", "Markt 3", "Dorp 4"]), ("Nr", ["101", "102", "103"])])
    assert fields(full)[1] == "client_code"


def test_a_street_with_numbers_is_an_address() -> None:
    assert fields(matched([("Straat", ["Kerkstraat 5", "Markt 1", "Dorp 12"])])) == ["address"]
    apart = matched([("Straat", ["Kerkstraat", "Markt", "Dorp"]), ("Nr", ["5", "1", "12A"])])
    assert (fields(apart), certain(apart)) == (["street", "house_number"], [True, True])


def test_a_mandate_is_never_certain_outside_the_template_and_never_seen_in_values() -> None:
    mapping = matched(
        [("Mandaat", ["Ja", "Nee", "Ja"]), ("Getekend", ["Ja", "Nee", "Ja"]), ("SEPA mandaat", ["Ja"] * 3)]
    )
    assert (fields(mapping), certain(mapping)) == (["mandate", None, None], [False] * 3)


def test_used_follows_derivation() -> None:
    mapping = matched([("Voornaam", FIRST), ("BIC", ["GKCCBEBB", "KREDBEBB"])], "banqup-console-be")
    assert [one.used for one in mapping.matches] == [True, True]
    assert not matched([("BIC", ["GKCCBEBB", "KREDBEBB"])], "accounton").matches[0].used


def test_a_decision_stands_above_everything() -> None:
    mapping = matched([("Naam", COMPANIES), ("X", LAST), ("X", FIRST)], decisions={"naam": "ignore", "B": "legal_name"})
    assert (fields(mapping), certain(mapping)) == ([None, "legal_name", "contact_first_name"], [True, True, False])


def test_an_exact_header_comes_before_a_letter() -> None:
    assert fields(matched([("B", FIRST), ("Y", LAST)], decisions={"B": "legal_name"}))[0] == "legal_name"


@pytest.mark.parametrize(
    ("decisions", "code"),
    [
        ({"E-mail": "legal_name"}, "set.ambiguous_header"),
        ({"Naamm": "legal_name"}, "set.unknown_header"),
        ({"Naam": "legal_nam"}, "set.unknown_field"),
        ({"Naam": "legal_name", "B": "legal_name"}, "set.field_twice"),
        ({"Naam": "legal_name", "A": "city"}, "set.column_twice"),
    ],
)
def test_a_decision_on_nothing_is_refused(decisions: dict[str, str], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        matched([("Naam", LAST), ("E-mail", MAILS), ("E-mail", OTHER_MAILS)], decisions=decisions)
    assert caught.value.code == code


def test_a_profile_that_a_whole_column_contradicts_is_not_certain_and_that_is_said() -> None:
    columns = (
        *(ProfileColumn("Kol1", "legal_name"), ProfileColumn("Kol2", "iban"), ProfileColumn("Kol3", "ignore")),
        ProfileColumn("Jaar", "company_number"),
    )
    profile = Profile("ours", "banqup-partner", columns)
    years = ["2000", "2001", "2002"]
    sheet = [("Kol1", COMPANIES), ("Kol2", MAILS), ("Kol3", MAILS), ("Jaar", years)]
    mapping = matched(sheet, profile=profile)
    assert fields(mapping) == ["legal_name", "iban", None, "company_number"]
    assert certain(mapping) == [True, False, True, False]
    assert reasons(mapping, 3) == ["profile", "values_refute"]
    assert mapping.profile == "ours"
    said = {one.column: (one.code, one.severity) for one in mapping_findings(mapping)}
    assert said["D"] == ("mapping.contradicted", Severity.WARNING)
    assert matched(sheet, decisions={"Jaar": "company_number"}, profile=profile).matches[3].certain


@pytest.mark.parametrize(
    "values", [["in oprichting"], ["2000", ""], ["0403019262", "0403019263", "0403019264"], [""] * 9]
)
def test_a_profile_stays_certain_for_a_wrong_cell_or_two_and_for_numbers_that_are_only_wrong(values: list[str]) -> None:
    profile = Profile("ours", "banqup-partner", (ProfileColumn("Nr", "company_number"),))
    assert certain(matched([("Nr", values)], profile=profile)) == [True]


def test_a_profile_made_from_a_mapping_gives_it_again() -> None:
    sheet = [("E-mail", MAILS), ("E-mail", OTHER_MAILS), ("Naam", COMPANIES)]
    first = matched(sheet, decisions={"B": "contact_email"})
    again = matched(sheet, profile=first.make_profile("ours", "banqup-partner"))
    assert fields(again) == fields(first) == [None, "contact_email", "legal_name"]
    assert all(certain(again))


def test_the_offices_two_addresses_are_not_certain_to_be_the_contacts() -> None:
    office = ["sofie@office.example", "koen@office.example"] * 6
    clients = [f"info@client{at}.be" for at in range(12)]
    assert certain(matched([("E-mail", office)])) == [False]
    mapping = matched([("E-mail", office), ("E-mail klant", clients)])
    assert (fields(mapping), certain(mapping)) == ([None, "contact_email"], [False, True])


def test_the_same_few_names_over_and_over_are_not_certain_to_be_the_clients() -> None:
    assert certain(matched([("Maatschappij", ["Zekerheid NV", "Welzijn NV"] * 6)])) == [False]
    assert certain(matched([("Contactpersoon", ["Sofie Claes", "Koen Maes"] * 6)])) == [False]


def test_an_empty_column_never_beats_a_filled_one() -> None:
    mixed = ["an@peeters.be", "geen", "els@maes.be"]
    assert fields(matched([("E-mail", mixed), ("E-mail contact", [""] * 3)])) == ["contact_email", None]
    assert fields(matched([("Voornaam", FIRST), ("Contact voornaam", [""] * 3)])) == ["contact_first_name", None]
    assert fields(matched([("Voornaam", [""] * 3), ("Contact voornaam", FIRST)])) == [None, "contact_first_name"]


def test_an_account_may_be_a_login_and_is_left_alone() -> None:
    assert fields(matched([("Account", ["K1001", "K1004", "K1007"])])) == [None]


def test_the_contacts_own_language_is_a_language_or_a_locale() -> None:
    assert fields(matched([("Langue du gérant", ["FR", "NL", "FR"])])) == ["contact_language"]
    assert fields(matched([("Langue du gérant", ["fr-BE", "nl-BE", "fr-BE"])])) == ["contact_locale"]


def test_an_empty_column_needs_nobodys_word() -> None:
    assert matched([("BIC", [""] * 3)], "banqup-console-be").proposals == ()
    assert len(matched([("BIC", ["GKCCBEBB", "nakijken", "bellen"])], "banqup-console-be").proposals) == 1


def test_the_columns_of_our_own_rejects_are_ignored() -> None:
    mapping = matched([("clientimport: rij", ["4", "5", "6"]), ("Naam", COMPANIES)])
    assert (fields(mapping), certain(mapping)) == ([None, "legal_name"], [True, True])


def test_the_filled_columns_that_the_platform_does_not_get_are_known() -> None:
    sheet = [("Omzet", ["1", "2", "3"]), ("GSM", ["0470 12 34 56"] * 3), ("Naam", COMPANIES), ("Leeg", [""] * 3)]
    rest = [("Weg", FIRST), ("Naam", COMPANIES), ("clientimport : ligne", ["4", "5", "6"])]
    mapping = matched([*sheet, *rest], decisions={"Weg": "ignore"})
    assert [one.column.header for one in mapping.unused] == ["Omzet", "GSM"]
    assert [one.column.header for one in mapping.unmatched] == ["Omzet"]


def test_phones_under_a_vat_header_are_never_certain() -> None:
    mapping = matched([("Btw-nummer", ["02 511 22 33", "09/221.45.67", "03 234 56 78"])])
    assert certain(mapping) == [False]


def test_numbers_in_another_notation_are_still_what_their_header_says() -> None:
    peppol = ["0208:0403019261", "9925:BE0566988259", "iso6523-actorid-upis::0208:0419618535"]
    accounts = [f"GKCCBEBB {IBANS[0]}", f"{IBANS[1]} / GKCCBEBB", f"BIC GKCCBEBB IBAN {IBANS[2]}"]
    columns = [("Bedrijfsnaam", COMPANIES), ("Ondernemingsnummer", peppol), ("IBAN", accounts)]
    assert fields(matched(columns)) == ["legal_name", "company_number", "iban"]
    assert (
        fields(matched([("Bedrijfsnaam", COMPANIES), ("BTW-nummer", [f"9925:{one}" for one in VAT])]))[1]
        == "vat_number"
    )


def test_an_rcs_column_full_of_other_numbers_is_kept_for_a_person_and_for_its_errors() -> None:
    others = ["1893120105732", "20192401234", "LU15027442"]
    mapping = matched([("Dénomination", COMPANIES), ("N° RCS", others)], "banqup-console-lu")
    assert fields(mapping)[1] == "rcs_number"
    assert not mapping.matches[1].certain


def test_amounts_are_no_number_of_anybodys() -> None:
    amounts = ["1211,00", "2.450,50", "99,99 €"]
    assert fields(matched([("BTW", amounts), ("BTW-nr.", VAT)])) == [None, "vat_number"]
    assert fields(matched([("Telefoon", ["123456,00", "1.234.567,50", "98765432,10"])], "billit")) == [None]
    assert fields(matched([("BTW", ["0403.019.261", "0202.239.951", "0400.378.485"])])) == ["vat_number"]


def test_a_header_that_names_the_field_never_loses_it_to_a_vaguer_one() -> None:
    sheet = [("Naam", ["Peeters", "Claes", "Maes"]), ("Familienaam", LAST[::-1]), ("Voornaam", FIRST)]
    mapping = matched(sheet, "accounton")
    assert (fields(mapping), certain(mapping)) == (
        [None, "contact_last_name", "contact_first_name"],
        [False, True, True],
    )


def test_the_plainer_of_two_headers_goes_before_a_homonym_whose_values_fit_as_well() -> None:
    plain, vague = ["93051822361", "85073003328", "70010111175"], ["81020304528", "92040506794", "64070809192"]
    mapping = matched([("Registratienummer", vague), ("Rijksregisternummer", plain)], "accounton")
    assert fields(mapping) == [None, "national_register_number"]


def test_values_outweigh_a_word_that_costs_and_an_id_stays_an_id() -> None:
    assert fields(matched([("Legal country", ["België", "Frankrijk", "België"])])) == ["country"]
    assert fields(matched([("Legal country", ["groen", "blauw", "rood"])])) == [None]
    assert fields(matched([("Country ID", ["101", "102", "103"]), ("Contact ID", ["7", "8", "9"])])) == [None, None]


@pytest.mark.parametrize("header", ["Volmacht", "Mandat signé", "Vollmacht", "Volmacht Peppol"])
def test_a_mandate_under_other_words_is_one_over_yes_and_no_alone_and_certain_where_it_says_peppol(header: str) -> None:
    mapping = matched([(header, ["Ja", "Nee", "Ja"])])
    assert (fields(mapping), certain(mapping)) == (["mandate"], ["Peppol" in header])
    assert fields(matched([(header, ["MND-001", "MND-002", "MND-003"])])) == [None]
    assert fields(matched([(header, ["01/02/2024", "03/04/2024", "05/06/2024"])])) == [None]


def test_a_number_amid_an_address_is_the_houses_whatever_the_street_is_called() -> None:
    sheet = [("Zkw", ["x", "y", "z"]), ("Number", ["5", "1", "12A"]), ("Postcode", ["9000", "8000", "3000"])]
    assert fields(matched(sheet))[1] == "house_number"
    assert fields(matched([("Number", ["5", "1", "12"]), ("Zkw", ["x", "y", "z"])]))[0] == "client_code"
