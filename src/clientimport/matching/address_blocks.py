"""Blocks: the columns of one address, told apart by the word around them; a client's address comes from one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from clientimport.matching.address_part import ADDRESS, STREETS, AddressPart, address_part, block_words
from clientimport.matching.block_contact import read_block_contact
from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.header_meaning import HeaderMeaning, MatchStrength
from clientimport.matching.value_sample import ValueVerdict
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.header_key import fields_by_header

ELSEWHERE = "elsewhere"
"""The block of a column that belongs to an address which is not taken."""
_SHARING = 3
"""So many columns with a word that nobody knows are a block, and so are two of which one is a street."""
_APART = 3
"""Columns between two parts of one address, at most (chosen, not measured)."""
_FULL_ENOUGH = 0.25
"""Of the cells of the fullest address: one that stands in fewer rows is an exception (chosen, not measured)."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One column of a block."""

    observed: ColumnEvidence
    part: AddressPart
    placed: bool = False
    """Whether only where it stands tells which address it belongs to."""

    def may_hold(self, fields: Iterable[str]) -> bool:
        """Tell whether the column holds something that may be one of these fields."""
        verdicts = (self.observed.sample.verdict(field) for field in self.part.fields if field in fields)
        return bool(self.observed.sample.values) and any(verdict > ValueVerdict.REFUTES for verdict in verdicts)

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return self.observed.sample.filled


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The columns of one address."""

    label: str
    """Which address it is, as in schemas/_blocks.toml."""
    ordinal: int
    members: tuple[Member, ...]

    @property
    def residue(self) -> frozenset[str]:
        """The words around its headers."""
        return frozenset(word for one in self.members for word in one.part.residue)

    @property
    def street(self) -> Member | None:
        """The fullest column that holds streets or whole addresses."""
        streets = [member for member in self.members if member.may_hold(STREETS)]
        return max(streets, key=lambda member: member.filled, default=None)

    @property
    def fields(self) -> frozenset[str]:
        """What its filled columns hold."""
        return frozenset(field for one in self.members for field in one.part.fields if one.may_hold((field,)))


def address_blocks(columns: Iterable[ColumnEvidence]) -> tuple[Block, ...]:
    """Return the addresses that the headers tell apart, each with its columns; one without a word is `unlabelled`."""
    addresses: dict[tuple[object, ...], list[Member]] = {}
    parts = ((observed, address_part(observed.column.header)) for observed in columns)
    for member in in_sequence([Member(observed, part) for observed, part in parts if part is not None]):
        part = member.part
        named = not part.vague or part.label != "unlabelled" or part.ordinal > 1
        if named and not _is_no_street(member):
            addresses.setdefault(part.address, []).append(member)
    near = ((key, [one for one in members if _is_beside(one, members)]) for key, members in addresses.items())
    found = (Block(str(label), int(str(ordinal)), tuple(members)) for (label, ordinal, _), members in near)
    return tuple(block for block in found if block.label != "unknown" or _is_whole(block))


def _is_no_street(member: Member) -> bool:
    """Tell whether something else than streets stands under an address' own word ("Rechnungsadresse Firma")."""
    street = member.part.fields[0] in STREETS
    return street and bool(member.observed.sample.values) and not member.may_hold(STREETS)


def _is_whole(block: Block) -> bool:
    """Tell whether a word that nobody knows stands around enough columns to be the name of an address."""
    return len(block.members) >= _SHARING or (len(block.members) > 1 and block.street is not None)


def _is_beside(one: Member, members: Iterable[Member]) -> bool:
    """Tell whether a word that means many things ("Billing Code") stands beside other parts of its address."""
    many = one.part.vague or set(fields_by_header().get(one.part.core, ())) - set(ADDRESS)
    plain = (other for other in members if other is not one)
    return not many or any(abs(other.observed.index - one.observed.index) <= _APART for other in plain)


def in_sequence(members: Sequence[Member]) -> list[Member]:
    """Return the members with those that say no address put to the one whose street they stand behind.

    That is where no street stands without such a word, or where a part is there twice ("Adresse privée, Ville, Adresse
    professionnelle, Ville").
    """
    plain = [one for one in members if one.part.label == "unlabelled" and one.part.ordinal == 1]
    often = Counter(one.part.fields for one in plain)
    streets = any(one.part.fields[0] in STREETS for one in plain)
    placed: list[Member] = []
    last: AddressPart | None = None
    for member in members:
        fields = member.part.fields
        if fields[0] in STREETS:
            last = member.part
        elif not placed or member.observed.index - placed[-1].observed.index > _APART:
            last = None
        alone = often[fields] == 1 and (streets or "country" in fields)
        moved = member.part.label == "unlabelled" and last is not None and last is not member.part and not alone
        placed.append(_put_to(member, last) if moved and last else member)
    return placed


