from __future__ import annotations

from typing import Any

import pytest

from sandbox.api_caller import PARTNER, Caller, banqup, mails, stored_clients

COMPANY = "must be 10 digits starting with 0 or 1, without dots or spaces"
VAT = "must start with BE followed by 10 digits, without dots or spaces"
IBAN = "must be a valid IBAN without spaces"
LOCALE = "must be a language code and a country code, such as nl-BE"
COUNTRY = "must be a two-letter code of ISO 3166-1 alpha-2"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("companyNumber", "0403.019.261", COMPANY),
        ("companyNumber", "403019261", COMPANY),
        ("companyNumber", "0403019262", COMPANY),
        ("companyNumber", "2123456770", COMPANY),
        ("vatNumber", "BE 0403019261", VAT),
        ("vatNumber", "be0403019261", VAT),
        ("vatNumber", "0403019261", VAT),
        ("vatNumber", "BE0403019262", VAT),
        ("vatNumber", "LU15027442", VAT),
        ("iban", "BE71 0961 2345 6769", IBAN),
        ("iban", "be71096123456769", IBAN),
        ("iban", "BE72096123456769", IBAN),
        ("iban", "BE300961234567690", IBAN),  # right check digits, one digit too long
        ("countryCode", "be", COUNTRY),
        ("countryCode", "Belgium", COUNTRY),
        ("countryCode", "XX", COUNTRY),
        ("contactLocale", "nl", LOCALE),
        ("contactLocale", "NL-BE", LOCALE),
        ("contactLocale", "nl-be", LOCALE),
        ("contactLocale", "nl_BE", LOCALE),
        ("contactEmail", "an.peeters", "must contain @ and ."),
        ("contactEmail", "an@peeters", "must contain @ and ."),
        ("contactEmail", "an@peeters.example; jo@peeters.example", "must contain @ and ."),
        ("mandate", "Ja", "must be true or false"),
        ("mandate", 1, "must be true or false"),
        ("configurationTemplate", "standard", "does not name an existing configuration template"),
        ("postalCode", "B-9000", "must not have a country prefix"),
        ("legalName", "  ", "must not be blank"),
        ("legalName", "Bakkerij ", "must not start or end with a space"),
        ("houseNumber", 12, "must be a text"),
        ("street", "", "must not be blank"),
        ("nickname", "Bakker", "is not allowed"),
        ("contacts", [], "is not allowed"),
        ("status", "ACTIVE", "is not allowed"),
    ],
)
def test_what_is_not_canonical_is_refused_in_the_platforms_words(
    untouched: Caller, field: str, value: Any, words: str
) -> None:
    answer = banqup(untouched).post("/clients", {**PARTNER, field: value})
    assert (answer.status, answer.json["error"], answer.wrong) == (422, "VALIDATION_FAILED", {field: words})


@pytest.mark.parametrize(
    "field",
    ["legalName", "countryCode", "contactEmail", "contactFirstName", "contactLastName", "contactLocale"],
)
def test_the_six_required_fields_must_be_there(untouched: Caller, field: str) -> None:
    answer = banqup(untouched).post("/clients", {name: value for name, value in PARTNER.items() if name != field})
    assert answer.wrong == {field: "must not be blank"}


@pytest.mark.parametrize(
    "accepted",
    [
        {"companyNumber": "1018265814"},
        {"companyNumber": None},
        {"vatNumber": "BE0403019261"},
        {"countryCode": "NL", "companyNumber": "12345678", "vatNumber": "NL123456789B01", "contactLocale": "nl-NL"},
        {"countryCode": "LU", "companyNumber": "B82454", "vatNumber": "LU99999999", "contactLocale": "fr-LU"},
        {"countryCode": "GB", "companyNumber": None, "postalCode": "B12 3AB", "contactLocale": "en-GB"},
        {"mandate": False, "configurationTemplate": "Premium", "iban": "NL91ABNA0417164300"},
    ],
)
def test_what_keeps_the_rules_is_taken(untouched: Caller, accepted: dict[str, Any]) -> None:
    office = banqup(untouched)
    client_id = office.create("/clients", {**PARTNER, **accepted})
    assert office.call("DELETE", f"/clients/{client_id}").status == 204


def test_a_client_is_shown_in_canonical_fields(anyone: Caller) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", {**PARTNER, "mandate": True, "configurationTemplate": "Premium"})
    assert stored_clients(anyone) == [
        {
            "id": client_id,
            "platform": "banqup-partner",
            "office": "demo",
            "status": "draft",
            "invitations": 0,
            "fields": {
                "legal_name": "Bakkerij Peeters",
                "country": "BE",
                "contact_email": "an@peeters.example",
                "contact_first_name": "An",
                "contact_last_name": "Peeters",
                "contact_locale": "nl-BE",
                "company_number": "0403019261",
                "mandate": "yes",
                "configuration_template": "Premium",
            },
        }
    ]


