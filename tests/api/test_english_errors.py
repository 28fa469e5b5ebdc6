"""Every exception speaks English and Python: none names an option of the command line."""

from __future__ import annotations

import re

import pytest

from clientimport.api.english_errors import error_sentence
from clientimport.messages.catalog import _load, placeholders

OPTION = re.compile(r"(?<![\w-])--?[a-z]")
COMMANDS = re.compile(r"clientimport [a-z]+")
OF_COMMANDS_ALONE = re.compile(
    r"^(usage\.|runs?\.|clients\.|configuration|connection\.exists|demo|doctor|init|invite\.|lookup\.|profile\.|pull|report\.|sandbox\.|"
    r"template|ledger\.key|ledger\.|uncertain|defect|registers?\.|kbo|rows\.|default|settings|merge\.unknown_file|"
    r"merge\.answers|source|adminpulse|export|completion|help|locked|platform|interrupted|io|push\.unverified)"
)


def reachable(code: str) -> bool:
    """Return whether a function of the API can raise it; what a command alone raises speaks of commands."""
    return not OF_COMMANDS_ALONE.match(code)


SENTENCES = {**_load("en", "errors.toml"), **_load("en", "programs.toml")}


@pytest.mark.parametrize("code", [code for code in SENTENCES if reachable(code) and not code.endswith(".status")])
def test_no_exception_names_an_option(code: str) -> None:
    facts = dict.fromkeys(placeholders(SENTENCES[code]), "x")
    sentence, _, _ = error_sentence(
        code, {**facts, "flags": '--set "BTW nr=vat_number"'} if "flags" in facts else facts
    ).partition(
        "  clientimport "  # a command that can be pasted keeps its options
    )
    assert OPTION.search(sentence) is None, sentence


def test_sentences_for_programs_have_the_facts_of_those_for_people() -> None:
    people = _load("en", "errors.toml")
    extra = {"closest", "choice", "known", "meant"}
    for code, sentence in _load("en", "programs.toml").items():
        if code in people:
            assert placeholders(sentence) - placeholders(people[code]) <= extra, code
