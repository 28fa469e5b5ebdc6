"""An enterprise as the KBO knows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NORMAL = "000"
"""The only situation that is no reason to look twice; all the others' texts are in the extract."""
NATURAL_PERSON = "1"
_LANGUAGES = {"fr": "1", "nl": "2", "de": "3", "en": "4"}
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class EnterpriseName:
    """One of its names."""

    kind: str
    """001 the name itself, 002 its abbreviation, 003 a commercial name, 004 that of a branch."""
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Where it is registered, in both of the register's languages."""

    street: Mapping[str, str]
    city: Mapping[str, str]
    """By language, `nl` and `fr`."""
    country: Mapping[str, str]
    """Empty in Belgium."""
    house_number: str
    box: str
    postal_code: str

    @property
    def foreign(self) -> bool:
        """Whether it is in another country, where street and number are often one text."""
        return any(self.country.values())

    def street_in(self, language: str) -> str:
        """Return its street, without the words in brackets that tell streets of one name apart."""
        return _BRACKETS.sub("", _either(self.street, language))

    def city_in(self, language: str) -> str:
        """Return its municipality."""
        return _either(self.city, language)

    def line(self, language: str) -> str:
        """Return it as one writes it on an envelope."""
        number = " ".join(filter(None, (self.house_number, self.box and f"/ {self.box}")))
        street = " ".join(filter(None, (self.street_in(language), number)))
        city = " ".join(filter(None, (self.postal_code, self.city_in(language))))
        return ", ".join(filter(None, (street, city, _either(self.country, language))))


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise that is active in the extract."""

    number: str
    situation: str
    form: str
    natural_person: bool
    since: str
    """ISO date; empty when the extract has none."""
    names: tuple[EnterpriseName, ...]
    seat: Seat | None
    """None where it has none of its own, as most natural persons, or where it was struck off."""
    contacts: Mapping[str, str]
    """TEL, EMAIL, WEB."""

    @property
    def normal(self) -> bool:
        """Whether nothing is the matter with it."""
        return self.situation == NORMAL

    def name_in(self, language: str) -> str:
        """Return its name in this language, else in another one; empty when it has none."""
        wanted = _LANGUAGES.get(language, "")
        ranked = sorted(self.names, key=lambda name: (name.kind, name.language != wanted))
        return ranked[0].text if ranked else ""

    def name_texts(self) -> tuple[str, ...]:
        """Return all its names, the main one first."""
        return tuple(dict.fromkeys(name.text for name in sorted(self.names, key=lambda name: name.kind)))


def _either(texts: Mapping[str, str], language: str) -> str:
    """Return the text in French for French, else in Dutch; the other one where that is empty."""
    first, second = ("fr", "nl") if language == "fr" else ("nl", "fr")
    return texts[first] or texts[second]
