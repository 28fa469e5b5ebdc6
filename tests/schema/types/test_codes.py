"""Every code that a type can emit is in the catalogue and has words in four languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue, Severity
from clientimport.schema import types
from clientimport.schema.finding_catalog import finding_kinds
from clientimport.schema.types import TYPES

FAULTS = (
    *("sample", "is_national_number", "length", "establishment", "establishment_or_national", "first_digit"),
    "check_digits",
)
OTHERS = ("is_matricule_of_person", "is_matricule", "is_national_number", "is_company_number", "is_vat_number")
COMPOSED = {f"{subject}.{what}" for subject in ("company_number", "vat_number") for what in FAULTS} | {
    "national_register_number.birth_date",
    "national_register_number.check_digits",
    "national_register_number.counter",
    "national_register_number.separators",
    "national_register_number.zero_restored",
    "national_register_number.is_establishment",
    "national_register_number.is_company_number",
    "vat_number.greek_prefix",
    *(f"rcs_number.{other}" for other in OTHERS),
}
SUBJECTS = {*TYPES, "value", "number"}


def emitted() -> set[str]:
    """Return the codes that stand in the source, and those that are put together there."""
    folder = Path(types.__file__).parent
    source = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    code = "\n".join(line for line in source.splitlines() if not line.strip().startswith((">>>", "'", "(")))
    return {c for c in re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', code) if c.split(".")[0] in SUBJECTS} | COMPOSED


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(emitted()))
def test_a_code_has_a_severity_and_words_with_the_same_placeholders_everywhere(code: str) -> None:
    assert code in finding_kinds()
    found = [message_catalog(language).findings[code] for language in ("nl", "fr", "en", "de")]
    for part in ("message", "mend"):
        assert len({frozenset(placeholders(getattr(one, part))) for one in found}) == 1
    assert all(not placeholders(one.title) and not placeholders(one.explain) for one in found)


@pytest.mark.parametrize(
    ("name", "text", "country"),
    [("company_number", "85073003328", "BE"), ("vat_number", "BE85073003328", "BE")],
)
def test_a_national_register_number_is_not_repeated_in_the_message(name: str, text: str, country: str) -> None:
    problem = TYPES[name]().parse(text, country)
    assert isinstance(problem, Issue)
    assert problem.code == f"{name}.is_national_number"
    assert "85073003328" not in str(problem)
    for language in ("nl", "fr", "en", "de"):
        found = message_catalog(language).findings[problem.code]
        assert "value" not in placeholders(found.message) | placeholders(found.mend)


@pytest.mark.parametrize("text", ["85073003329", "85133003328", "1234", "geen nummer"])
def test_no_national_register_number_is_among_the_facts(text: str) -> None:
    problem = TYPES["national_register_number"]().parse(text, "BE")
    assert isinstance(problem, Issue)
    assert problem.suggestion is None
    assert set(problem.facts) <= {"digits"}


def test_repairs_have_the_severity_of_a_repair_and_notes_are_no_errors() -> None:
    for name, text, country in (
        ("email", "<an@x.test>", "BE"),
        ("code", " 2026-12-14", "BE"),
        ("locale", "de_FR", "BE"),
    ):
        parsed = TYPES[name]().parse(text, country)
        assert isinstance(parsed, ParsedValue)
        assert parsed.repair
        assert finding_kinds()[parsed.repair].severity is Severity.REPAIR
        assert {finding_kinds()[note.code].severity for note in parsed.notes} == {Severity.WARNING}
