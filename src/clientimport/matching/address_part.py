"""Parts of addresses: what a header says about an address, and which address it is ("Code postal (bureau)")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import tomli

from clientimport.matching.context_words import context_words
from clientimport.schema.data_files import data_folder
from clientimport.schema.header_key import fields_by_header, header_words

ADDRESS = ("address", "street", "house_number", "box", "postal_code", "city", "country")
STREETS = ("address", "street")
_LETTERS_OR_DIGITS = re.compile(r"[a-z]+|\d+")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_SHORTEST_COMPOUND = 4
"""Letters of a label that can begin a compound word ("werkpostcode"), at least (chosen, not measured)."""
_SHORTEST_PLACE = 3
"""The same for a word that says only that it is an address ("adr"), and for what follows it (chosen, not measured)."""
_OTHER_PARTIES = frozenset({"contact", "spouse", "responsible", "in_charge", "assignee", "director", "other"})
"""Roles of people and things whose address is not the client's."""


@dataclass(frozen=True, slots=True)
class BlockWords:
    """The words of schemas/_blocks.toml."""

    labels: Mapping[str, str]
    """Word -> what it says about the address."""
    companies: tuple[str, ...]
    persons: tuple[str, ...]
    plain: frozenset[str]
    parts: Mapping[str, str]
    """Word -> the part of an address that it means beside the others."""


@dataclass(frozen=True, slots=True)
class AddressPart:
    """What one header says about an address."""

    fields: tuple[str, ...]
    label: str
    """A label of _blocks.toml; `unlabelled`, or `unknown` when the words around it are."""
    residue: tuple[str, ...]
    """The words around the part's name that say which address it is."""
    core: str
    """The text that names the part."""
    ordinal: int = 1
    """Which of several numbered addresses it belongs to."""
    vague: bool = False
    """Whether the header means it only beside other parts of its address ("Billing Code")."""

    @property
    def address(self) -> tuple[object, ...]:
        """What is the same for all parts of one address."""
        return (self.label, self.ordinal, self.residue if self.label == "unknown" else ())


@cache
def block_words() -> BlockWords:
    """Return the words of schemas/_blocks.toml."""
    read = tomli.loads((data_folder("schemas") / "_blocks.toml").read_text(encoding="utf-8"))
    order = read["order"]
    return BlockWords(
        {word: label for label, listed in read["labels"].items() for word in listed},
        tuple(order["companies"]),
        tuple(order["persons"]),
        frozenset(order["plain"]),
        {word: field for field, listed in read["parts"].items() for word in listed},
    )


@lru_cache(maxsize=4096)
def address_part(header: str) -> AddressPart | None:
    """Return what `header` says about an address; None when it names no part of one, or a further line of it.

    >>> part = address_part("Code postal (bureau)")
    >>> part.fields, part.label
    (('postal_code',), 'business')
    >>> address_part("Ort L").residue  # a letter behind it marks another address
    ('l',)
    >>> address_part("adr_2_plaats").ordinal, address_part("Adresse 2 (bureau)"), address_part("Naam")
    (2, None, None)
    """
    words = header_pieces(header)
    span = _core_span(words)
    if span is None:
        return None
    begin, end = span
    fields, vague = _fields_and_vagueness("".join(words[begin:end]))
    before = [int(word) for word in words[:begin] if word.isdigit()]
    behind = [word for word in (*words[end : end + 1], *words[end:][-1:]) if word.isdigit()]
    line = int(behind[0]) if behind else 1
    if line > 1 and set(fields).intersection(STREETS):
        return None  # a further line of the same address
    if _is_region(words) and set(fields).intersection(STREETS):
        return None  # "Address 1 - Region"
    placed = any(_is_place(word) for word in (*words[:begin], *words[end:]))
    around = (*words[:begin], *words[end:], *(words[begin:end] if _is_label(words[begin:end]) else ()))
    mark = words[-1:] if len(words[-1]) == 1 and end < len(words) and not words[-1].isdigit() else ()
    residue = tuple(word for word in around if _is_qualifier(word)) + mark
    counted = line if words[end : end + 1] == (str(line),) else 1  # "Ville 2"
    ordinal = before[-1] if before else counted
    return AddressPart(fields, _label(residue), residue, "".join(words[begin:end]), ordinal, vague and not placed)