def _put_to(member: Member, street: AddressPart) -> Member:
    part = replace(member.part, label=street.label, residue=street.residue, ordinal=street.ordinal)
    return replace(member, part=part, placed=True)


def choose_address(
    columns: Sequence[ColumnEvidence], _: Collection[str], schema: PlatformSchema
) -> list[ColumnEvidence]:
    """Return the columns with what their headers mean when the client's address comes from one block.

    That is the first in the order of schemas/_blocks.toml that has a street. Where the headers tell no addresses
    apart, all stays as it is.
    """
    found = address_blocks(columns)
    chosen = _chosen(found, schema)
    if chosen is None:
        return list(columns)
    members = {one.observed.index: one for one in _each_once(chosen)}
    joining = {one.observed.index: one for one in _joining(chosen, found, schema)}
    known = {one.observed.index for block in found for one in block.members}
    taken = members | joining
    read = [
        _of_client(one, taken[one.index], chosen)
        if one.index in taken
        else _elsewhere(one)
        if one.index in known
        else one
        for one in columns
    ]
    return read_block_contact(read, chosen.residue, asked=chosen.label == "unknown")


def _each_once(chosen: Block) -> list[Member]:
    """Return the members without those whose part stands nearer to the street in another column of the same address."""
    street = chosen.street
    if chosen.label == "unlabelled" or street is None:
        return list(chosen.members)
    nearest: dict[tuple[str, ...], Member] = {}
    for one in sorted(chosen.members, key=lambda one: abs(one.observed.index - street.observed.index)):
        nearest.setdefault(one.part.fields, one)
    return list(nearest.values())


def _order(schema: PlatformSchema) -> Sequence[str]:
    return block_words().persons if schema.column("legal_name") is None else block_words().companies


def _chosen(found: Iterable[Block], schema: PlatformSchema) -> Block | None:
    """Return the block that the platform asks for first, of those that hold streets in enough rows."""
    order = _order(schema)
    streets = {block: street.filled for block in found if (street := block.street)}
    able = [block for block in streets if block.label in order and block.ordinal == 1]
    most = max((streets[block] for block in able), default=0)
    full = [block for block in able if streets[block] >= _FULL_ENOUGH * most]
    return min(full, key=lambda block: order.index(block.label), default=None)


def _joining(chosen: Block, found: Iterable[Block], schema: PlatformSchema) -> list[Member]:
    """Return what completes the chosen address: parts it lacks, of blocks that are no address of their own.

    Of an address without a word around it the country completes another one too.
    """
    order, lacking = _order(schema), _lacking(chosen)
    joined: dict[str, Member] = {}
    for block in sorted(found, key=lambda one: order.index(one.label) if one.label in order else len(order)):
        if block is chosen or block.label not in order or block.ordinal > 1:
            continue
        parts = lacking if block.street is None else lacking & {"country"} if block.label == "unlabelled" else set()
        for member in block.members:
            fields = [field for field in member.part.fields if field in parts and member.may_hold((field,))]
            if fields and fields[0] not in joined:
                joined[fields[0]] = member
    return list(joined.values())


def _lacking(chosen: Block) -> set[str]:
    parts = {"address", "street", "house_number", "box", "postal_code", "city", "country"} - chosen.fields
    return parts - set(STREETS) if chosen.fields.intersection(STREETS) else parts


def _of_client(one: ColumnEvidence, member: Member, chosen: Block) -> ColumnEvidence:
    """Return the column read as a part of the client's address; one that says so by itself keeps its meaning."""
    meaning, part = one.meaning, member.part
    if part.label == "unlabelled" and meaning.fields and not part.vague:
        return one
    plain = {chosen.label, part.label} <= block_words().plain
    doubtful = not plain or part.vague or member.placed
    return replace(one, meaning=HeaderMeaning(part.fields, MatchStrength.PART, doubtful=doubtful, block=part.label))


def _elsewhere(one: ColumnEvidence) -> ColumnEvidence:
    return replace(one, meaning=replace(one.meaning, fields=(), foreign=True, block=ELSEWHERE))
