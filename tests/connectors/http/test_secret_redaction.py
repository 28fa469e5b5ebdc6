"""What a platform says back of a secret is struck out, in every spelling; what only looks like one stays."""

from __future__ import annotations

import base64
import json
from html import escape
from urllib.parse import quote, quote_plus

import pytest

from clientimport.connectors.http.secret_redaction import redact, request_secrets

SECRET = "S3cr&t+Word/0815="
SECRETS = frozenset({SECRET})


def basic(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "spelled",
    [
        SECRET,
        SECRET.upper(),
        quote(SECRET, safe=""),
        quote_plus(SECRET).lower(),
        escape(SECRET),
        "".join(f"%{ord(letter):02X}" for letter in SECRET),
        "".join(f"&#{ord(letter)};" for letter in SECRET),
        "".join(f"\\u{ord(letter):04x}" for letter in SECRET),
        json.dumps(SECRET),
        SECRET.encode().hex(),
        basic(SECRET),
        basic(SECRET).rstrip("="),
        basic(f"demo:{SECRET}"),
        basic(f"x:{SECRET}:y"),
        basic(f"xy:{SECRET}"),
        base64.urlsafe_b64encode(f"demo:{SECRET}".encode()).decode(),
        f"client_secret={SECRET}&grant_type=client_credentials",
    ],
)
def test_in_every_spelling_nothing_of_it_is_left(spelled: str) -> None:
    said = redact({"detail": f"no, {spelled}!", "errors": [{"message": f"«{spelled}»"}, 5, None]}, SECRETS)
    assert spelled not in json.dumps(said, ensure_ascii=False)
    assert said["detail"].startswith("no, ")
    assert said["detail"].endswith("!")
    for at in range(3):  # no letter of the word in base64 stays beside the mark
        assert basic("x" * at + SECRET)[at + 2 : -4] not in json.dumps(said)


@pytest.mark.parametrize("text", ["The secretary of S3cr BV", "Peeters & Word", "MTIzNDU2Nzg5MDEyMw==", ""])
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact({"detail": text}, SECRETS) == {"detail": text}


def test_a_short_secret_is_struck_out_as_a_word_alone() -> None:
    short = frozenset({"peet"})
    assert redact("client peet unknown, peeters is not", short) == "client *** unknown, peeters is not"
    assert redact("an on in", frozenset({"on"})) == "an on in"


def test_the_client_id_is_no_secret_and_a_token_is_one() -> None:
    headers = ("Bearer tok-12345678", "office")
    assert request_secrets(headers, ("hush-hush",), "office") == {"tok-12345678", "hush-hush"}


def test_a_long_token_goes_as_a_whole_cut_off_or_not() -> None:
    token = "".join(chr(ord("a") + at * 7 % 26) for at in range(1500))
    for said in (token, token[:900], token.encode().hex(), basic(token)):
        assert redact(f"no {said}, sorry", frozenset({token})) == "no ***, sorry"


def test_without_secrets_and_with_anything_but_text_nothing_happens() -> None:
    content = {"a": [1, 2.5, None, True]}
    assert redact(content, frozenset()) == redact(content, SECRETS) == content


def test_a_refusal_as_deep_as_json_goes_is_no_failure() -> None:
    deep: object = SECRET
    for _ in range(500):
        deep = [deep]
    assert SECRET not in json.dumps(redact({"detail": "no", "more": deep}, SECRETS))


def test_a_long_refusal_costs_no_more_than_its_length() -> None:
    for text in ("A" * 2_000_000, "S3cr&" * 400_000, basic(SECRET)[:-6] * 80_000):
        assert len(redact(text, SECRETS)) > 0
