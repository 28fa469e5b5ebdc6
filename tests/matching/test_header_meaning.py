from __future__ import annotations

import pytest

from clientimport.matching.header_meaning import MatchStrength, header_meaning


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("Ond.nr", "company_number"), ("ONDERNEMINGSNR.", "company_number"), ("N° d'entreprise", "company_number")),
        *(
            ("KBO nr", "company_number"),
            ("BTW nr", "vat_number"),
            ("N° T.V.A.", "vat_number"),
            ("USt-IdNr.", "vat_number"),
        ),
        *(("VATNumber", "vat_number"), ("INSZ", "national_register_number"), ("NISS", "national_register_number")),
        *(("PLZ/Ort", "city"), ("CP", "postal_code"), ("BKADR_PLZ", "postal_code"), ("Address_City", "city")),
        *(
            ("E-mailadres (contact)", "contact_email"),
            ("clientEmail", "contact_email"),
            ("Mail klant", "contact_email"),
        ),
        *(("Kontaktvorname", "contact_first_name"), ("Gsm nr. contactpersoon", "contact_mobile")),
        *(("Volledige naam onderneming", "legal_name"), ("RRN echtgenote", "spouse_national_register_number")),
        *(("mailadres dossierbeheerder", "responsible_email"), ("Taal (NL/FR)", "language")),
        *(("Mandaat datum", "mandate_date"), ("Mandat signé le", "mandate_date")),
    ],
)
def test_a_header_is_understood_as_people_write_it(header: str, field: str) -> None:
    assert field in header_meaning(header).fields
    assert header_meaning(header).strength >= MatchStrength.PART


@pytest.mark.parametrize(
    "header",
    [
        *("Btw-plichtig", "BTW periode", "E-mail factuur", "Leveringsadres", "Naam partner", "Contactpersoon adres"),
        *("IBAN kantoor", "Facturatieadres", "Mandaat bestuurder", "Getekend", "E-mail facturatie"),
        "Datum SEPA-mandaat",
        *("SEPA mandaat", "Geboortedatum", "Privé e-mail", "Commune de naissance", "Website", "Fax"),
    ],
)
def test_what_is_somebody_elses_or_something_else_is_foreign(header: str) -> None:
    assert header_meaning(header).foreign
    assert header_meaning(header).fields == ()


@pytest.mark.parametrize(
    "header",
    [
        "",
        "***",
        "Kleur",
        "Mandaat Intervat",
        "CodaBox mandaat",
        "Mandataire",
        "Adresregel 2",
        "Deadline",
        "Account",
    ],
)
def test_an_unknown_header_means_nothing(header: str) -> None:
    assert header_meaning(header).fields == ()
    assert not header_meaning(header).foreign


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("Peppol-mandaat ondertekend", "mandate"), ("Mandat Peppol signé", "mandate"), ("Vollmacht", "mandate")),
        *(("Mandaat getekend", "mandate"), ("Signed Peppol mandate?", "mandate")),
        *(("Peppol-Vollmacht liegt vor", "mandate"), ("Mandaat Peppol (ja/nee)", "mandate")),
        *(("Postnr. + gemeente", "city"), ("Zip + town", "city"), ("CP & commune", "city"), ("PLZ und Ort", "city")),
        *(("Volledig adres", "address"), ("Adreslijn", "address"), ("Siège", "address"), ("Rue + n°", "address")),
        *(("Courrier électronique", "contact_email"), ("Mail aanspreekpunt", "contact_email")),
        *(("E-mail pers. contact", "contact_email"), ("Naam aanspreekpunt", "contact_name")),
        *(("Nom pers. contact", "contact_last_name"), ("Prénom pers. contact", "contact_first_name")),
        *(("Roepnaam", "contact_first_name"), ("Achtern.", "contact_last_name")),
        *(("Taal aanspreekpunt", "contact_language"), ("Langue du gérant", "contact_language")),
        *(("Taal communicatie", "language"), ("Langue corr.", "language"), ("Maatschappij", "legal_name")),
        *(("Raison soc.", "legal_name"), ("Intitulé", "legal_name"), ("Kd.-Nr.", "client_code")),
        *(("Code rel.", "client_code"), ("Our ref", "client_code"), ("Intern nr.", "client_code")),
        *(("INSZ echtgeno(o)t(e)", "spouse_national_register_number"), ("Cd. postal", "postal_code")),
        *(("NR-Nr. Ehepartner", "spouse_national_register_number"), ("Zusatz/Briefkasten", "box")),
        *(("Ondernemingsnummer (eenmanszaak)", "company_number"), ("Onboarding config", "configuration_template")),
        *(("Verantwoordelijke collega", "responsible_email"), ("Categories", "labels"), ("Schlagworte", "labels")),
        *(("BTW-nummer (volgens offerte)", "vat_number"), ("Home Country/Region", "country")),
    ],
)
def test_a_header_is_understood_with_what_is_written_around_it(header: str, field: str) -> None:
    assert field in (*header_meaning(header).fields, *header_meaning(header).core)


@pytest.mark.parametrize("header", ["Mandaat", "Mandaat getekend", "Vollmacht", "Mandat signé", "Signed mandate"])
def test_a_mandate_that_does_not_say_for_what_leaves_a_doubt(header: str) -> None:
    assert header_meaning(header).doubtful


def test_nobody_knows_what_brackets_say() -> None:
    assert header_meaning("BTW-nummer (volgens offerte)").doubtful
    assert header_meaning("E-mail (facturatie extern)").foreign