def header_pieces(header: str) -> tuple[str, ...]:
    """Return the words of a header, with compounds of a label or a number split.

    >>> header_pieces("Factuurpostcode"), header_pieces("adr_1_regel1")
    (('factuur', 'postcode'), ('adr', '1', 'regel', '1'))
    """
    words = header_words(_BRACKETS.sub(_meaningful_brackets, header))
    pieces = [piece for word in words for piece in _LETTERS_OR_DIGITS.findall(word)]
    return tuple(part for piece in pieces for part in _split_compound(piece))


def _meaningful_brackets(match: re.Match[str]) -> str:
    """Return the brackets where they hold a known word, as "(bureau)" and not "(Alpha-2)", else a space."""
    words = header_words(match.group())
    known = any(w in block_words().labels or w in context_words().roles or w in block_words().parts for w in words)
    return match.group() if known or "".join(words) in fields_by_header() else " "


def _split_compound(word: str) -> tuple[str, ...]:
    if word in fields_by_header() or word in block_words().labels:
        alone = word not in fields_by_header() or not set(fields_by_header()[word]).intersection(STREETS)
        if alone or word in block_words().labels:
            return (word,)
    for label in block_words().labels:
        rest = word.removeprefix(label)
        if len(label) >= _SHORTEST_COMPOUND and rest != word and _fields_and_vagueness(rest)[0]:
            return (label, rest)
    return next(_with_place_apart(word), (word,))


def _with_place_apart(word: str) -> Iterator[tuple[str, str]]:
    """Yield the two words of "adrcity", an address and a part of it, and of "hoofdadres", which is no other address."""
    for end in range(_SHORTEST_PLACE, len(word) - _SHORTEST_PLACE + 1):
        before, rest = word[:end], word[end:]
        main = end >= _SHORTEST_COMPOUND and context_words().roles.get(before) == "noise" and _is_place(rest)
        if main or (_is_place(before) and _fields_and_vagueness(rest)[0]):
            yield before, rest


def _core_span(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the span of words that names the part: the longest, preferably without a word for the address."""
    best: tuple[tuple[bool, int, bool, int], tuple[int, int]] | None = None
    for begin in range(len(words)):
        for end in range(begin + 1, len(words) + 1):
            fields, vague = _fields_and_vagueness("".join(words[begin:end]))
            if fields:
                plain = not _is_label([word for word in words[begin:end] if not word.isdigit()])
                rank = (plain, end - begin, not vague, begin)
                if best is None or rank > best[0]:
                    best = (rank, (begin, end))
    return best[1] if best else None


def _fields_and_vagueness(joined: str) -> tuple[tuple[str, ...], bool]:
    """Return the parts of an address that a text means, and whether it means them only beside other parts."""
    known = fields_by_header().get(joined, ())
    if known and all(field in ADDRESS or field == "client_code" for field in known):
        fields = tuple(field for field in known if field in ADDRESS)
        if fields:
            return fields, False
    part = block_words().parts.get(joined)
    return ((part,) if part else ()), True


def _is_place(word: str) -> bool:
    return context_words().roles.get(word) == "place" or word in ("address", "adresse", "adres", "anschrift")


def _is_region(words: Sequence[str]) -> bool:
    return any(context_words().roles.get(word) == "weak" and word not in block_words().labels for word in words)


def _is_label(words: Sequence[str]) -> bool:
    return all(word in block_words().labels or _is_place(word) for word in words)


def _is_qualifier(word: str) -> bool:
    """Return whether a word around a part says which address it is."""
    role = context_words().roles.get(word)
    if word.isdigit() or len(word) == 1:
        return False
    return word in block_words().labels or (role not in ("noise", "place", "client", "company", "weak"))


def _label(residue: Sequence[str]) -> str:
    """Return which address it is; a word for another party or purpose goes before one for a place."""
    if not residue:
        return "unlabelled"
    labels = {block_words().labels.get(word) for word in residue}
    strangers = {context_words().roles.get(word) for word in residue if word not in block_words().labels}
    if "other" in labels or not strangers.isdisjoint(_OTHER_PARTIES):
        return "other"
    if "private" in labels:
        return "private"
    return next((label for label in block_words().companies if label in labels), "unknown")
