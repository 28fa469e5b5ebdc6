"""Parts of addresses: what a header says about an address, and which address it is ("Code postal (bureau)")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
"""Letters of a word that may be grown together with a header ("werkpostcode")."""
_WHOSE = frozenset({"contact", "spouse", "responsible", "in_charge", "assignee", "director", "other"})
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
    """The words around what names the part, without those that say nothing."""
    core: str
    """What names the part."""
    ordinal: int = 1
    """Which of several numbered addresses it belongs to."""
    vague: bool = False
    """Whether the header says it only beside others of its address ("Billing Code")."""

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
    >>> address_part("adr_2_plaats").ordinal, address_part("Adresse 2 (bureau)"), address_part("Naam")
    (2, None, None)
    """
    said = header_pieces(header)
    span = _core(said)
    if span is None:
        return None
    begin, end = span
    fields, vague = _meant("".join(said[begin:end]))
    before = [int(word) for word in said[:begin] if word.isdigit()]
    behind = [word for word in (*said[end : end + 1], *said[end:][-1:]) if word.isdigit()]
    line = int(behind[0]) if behind else 1
    if line > 1 and set(fields).intersection(STREETS):
        return None  # a further line of the same address
    if _is_region(said) and set(fields).intersection(STREETS):
        return None  # "Address 1 - Region"
    placed = any(_is_place(word) for word in (*said[:begin], *said[end:]))
    around = (*said[:begin], *said[end:], *(said[begin:end] if _is_label(said[begin:end]) else ()))
    residue = tuple(word for word in around if _tells(word))
    counted = line if said[end : end + 1] == (str(line),) else 1  # "Ville 2"
    ordinal = before[-1] if before else counted
    return AddressPart(fields, _label(residue), residue, "".join(said[begin:end]), ordinal, vague and not placed)


def header_pieces(header: str) -> tuple[str, ...]:
    """Return the words of a header, those taken apart that are grown together with a label or a number.

    >>> header_pieces("Factuurpostcode"), header_pieces("adr_1_regel1")
    (('factuur', 'postcode'), ('adr', '1', 'regel', '1'))
    """
    words = header_words(_BRACKETS.sub(_known_brackets, header))
    pieces = [piece for word in words for piece in _LETTERS_OR_DIGITS.findall(word)]
    return tuple(part for piece in pieces for part in _compound(piece))


def _known_brackets(found: re.Match[str]) -> str:
    """Return what stands in brackets, where it says anything: "(bureau)", and not "(Alpha-2)"."""
    said = header_words(found.group())
    known = any(w in block_words().labels or w in context_words().roles or w in block_words().parts for w in said)
    return found.group() if known or "".join(said) in fields_by_header() else " "


def _compound(word: str) -> tuple[str, ...]:
    if word in fields_by_header() or word in block_words().labels:
        alone = word not in fields_by_header() or not set(fields_by_header()[word]).intersection(STREETS)
        if alone or word in block_words().labels:
            return (word,)
    for label in block_words().labels:
        rest = word.removeprefix(label)
        if len(label) >= _SHORTEST_COMPOUND and rest != word and _meant(rest)[0]:
            return (label, rest)
    return (word,)


def _core(said: Sequence[str]) -> tuple[int, int] | None:
    """Return the words that name the part: the most of them, and rather not those that say which address it is."""
    best: tuple[tuple[bool, int, bool, int], tuple[int, int]] | None = None
    for begin in range(len(said)):
        for end in range(begin + 1, len(said) + 1):
            fields, vague = _meant("".join(said[begin:end]))
            if fields:
                plain = not _is_label([word for word in said[begin:end] if not word.isdigit()])
                rank = (plain, end - begin, not vague, begin)
                if best is None or rank > best[0]:
                    best = (rank, (begin, end))
    return best[1] if best else None


def _meant(joined: str) -> tuple[tuple[str, ...], bool]:
    """Return the parts of an address that a text means, and whether only beside others."""
    known = fields_by_header().get(joined, ())
    if known and all(field in ADDRESS or field == "client_code" for field in known):
        fields = tuple(field for field in known if field in ADDRESS)
        if fields:
            return fields, False
    part = block_words().parts.get(joined)
    return ((part,) if part else ()), True


def _is_place(word: str) -> bool:
    return context_words().roles.get(word) == "place" or word in ("address", "adresse", "adres", "anschrift")


def _is_region(said: Sequence[str]) -> bool:
    return any(context_words().roles.get(word) == "weak" and word not in block_words().labels for word in said)


def _is_label(said: Sequence[str]) -> bool:
    return all(word in block_words().labels or _is_place(word) for word in said)


def _tells(word: str) -> bool:
    """Tell whether a word around a part says which address it is."""
    role = context_words().roles.get(word)
    if word.isdigit() or len(word) == 1:
        return False
    return word in block_words().labels or (role not in ("noise", "place", "client", "company", "weak"))


def _label(residue: Sequence[str]) -> str:
    """Return which address it is; whose it is, and what it is not, goes before where it is."""
    if not residue:
        return "unlabelled"
    labels = {block_words().labels.get(word) for word in residue}
    strangers = {context_words().roles.get(word) for word in residue if word not in block_words().labels}
    if "other" in labels or not strangers.isdisjoint(_WHOSE):
        return "other"
    if "private" in labels:
        return "private"
    return next((label for label in block_words().companies if label in labels), "unknown")
