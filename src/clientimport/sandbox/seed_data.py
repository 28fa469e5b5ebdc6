"""The lists of a new database: configuration templates, questionnaires, users, languages, the Luxembourg register.

A setup file replaces those that it names:

    users = ["ann@office.example"]
    integrations = ["Yuki"]
    languages = ["dutch", "french"]
    unknown_rcs = ["B999990"]                       # or known_rcs = [...]: then no other number exists
    configurations = ["Standard", "Premium"]        # the first is the default

    [questionnaires]
    dutch = ["PIT", "Short"]
    french = ["PIT"]

The participants of Peppol and the VAT numbers that exist are described in registers/known.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli

from clientimport.errors import SettingsUnusable
from clientimport.sandbox.registers.known import Registers, read_registers
from clientimport.sandbox.rules.numbers import well_formed_rcs

LANGUAGES = ("dutch", "french", "english")
"""The languages that an office can choose at Accounton."""

_REGISTERS = ("participants", "vat_numbers")


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire in one language; its id stays the same from one start to the next."""

    id: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class SeedData:
    """The lists that exist before the first request."""

    configurations: tuple[str, ...] = ("Standard", "Premium")
    users: tuple[str, ...] = ("ann@office.example", "bob@office.example")
    integrations: tuple[str, ...] = ("Banqup Files", "Exact Online", "Yuki")
    languages: tuple[str, ...] = LANGUAGES
    questionnaires: tuple[Questionnaire, ...] = ()
    unknown_rcs: frozenset[str] = frozenset(f"B{number}" for number in range(999990, 1_000_000))
    known_rcs: frozenset[str] = frozenset()
    registers: Registers = field(default_factory=Registers)

    def rcs_exists(self, number: str) -> bool:
        """Return whether the Luxembourg register has this number."""
        if self.known_rcs:
            return number in self.known_rcs
        return well_formed_rcs(number) and number not in self.unknown_rcs

    def questionnaire(self, questionnaire_id: str) -> Questionnaire | None:
        """Return the questionnaire with this id."""
        return next((entry for entry in self.questionnaires if entry.id == questionnaire_id), None)


def object_id(text: str) -> str:
    """Return an id like Accounton's: 24 hexadecimal digits, the same for the same text each time."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def read_seed_data(path: Path | None) -> SeedData:
    """Return the lists of a setup file; those it does not name have their defaults. Raises SettingsUnusable."""
    entries = _entries(path) if path else {}
    keys = (*(key for key in SeedData.__slots__ if key != "registers"), *_REGISTERS)
    for key in entries:
        if key not in keys:
            raise SettingsUnusable("sandbox.setup_unknown_key", file=path, key=key, known=", ".join(keys))
    languages = _texts(entries.get("languages", list(LANGUAGES)), "languages", path)
    _require_languages(languages, path)
    by_language = entries.pop("questionnaires", {language: ["PIT"] for language in languages})
    registers = read_registers(entries.pop("participants", []), entries.pop("vat_numbers", {}), path)
    lists = {key: _texts(values, key, path) for key, values in entries.items()}
    return SeedData(
        configurations=lists.get("configurations", SeedData().configurations),
        users=lists.get("users", SeedData().users),
        integrations=lists.get("integrations", SeedData().integrations),
        languages=languages,
        questionnaires=tuple(_questionnaires(by_language, path)),
        unknown_rcs=frozenset(lists.get("unknown_rcs", SeedData().unknown_rcs)),
        known_rcs=frozenset(lists.get("known_rcs", ())),
        registers=registers,
    )


def _entries(path: Path) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsUnusable("sandbox.setup_not_found", file=path) from error
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise SettingsUnusable("sandbox.setup_damaged", file=path, reason=error) from error


def _questionnaires(by_language: Any, path: Path | None) -> Iterator[Questionnaire]:
    if not isinstance(by_language, dict):
        raise SettingsUnusable("sandbox.setup_not_texts", file=path, key="questionnaires")
    _require_languages(by_language, path)
    for language, names in by_language.items():
        for name in _texts(names, f"questionnaires.{language}", path):
            yield Questionnaire(object_id(f"{language} {name}"), name, language)


def _require_languages(languages: Iterable[str], path: Path | None) -> None:
    for language in languages:
        if language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise SettingsUnusable("sandbox.setup_unknown_language", file=path, language=language, known=known)


def _texts(values: Any, key: str, path: Path | None) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise SettingsUnusable("sandbox.setup_not_texts", file=path, key=key)
    return tuple(values)
