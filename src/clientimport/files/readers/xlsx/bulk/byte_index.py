"""Eight bytes at a time: many positions of a text are compared, or parsed as numbers, without a step for each byte.

Digits are put together in pairs, fours and eights, as in Daniel Lemire's "Quickly parsing eight digits"
(https://lemire.me/blog/2022/01/21/swar-explained-parsing-eight-digits/).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from clientimport.files.readers.cell_grid import Ints, Mask

Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
Longs = np.ndarray[tuple[int], np.dtype[np.uint64]]

SIZE = 8
_PADDING = bytes(4 * SIZE)
_EACH = 0x0101010101010101
"""This times a byte is eight of them."""
_FIRST: Longs = np.array([2 ** (8 * count) - 1 for count in range(SIZE + 1)], np.uint64)
"""The masks that keep the first bytes of a word, by how many."""


@dataclass(frozen=True, slots=True)
class ByteIndex:
    """The bytes of a text, and the eight that begin at each of them."""

    values: Bytes
    """The bytes, with 32 zeros behind the last, so that one may look beyond it."""
    words: Longs
    """Little-endian, so the first byte is the lowest; a view that overlaps itself."""

    @classmethod
    def from_bytes(cls, data: bytes) -> ByteIndex:
        """Return the index of `data`."""
        padded = data + _PADDING
        words: Any = np.ndarray((len(padded) - SIZE + 1,), "<u8", padded, strides=(1,))
        return cls(np.frombuffer(padded, np.uint8), words)

    def angle_brackets(self) -> Ints:
        """Return the position of each `<` and `>`: they differ in one bit, so that one pass finds both.

        >>> ByteIndex.from_bytes(b"<v>1</v>").angle_brackets().tolist()
        [0, 2, 4, 7]
        """
        return np.flatnonzero(self.values | (ord("<") ^ ord(">")) == ord(">"))

    def matches(self, positions: Ints, word: bytes) -> Mask:
        """Return at which of these positions `word` stands.

        >>> ByteIndex.from_bytes(b'<c r="A1" t="inlineStr">').matches(np.array([2, 9]), b' t="inlineStr"').tolist()
        [False, True]
        """
        beginning = first_bytes(self.words[positions], min(len(word), SIZE))
        equal: Mask = beginning == int.from_bytes(word[:SIZE], "little")
        return equal if len(word) <= SIZE else equal & self.matches(positions + SIZE, word[SIZE:])

    def parse_numbers(self, begins: Ints, ends: Ints) -> tuple[Longs, Mask]:
        """Return the whole numbers from `begins` to before `ends`, and which are numbers of one to eight digits.

        They are read from their ends, so that none may end among the first eight bytes.

        >>> index = ByteIndex.from_bytes(b"<row><c><v>2026</v><v>-1</v>")
        >>> index.parse_numbers(np.array([11, 22]), np.array([15, 24]))[1].tolist()
        [True, False]
        """
        lengths = ends - begins
        sized = (lengths > 0) & (lengths <= SIZE) & (ends >= SIZE)
        if not sized.all():
            lengths, ends = np.where(sized, lengths, SIZE), np.where(sized, ends, SIZE)
        digits = (self.words[ends - SIZE] ^ 0x30 * _EACH) & ~_FIRST.take(SIZE - lengths)
        wrong = (((digits & 0x7F * _EACH) + 0x76 * _EACH) | digits) & 0x80 * _EACH
        pairs = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF
        fours = (pairs * 100 + (pairs >> 16)) & 0x0000FFFF0000FFFF
        return (fours * 10000 + (fours >> 32)) & 0xFFFFFFFF, sized & (wrong == 0)


def first_bytes(words: Longs, counts: Ints | int) -> Longs:
    """Return words of which only the first `counts` bytes are left.

    >>> first_bytes(np.array([0x030201], np.uint64), 2).tolist() == [0x0201]
    True
    """
    return words & (_FIRST[counts] if isinstance(counts, int) else _FIRST.take(counts))
