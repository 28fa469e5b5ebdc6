"""A client of a made-up practice, from which all columns of a list are written."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from clientimport.schema import derivations

_AT_HOME = 0.85
_PERSONS = 0.3
_FIRST_NAMES = Path(derivations.__file__).with_name("first_names.txt")


@dataclass(frozen=True, slots=True)
class Client:
    """One client, with the person who is written to."""

    country: str
    language: str
    company: str
    first: str
    last: str
    street: str
    house: str
    box: str
    postal: str
    city: str
    number: int
    """Its own, from which codes and identifiers are made."""
    person: bool = False
    """Whether it is a person, in a list that keeps persons and companies."""


@cache
def known(kind: str) -> Mapping[str, list[str]]:
    """Return the names of one kind by language or country (people.toml)."""
    listed: Mapping[str, list[str]] = tomllib.loads(
        Path(__file__).with_name("people.toml").read_text(encoding="utf-8")
    )[kind]
    return listed


@cache
def _more_first_names() -> tuple[str, ...]:
    lines = _FIRST_NAMES.read_text(encoding="utf-8").splitlines()
    return tuple(name.title() for line in lines if not line.startswith("#") for name in line.split())


def clients(rng: random.Random, count: int, home: str, language: str, *, mixed: bool = False) -> list[Client]:
    """Return `count` clients, most of them of the country `home`; `mixed` makes some of them persons."""
    countries = [home if rng.random() < _AT_HOME else rng.choice(sorted(known("place"))) for _ in range(count)]
    made = [random_client(rng, country, language) for country in countries]
    return [replace(client, person=mixed and rng.random() < _PERSONS) for client in made]


def random_client(rng: random.Random, country: str, language: str) -> Client:
    """Return one client."""
    spoken = language if language in known("first") and rng.random() < _AT_HOME else rng.choice(sorted(known("first")))
    listed = known("first")[spoken] if rng.random() < 0.3 else _more_first_names()
    first, last = rng.choice(listed), rng.choice(known("last")[spoken])
    company = last if rng.random() < 0.6 else rng.choice(("Noord", "Zuid", "Europa", "Central", "Phoenix", "Mosan"))
    form = f" {rng.choice(known('form')[country])}" if rng.random() < 0.8 else ""
    postal, city = rng.choice(known("place")[country]).split(" ", 1)
    return Client(
        country,
        spoken,
        f"{rng.choice(known('trade')[spoken])} {company}{form}",
        first,
        last,
        rng.choice(known("street")[spoken]),
        f"{rng.randint(1, 240)}{rng.choice(('', '', '', '', 'A', 'B'))}",
        rng.choice(("", "", "", "", "1", "2", "12", "A", "0301")),
        f"{postal[:4]} {postal[4:]}" if country == "NL" else postal,
        city,
        rng.randint(2_000_000, 7_999_999),
    )
