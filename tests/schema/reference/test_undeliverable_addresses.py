"""Receivers that nobody is behind are known, in four languages; what may be somebody's address is let be."""

from __future__ import annotations

import pytest

from clientimport.schema.reference.undeliverable_addresses import undeliverable


@pytest.mark.parametrize(
    "address",
    [
        *("noreply@peeters.be", "no-reply@peeters.be", "No.Reply@peeters.be", "facturen-noreply@peeters.be"),
        *("donotreply@x.lu", "ne-pas-repondre@x.fr", "ne_pas_répondre@x.fr", "nicht-antworten@x.de", "noreply+3@x.be"),
        *("geen@geen.be", "geen@kantoor.be", "geenmail@kantoor.be", "geen.email@x.be", "geenmail12@x.be"),
        *("pasdemail@x.fr", "pas-de-mail@x.fr", "sans.email@x.fr", "aucun@x.fr", "neant@x.be", "néant@x.be"),
        *("keine@x.de", "keine-email@x.de", "ohne.mail@x.de", "nomail@x.com", "no-email@x.com", "none@x.com"),
        *("onbekend@onbekend.be", "onbekend2@x.be", "inconnu@x.fr", "unbekannt@x.de", "unknown@x.com", "n.v.t.@x.be"),
        *("test@test.be", "test1@test.com", "TEST@Test.be", "test@gmail.com", "testing@testing.org"),
        *("x@x.be", "xx@xx.com", "xxx@xxx.com", "xxxx@telenet.be", "aaa@aaa.be", "email@email.com", "naam@naam.be"),
        *("info@voorbeeld.be", "jean@exemple.fr", "voorbeeld@kantoor.be", "an@geenmail.be", "---@x.be"),
    ],
)
def test_a_placeholder_is_known(address: str) -> None:
    problem = undeliverable(address)
    assert problem is not None
    assert problem.code == "contact_email.placeholder"


@pytest.mark.parametrize(
    "address",
    ["info@example.com", "an@mail.example.org", "an@peeters.example", "an@x.test", "an@x.invalid", "an@pc.localhost"],
)
def test_a_domain_set_apart_is_known(address: str) -> None:
    problem = undeliverable(address)
    assert problem is not None
    assert problem.code == "email.reserved_domain"


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("an@gmail.con", "an@gmail.com"),
        ("an@telenet.bee", "an@telenet.be"),
        ("an@peeters.bee", None),
        ("a@b.c", None),
        ("an@peeters.vlaandern", None),
        ("an@peeters.бел1", None),
    ],
)
def test_an_ending_that_does_not_exist_is_known(address: str, meant: str | None) -> None:
    problem = undeliverable(address)
    assert problem is not None
    assert (problem.code, problem.suggestion) == ("contact_email.undeliverable", meant)


@pytest.mark.parametrize(
    "address",
    [
        *("info@test-aankoop.be", "info@testaankoop.be", "test@peeters.be", "tester@peeters.be", "jan.test@gmail.com"),
        *("noreplay@peeters.be", "reply@peeters.be", "geenens@peeters.be", "geens@geens.be", "g.een@x.be"),
        *(
            "rien@telenet.be",
            "niemand@skynet.be",
            "null@peeters.de",
            "nona@x.be",
            "nomade@nomade.be",
            "mail@peeters.be",
        ),
        *("info@mail.be", "info@email.lu", "peeters@peeters.be", "k@k.be", "aa@aa.be", "na@telenet.be", "ann@ann.be"),
        *("an@peeters.brussels", "an@salon.gent", "an@bakker.vlaanderen", "an@x.lu", "an@hotmail.be", "an@x.zip"),
        *("an@bäckerei.de", "an@xn--bckerei-5wa.de", "иван@пример.москва", "an@x.xn--80adxhks", "张@x.cn"),
        *("info@exempleo.be", "info@keineswegs.de", "info@antwoord.be", "pas@x.be", "contact@sans-souci.be"),
        *("info@examples.be", "an@test.be", "info@xxl.be", "an@local.be", "an@example-design.be"),
    ],
)
def test_what_may_be_somebodys_address_is_let_be(address: str) -> None:
    assert undeliverable(address) is None