def test_a_director_is_named() -> None:
    assert (header_meaning("Prénom du gérant").role, header_meaning("Prénom du gérant").person) == (
        "director",
        "gerant",
    )
    assert header_meaning("Email responsable").core == ("contact_email",)


def test_a_bilingual_header_means_what_its_halves_share() -> None:
    assert header_meaning("Firstname / Voornaam").fields == ("contact_first_name",)
    assert not header_meaning("Naam / Dénomination").doubtful


def test_two_different_halves_leave_a_doubt() -> None:
    assert set(header_meaning("BTW / Ondernemingsnummer").fields) == {"vat_number", "company_number"}
    assert header_meaning("BTW / Ondernemingsnummer").doubtful


def test_a_misspelled_header_is_only_similar() -> None:
    assert header_meaning("Ondernemingsnumer").strength is MatchStrength.SIMILAR


def test_a_number_is_remembered() -> None:
    assert header_meaning("E-mail 2").ordinal == 2


def test_who_runs_the_company_may_not_be_the_contact() -> None:
    assert header_meaning("E-mail zaakvoerder").doubtful


def test_the_words_of_a_known_header_may_stand_in_another_order() -> None:
    assert header_meaning("code_pays").fields == header_meaning("pays_code").fields == ("country",)


def test_the_beginning_of_a_word_is_a_proposal() -> None:
    assert header_meaning("woonpl").fields == ("city",)
    assert header_meaning("woonpl").doubtful


def test_a_letter_behind_a_header_marks_another_one() -> None:
    assert header_meaning("Straße L").foreign
    assert not header_meaning("L'adresse").foreign


@pytest.mark.parametrize("header", ["VAT enterprise number", "Btw ondernemingsnummers", "TVA numéro entreprise"])
def test_a_word_that_names_another_field_stops_similar_spelling(header: str) -> None:
    assert "company_number" not in header_meaning(header).fields or "vat_number" in header_meaning(header).fields


@pytest.mark.parametrize(
    ("header", "field"),
    [("Legal country", "country"), ("Billing VAT number", "vat_number"), ("IBAN facturation", "iban")],
)
def test_a_word_that_makes_something_else_of_most_things_costs(header: str, field: str) -> None:
    assert header_meaning(header).fields == (field,)
    assert header_meaning(header).costly
    assert header_meaning(header).doubtful


@pytest.mark.parametrize(
    "header", ["Region", "Code région", "Address region", "State", "E-mail facturation", "Factuurnaam"]
)
def test_what_nothing_can_outweigh_stays_foreign_or_unknown(header: str) -> None:
    assert header_meaning(header).fields == ()


@pytest.mark.parametrize(
    "header",
    ["Volmacht", "Volmacht Peppol", "Mandat signé", "Procuration Peppol", "Vollmacht erteilt", "Signed mandate"],
)
def test_a_mandate_under_other_words_is_the_mandate(header: str) -> None:
    assert header_meaning(header).fields == ("mandate",)


@pytest.mark.parametrize("header", ["SEPA-mandaat referentie", "Mandat SEPA", "Datum volmacht", "SEPA-Mandatsreferenz"])
def test_the_mandate_of_a_direct_debit_or_a_date_is_not(header: str) -> None:
    assert header_meaning(header).fields == ()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Organisatie - Stad/plaats van adres", "city"),
        ("Telefon1", "contact_phone"),
        ("First", "contact_first_name"),
        ("EU-USt-IdNr.", "vat_number"),
        ("Länderkennzeichen", "country"),
    ],
)
def test_headers_of_more_programs_are_understood(header: str, field: str) -> None:
    assert header_meaning(header).fields == (field,)


def test_a_number_written_onto_a_word_counts() -> None:
    assert (header_meaning("Telefon2").ordinal, header_meaning("Adresse1").fields) == (2, ("address",))


def test_a_role_in_brackets_is_a_role_before_it_is_a_header() -> None:
    assert header_meaning("Rue (domicile)").role == "private"


@pytest.mark.parametrize("header", ["Client n° entreprise", "Client company number", "Company customer number"])
def test_two_known_headers_in_one_mean_either(header: str) -> None:
    meaning = header_meaning(header)
    assert set(meaning.fields) == {"client_code", "company_number"}
    assert meaning.doubtful


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("Contact principal - prénom", "contact_first_name"), ("Contact principal - e-mail", "contact_email")),
        *(("Contactpersoon / E-mail", "contact_email"), ("Contacten/Voornaam", "contact_first_name")),
    ],
)
def test_a_person_before_a_stroke_says_whose_data_it_is(header: str, field: str) -> None:
    assert header_meaning(header).fields == (field,)


def test_two_words_for_one_thing_stay_one() -> None:
    assert header_meaning("Firstname / Voornaam").fields == ("contact_first_name",)
    assert set(header_meaning("BTW/KBO").fields) == {"company_number", "vat_number"}


@pytest.mark.parametrize("header", ["Organisation ID", "ID Organisation", "Organisation - ID", "Naam ID", "Contact ID"])
def test_an_id_is_no_name(header: str) -> None:
    meaning = header_meaning(header)
    assert (meaning.fields, meaning.foreign) == ((), True)


@pytest.mark.parametrize(("header", "field"), [("VAT ID", "vat_number"), ("Klant-ID", "client_code")])
def test_an_id_that_is_a_number_or_a_code_stays_one(header: str, field: str) -> None:
    assert header_meaning(header).fields[0] == field