def test_the_default_template_is_applied_when_none_is_named(anyone: Caller) -> None:
    assert banqup(anyone).post("/clients", PARTNER).json["configurationTemplate"] == "Standard"


def test_a_change_touches_only_the_given_fields_and_null_clears(anyone: Caller) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", {**PARTNER, "city": "Gent", "street": "Dorp"})
    changed = office.call("PATCH", f"/clients/{client_id}", {"city": "Aalst", "street": None})
    assert (changed.status, changed.json["city"], "street" in changed.json) == (200, "Aalst", False)
    assert office.get(f"/clients/{client_id}").json == changed.json


def test_a_change_must_keep_the_rules_too(anyone: Caller) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", PARTNER)
    assert office.call("PATCH", f"/clients/{client_id}", {"companyNumber": "1"}).wrong == {"companyNumber": COMPANY}
    assert office.call("PATCH", f"/clients/{client_id}", {"legalName": None}).status == 422
    assert office.get(f"/clients/{client_id}").json["companyNumber"] == "0403019261"


def test_a_template_that_was_deleted_does_not_stand_in_the_way_of_a_change(anyone: Caller) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", PARTNER)
    office.call("DELETE", "/configuration-templates/Standard")
    assert office.call("PATCH", f"/clients/{client_id}", {"city": "Gent"}).status == 200
    again = office.call("PATCH", f"/clients/{client_id}", {"configurationTemplate": "Standard"})
    assert again.wrong == {"configurationTemplate": "does not name an existing configuration template"}


def test_further_contacts_are_kept_beside_the_fields(anyone: Caller) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", PARTNER)
    contact = {"email": "jo@peeters.example", "firstName": "Jo", "lastName": "Peeters", "locale": "nl-BE"}
    assert office.post(f"/clients/{client_id}/contacts", contact).status == 201
    assert office.get(f"/clients/{client_id}").json["contacts"] == [contact]
    assert stored_clients(anyone)[0]["contacts"] == [contact]
    wrong = office.post(f"/clients/{client_id}/contacts", {"locale": "nl", "phone": "1"}).wrong
    assert wrong == {"phone": "is not allowed", "email": "must not be blank", "locale": LOCALE}


def test_an_invitation_is_a_mail_and_can_be_sent_again_until_the_client_is_active(anyone: Caller) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", PARTNER)
    for _ in range(2):
        answer = office.post(f"/clients/{client_id}/invitations")
        assert (answer.status, answer.json) == (202, {"status": "INVITED"})
    mail = {"platform": "banqup-partner", "client_id": client_id, "to": "an@peeters.example", "kind": "invitation"}
    assert mails(anyone) == [{**mail, "number": 1}, {**mail, "number": 2}]
    assert (stored_clients(anyone)[0]["status"], stored_clients(anyone)[0]["invitations"]) == ("invited", 2)
    anyone.post(f"/_sandbox/clients/{client_id}/status", {"status": "active"})
    refused = office.post(f"/clients/{client_id}/invitations")
    assert (refused.status, refused.json["error"]) == (409, "ALREADY_ACTIVE")


def test_configuration_templates_come_and_go(anyone: Caller) -> None:
    office = banqup(anyone)
    new = {"name": "Peppol", "description": "", "users": ["ann@office.example"], "integrations": [], "default": True}
    assert office.post("/configuration-templates", new).json == new
    again = office.post("/configuration-templates", {"name": "Peppol"})
    assert (again.status, again.json["error"]) == (409, "CONFIGURATION_ALREADY_EXISTS")
    listed = office.get("/configuration-templates").json["configurationTemplates"]
    assert [(template["name"], template["default"]) for template in listed] == [
        ("Standard", False),
        ("Premium", False),
        ("Peppol", True),
    ]
    assert office.post("/clients", PARTNER).json["configurationTemplate"] == "Peppol"
    assert office.call("DELETE", "/configuration-templates/Peppol").status == 204
    assert office.call("DELETE", "/configuration-templates/Peppol").status == 404
    assert office.post("/configuration-templates", {"users": "ann"}).wrong == {
        "name": "must not be blank",
        "users": "must be a list of texts",
    }


def test_a_company_is_looked_up_by_its_number(untouched: Caller) -> None:
    office = banqup(untouched)
    assert office.get("/companies?number=0202239951").json["companies"][0]["name"] == "Proximus"
    assert office.get("/companies?number=0403448140").json == {"companies": []}
    assert office.get("/companies").status == 422
