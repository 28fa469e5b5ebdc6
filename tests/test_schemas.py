"""What holds schemas, findings, fields and words together."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Severity
from clientimport.model.platform_schema import PlatformColumn
from clientimport.schema import checks
from clientimport.schema.checks import duplicate_rows
from clientimport.schema.data_files import platform_ids
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.finding_catalog import finding_kinds
from clientimport.schema.loader import load_schema
from records_of import records_of

# What scripts rely on: the columns of each platform in the order of its file, * for required.
CONTRACT = {
    "banqup-partner": "legal_name* country* contact_email* contact_first_name* contact_last_name* contact_locale* "
    "company_number vat_number external_reference iban street house_number box postal_code city mandate "
    "configuration_template",
    "banqup-console-be": "legal_name* address* postal_code* city* country* company_number* vat_number iban* bic "
    "language* contact_name* contact_language* contact_email* assignee_emails",
    "banqup-console-lu": "legal_name* address* postal_code* city* country* rcs_number vat_number iban* bic "
    "language* contact_name* contact_language* contact_email* assignee_emails",
    "accounton": "person_type contact_first_name* contact_last_name* contact_email* contact_mobile "
    "national_register_number street house_number box postal_code city country extra_pb labels "
    "spouse_national_register_number language* client_code company_number spouse_company_number tax_deadline "
    "responsible_email",
}
COLUMNS = [(platform, column) for platform in CONTRACT for column in load_schema(platform).columns]
SOURCES_OF_CHECKS = (*Path(checks.__file__).parent.glob("*.py"), Path(duplicate_rows.__file__))
CODES_OF_CHECKS = sorted(
    {
        code
        for file in SOURCES_OF_CHECKS
        for code in re.findall(r'"([a-z_]+\.[a-z0-9_]+)"', file.read_text(encoding="utf-8"))
    }
)


def test_the_platforms_of_the_contract_are_there() -> None:
    assert set(CONTRACT) <= set(platform_ids())


@pytest.mark.parametrize("platform", CONTRACT)
def test_columns_stand_in_the_order_of_the_contract(platform: str) -> None:
    columns = load_schema(platform).columns
    assert " ".join(f"{column.field}{'*' * column.required}" for column in columns) == CONTRACT[platform]


@pytest.mark.parametrize(("platform", "column"), COLUMNS)
def test_every_example_passes_its_own_type(platform: str, column: PlatformColumn) -> None:
    schema = load_schema(platform)
    if not column.example:
        assert column.field == "extra_pb"
    else:
        parsed = column.type.parse(column.example, schema.country)
        assert parsed == ParsedValue(column.example)


@pytest.mark.parametrize("platform", CONTRACT)
def test_the_examples_together_pass_every_rule(platform: str) -> None:
    schema = load_schema(platform)
    rows = records_of(**{column.field: [column.example or None] for column in schema.columns})
    codes = {noticed.code for rule in schema.rules for noticed in rule.check(rows)}
    assert codes <= {"tax_deadline.better_empty"}


@pytest.mark.parametrize("platform", CONTRACT)
def test_no_two_columns_share_a_header(platform: str) -> None:
    schema = load_schema(platform)
    for language in schema.languages:
        headers = [column.header(language) for column in schema.columns]
        assert len(set(headers)) == len(headers)


@pytest.mark.parametrize(("platform", "column"), COLUMNS)
def test_every_field_is_labelled_in_every_language(platform: str, column: PlatformColumn) -> None:
    for language in LANGUAGES:
        assert message_catalog(language).label(column.field), (platform, language)


@pytest.mark.parametrize("platform", CONTRACT)
def test_the_api_knows_every_column_and_says_that_nobody_saw_it_work(platform: str) -> None:
    schema = load_schema(platform)
    assert schema.api
    assert not schema.api.verified
    assert set(schema.api.body) == set(schema.fields) - {"extra_pb"}


def test_every_source_is_an_address() -> None:
    for platform in CONTRACT:
        schema = load_schema(platform)
        assert all(source.startswith("https://") for source in schema.sources.values())
        used = {column.source for column in schema.columns} | {rule.source for rule in schema.rules}
        assert used <= set(schema.sources.values())


def _parts(language: str, code: str) -> dict[str, set[str]]:
    entry = message_catalog(language).findings[code]
    texts = {part: getattr(entry, part) for part in ("title", "message", "mend", "explain")}
    return {part: {name for _, name, _, _ in Formatter().parse(text) if name} for part, text in texts.items()}


def test_the_checks_notice_something() -> None:
    assert "client.contradicts" in CODES_OF_CHECKS
    assert "required.empty" in CODES_OF_CHECKS


@pytest.mark.parametrize("code", CODES_OF_CHECKS)
def test_every_code_of_a_check_is_in_the_catalogue(code: str) -> None:
    assert code in finding_kinds()


@pytest.mark.parametrize("code", sorted(finding_kinds()))
def test_every_finding_has_words_with_the_same_placeholders_in_every_language(code: str) -> None:
    in_english = _parts("en", code)
    assert not in_english["title"]
    assert not in_english["explain"]
    for language in LANGUAGES:
        assert _parts(language, code) == in_english, language


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_for_errors_are_the_same_everywhere(language: str) -> None:
    english, ours = message_catalog("en").errors, message_catalog(language).errors
    assert ours.keys() == english.keys()
    for code, sentence in english.items():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (sentence, ours[code])]
        assert names[0] == names[1], code


def test_the_partner_space_writes_yes_and_no_in_the_language_of_the_file() -> None:
    mandate = load_schema("banqup-partner").column("mandate")
    assert mandate
    assert [mandate.word("yes", language) for language in LANGUAGES] == ["Ja", "Oui", "Yes", "Ja"]
    assert [mandate.word("no", language) for language in LANGUAGES] == ["Nee", "Non", "No", "Nein"]


def test_accounton_writes_languages_as_english_words() -> None:
    language = load_schema("accounton").column("language")
    assert language
    assert [language.word(code, "fr") for code in ("nl", "fr", "en")] == ["dutch", "french", "english"]


def test_luxembourg_reads_fewer_words_in_column_l_than_in_column_j() -> None:
    schema = load_schema("banqup-console-lu")
    client, contact = schema.column("language"), schema.column("contact_language")
    assert client
    assert contact
    assert set(client.takes) - set(contact.takes) == {"français", "anglais"}
    assert schema.alternatives == (("rcs_number", "vat_number"),)


def test_accounton_advises_national_register_numbers() -> None:
    rows = records_of(contact_first_name=["An", "Bob"], national_register_number=["93051822361", None])
    noticed = [one for rule in load_schema("accounton").rules for one in rule.check(rows)]
    assert [(one.position, one.code) for one in noticed] == [(None, "national_register_number.advised")]


# What each platform's own rules notice, and a near miss.
@pytest.mark.parametrize(
    ("platform", "row", "code"),
    [
        ("banqup-partner", {"country": "BE", "company_number": "1018265814"}, "company_number.begins_with_1"),
        ("banqup-partner", {"country": "FR", "company_number": "1018265814"}, None),
        (
            "banqup-partner",
            {"country": "BE", "company_number": "0566988259", "vat_number": "BE0419618535"},
            "vat_number.not_company_number",
        ),
        ("banqup-partner", {"country": "BE", "company_number": "0566988259"}, None),
        ("banqup-console-be", {"company_number": "0566988259"}, "vat_number.expected"),
        ("banqup-console-be", {"company_number": "1018265814", "vat_number": "BE1018265814"}, None),
        (
            "banqup-console-be",
            {"country": "BE", "company_number": "0566988259", "vat_number": "BE0419618535"},
            "vat_number.not_company_number",
        ),
        ("banqup-console-lu", {"iban": "LU280019400644750000"}, "rcs_number.or_vat_number"),
        ("banqup-console-lu", {"vat_number": "LU15027442"}, None),
        ("banqup-console-lu", {"rcs_number": "B82454", "iban": "BE71096123456769"}, "iban.other_country"),
        ("accounton", {"tax_deadline": "2027-07-15"}, "tax_deadline.better_empty"),
        ("accounton", {"client_type": "company", "company_number": "0566988259"}, "company_number.sole_trader_only"),
        ("accounton", {"client_type": "sole_trader", "company_number": "0566988259"}, None),
        (
            "accounton",
            {"company_number": "0566988259", "spouse_company_number": "0566988259"},
            "company_number.of_two_people",
        ),
        (
            "accounton",
            {"national_register_number": "93051822361", "spouse_national_register_number": "93051822361"},
            "spouse.is_self",
        ),
    ],
)
def test_the_rules_of_a_platform(platform: str, row: dict[str, str], code: str | None) -> None:
    rows = records_of(**{field: [value] for field, value in row.items()})
    noticed = [one.code for rule in load_schema(platform).rules for one in rule.check(rows)]
    assert set(noticed) - {"national_register_number.advised"} == ({code} if code else set())


def test_a_number_of_another_company_is_an_error_for_the_partner_space_only() -> None:
    severities = {
        platform: [rule.severity for rule in load_schema(platform).rules if rule.name == "vat_matches_company_number"]
        for platform in ("banqup-partner", "banqup-console-be")
    }
    assert severities == {"banqup-partner": [None], "banqup-console-be": [Severity.WARNING]}


@pytest.mark.parametrize(
    ("platform", "field", "text"),
    [
        ("banqup-console-be", "country", "bElgië"),
        ("banqup-console-lu", "country", "Lu"),
        ("banqup-console-be", "language", "Engels"),
        ("banqup-console-be", "contact_language", "FR"),
    ],
)
def test_the_console_reads_names_and_any_casing_by_itself(platform: str, field: str, text: str) -> None:
    column = load_schema(platform).column(field)
    assert column
    parsed = column.type.parse(text, "BE")
    assert isinstance(parsed, ParsedValue)
    assert parsed.repair in column.reads


def test_the_partner_space_reads_letter_codes_only() -> None:
    column = load_schema("banqup-partner").column("country")
    assert column
    assert column.reads == ()
