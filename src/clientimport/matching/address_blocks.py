"""Address blocks: the columns of one address, known by the word their headers share; the client's is one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from clientimport.matching.address_part import ADDRESS, STREETS, AddressPart, address_part, block_words
from clientimport.matching.block_contact import read_block_contact
from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.context_words import context_words
from clientimport.matching.header_meaning import HeaderMeaning, MatchStrength
from clientimport.matching.value_patterns import has_house_number
from clientimport.matching.value_sample import FEW_SHARE, ValueVerdict
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.header_key import fields_by_header

ELSEWHERE = "elsewhere"
"""The block of a column that belongs to an address which is not taken."""
_NAMES = frozenset({"legal_name", "contact_name", "contact_first_name", "contact_last_name"})
_SHARING = 3
"""Columns that make an unknown word a block; with a street among them two are enough (chosen, not measured)."""
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
    """Whether only its place among the columns shows which address it belongs to."""

    def may_hold(self, fields: Iterable[str]) -> bool:
        """Return whether the column holds something that may be one of these fields."""
        verdicts = (self.observed.sample.verdict(field) for field in self.part.fields if field in fields)
        return bool(self.observed.sample.values) and any(verdict > ValueVerdict.REFUTES for verdict in verdicts)

    @property
    def fields(self) -> tuple[str, ...]:
        """What the column may hold, by its values."""
        return tuple(field for field in self.part.fields if self.may_hold((field,)))

    @property
    def is_doubtful(self) -> bool:
        """Whether the word for the part is one that may mean something else."""
        return any((field, self.part.core) in context_words().doubtful for field in self.part.fields)

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return self.observed.sample.filled


@dataclass(frozen=True, slots=True, eq=False)
class AddressBlock:
    """The columns of one address."""

    label: str
    """Which address it is, as in schemas/_blocks.toml."""
    ordinal: int
    members: tuple[Member, ...]

    @property
    def residue(self) -> frozenset[str]:
        """The words around its headers."""
        return frozenset(word for member in self.members for word in member.part.residue)

    @property
    def street(self) -> Member | None:
        """The fullest column that holds streets or whole addresses."""
        streets = [member for member in self.members if member.may_hold(STREETS)]
        return max(streets, key=lambda member: member.filled, default=None)

    @property
    def fields(self) -> frozenset[str]:
        """What its filled columns hold."""
        return frozenset(field for member in self.members for field in member.fields)


def address_blocks(columns: Iterable[ColumnEvidence]) -> tuple[AddressBlock, ...]:
    """Return the addresses that the headers distinguish, with their columns; one without a word is `unlabelled`."""
    addresses: dict[tuple[object, ...], list[Member]] = {}
    for member in in_sequence(_members(columns)):
        part = member.part
        named = not part.vague or part.label != "unlabelled" or part.ordinal > 1
        if named and not _holds_no_streets(member):
            addresses.setdefault(part.address, []).append(member)
    near = ((key, [member for member in members if _is_beside(member, members)]) for key, members in addresses.items())
    blocks = (AddressBlock(str(label), int(str(ordinal)), tuple(members)) for (label, ordinal, _), members in near)
    return tuple(block for block in blocks if block.label != "unknown" or _is_address(block))


def _members(columns: Iterable[ColumnEvidence]) -> list[Member]:
    """Return the columns whose headers name a part of an address, and not something else ("N° entreprise")."""
    members: list[Member] = []
    for observed in columns:
        part, fields = address_part(observed.column.header), observed.meaning.fields
        if part is not None and not (part.label == "unlabelled" and fields and set(fields).isdisjoint(ADDRESS)):
            members.append(Member(observed, part))
    return members


def _holds_no_streets(member: Member) -> bool:
    """Return whether a column with a street's header holds something else ("Rechnungsadresse Firma").

    Names look like streets without a number, so where the header also names a person, numbers have to show streets.
    """
    sample = member.observed.sample
    if member.part.fields[0] not in STREETS or not sample.values:
        return False
    names = any(_NAMES.intersection(fields_by_header().get(word, ())) for word in member.part.residue)
    return not member.may_hold(STREETS) or (names and sample.share(has_house_number) <= FEW_SHARE)


def _is_address(block: AddressBlock) -> bool:
    """Return whether enough columns share an unknown word for it to be the name of an address."""
    return len(block.members) >= _SHARING or (len(block.members) > 1 and block.street is not None)


def _is_beside(member: Member, members: Iterable[Member]) -> bool:
    """Return whether a header with other meanings too ("Billing Code") is beside other parts of its address."""
    many = member.part.vague or set(fields_by_header().get(member.part.core, ())) - set(ADDRESS)
    others = (other for other in members if other is not member)
    return not many or any(abs(other.observed.index - member.observed.index) <= _APART for other in others)


def in_sequence(members: Sequence[Member]) -> list[Member]:
    """Return the members, each one without an address of its own assigned to the address of the street before it.

    This applies where every street names its address, or where a part occurs twice ("Adresse privée, Ville, Adresse
    professionnelle, Ville").
    """
    plain = [member for member in members if member.part.label == "unlabelled" and member.part.ordinal == 1]
    often = Counter(member.part.fields for member in plain)
    streets = any(member.part.fields[0] in STREETS for member in plain)
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
        placed.append(_with_street_address(member, last) if moved and last else member)
    return placed


def _with_street_address(member: Member, street: AddressPart) -> Member:
    part = replace(member.part, label=street.label, residue=street.residue, ordinal=street.ordinal)
    return replace(member, part=part, placed=True)


def choose_address(
    columns: Sequence[ColumnEvidence], _: Collection[str], schema: PlatformSchema
) -> list[ColumnEvidence]:
    """Return the columns with what their headers mean when the client's address comes from one block.

    That is the first in the order of schemas/_blocks.toml that has a street. Where the headers do not distinguish
    addresses, the columns stay as they are.
    """
    blocks = address_blocks(columns)
    chosen = _preferred_block(blocks, schema)
    if chosen is None:
        return list(columns)
    members = [*_nearest_members(chosen), *_completing_members(chosen, blocks, schema)]
    taken = {member.observed.index: member for member in members}
    in_blocks = {member.observed.index for block in blocks for member in block.members}
    read = [
        _as_client_address(column, taken[column.index], chosen)
        if column.index in taken
        else _as_other_address(column)
        if column.index in in_blocks
        else column
        for column in columns
    ]
    return read_block_contact(read, chosen.residue, asked=chosen.label == "unknown")


def _nearest_members(chosen: AddressBlock) -> list[Member]:
    """Return one member for each part of the address: the one nearest to the street."""
    street = chosen.street
    if chosen.label == "unlabelled" or street is None:
        return list(chosen.members)
    nearest: dict[tuple[str, ...], Member] = {}
    for member in sorted(chosen.members, key=lambda member: abs(member.observed.index - street.observed.index)):
        nearest.setdefault(member.part.fields, member)
    return list(nearest.values())


def _preference(schema: PlatformSchema) -> Sequence[str]:
    return block_words().persons if schema.column("legal_name") is None else block_words().companies


def _preferred_block(blocks: Iterable[AddressBlock], schema: PlatformSchema) -> AddressBlock | None:
    """Return the block that this kind of platform prefers, of those that hold streets in enough rows.

    Where none holds streets, the first one that holds more than one part.
    """
    order = _preference(schema)
    able = [block for block in blocks if block.label in order and block.ordinal == 1]
    streets = {block: street.filled for block in able if (street := block.street)}
    full = [block for block, filled in streets.items() if filled >= _FULL_ENOUGH * max(streets.values())]
    parts = [block for block in able if len(block.fields) > 1]
    return min(full or parts, key=lambda block: order.index(block.label), default=None)


def _completing_members(chosen: AddressBlock, blocks: Iterable[AddressBlock], schema: PlatformSchema) -> list[Member]:
    """Return the members that complete the chosen address: its missing parts, from blocks without a street.

    The country of an address without a word around it completes another address too.
    """
    order, lacking = _preference(schema), _missing_fields(chosen)
    joined: dict[str, Member] = {}
    for block in sorted(blocks, key=lambda block: order.index(block.label) if block.label in order else len(order)):
        if block is chosen or block.label not in order or block.ordinal > 1:
            continue
        parts = lacking if block.street is None else lacking & {"country"} if block.label == "unlabelled" else set()
        for member in block.members:
            fields = [field for field in member.fields if field in parts]
            if fields and fields[0] not in joined:
                joined[fields[0]] = member
    return list(joined.values())


def _missing_fields(chosen: AddressBlock) -> set[str]:
    """Return the parts that no column of the address names for certain ("Location" may be anything)."""
    sure = {field for member in chosen.members if not member.is_doubtful for field in member.fields}
    parts = {"address", "street", "house_number", "box", "postal_code", "city", "country"} - sure
    return parts - set(STREETS) if chosen.fields.intersection(STREETS) else parts


def _as_client_address(column: ColumnEvidence, member: Member, chosen: AddressBlock) -> ColumnEvidence:
    """Return the column as a part of the client's address; a header that already means one keeps its meaning."""
    meaning, part = column.meaning, member.part
    if part.label == "unlabelled" and meaning.fields and not part.vague:
        return column
    plain = {chosen.label, part.label} <= block_words().plain
    doubtful = not plain or part.vague or member.placed
    return replace(column, meaning=HeaderMeaning(part.fields, MatchStrength.PART, doubtful=doubtful, block=part.label))


def _as_other_address(column: ColumnEvidence) -> ColumnEvidence:
    return replace(column, meaning=replace(column.meaning, fields=(), foreign=True, block=ELSEWHERE))
