"""Mutations of files: what transport, programs and people do to them, from a seed."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import ZipFile

Mutation = Callable[[bytes, Random], bytes]

_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'="([^"]*)"')
_ODD = (b"-1", b"0", b"99999999999", b"", b"A", b"XFE1", b"1e999", b"\xff", b"&a;", b"true", b"NaN")


def flipped(data: bytes, random: Random) -> bytes:
    """Flip a few bits."""
    made = bytearray(data)
    for _ in range(random.randint(1, 8)):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def cut(data: bytes, random: Random) -> bytes:
    """Lose the end."""
    return data[: random.randrange(len(data))]


def spliced(data: bytes, random: Random) -> bytes:
    """Lose, repeat or move a piece."""
    first, last = sorted(random.randrange(len(data)) for _ in range(2))
    piece, rest = data[first:last], data[:first] + data[last:]
    at = random.randrange(len(rest) + 1)
    return random.choice((rest, data[:last] + piece + data[last:], rest[:at] + piece + rest[at:]))


def filled(data: bytes, random: Random) -> bytes:
    """Write something else over a piece."""
    at, size = random.randrange(len(data)), random.randint(1, 64)
    piece = random.choice((bytes(size), b"\xff" * size, random.randbytes(size), b'"' * size, b"<" * size))
    return data[:at] + piece + data[at + size :]


def retagged(data: bytes, random: Random) -> bytes:
    """Swap, lose or repeat a tag, or give one of its attributes an odd value."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return filled(data, random)
    one, other = random.choice(tags), random.choice(tags)
    values = list(_VALUE.finditer(one[0]))
    new = random.choice((b"", one[0] * 2, other[0]))
    if values and random.random() < 0.6:
        value = random.choice(values)
        new = one[0][: value.start(1)] + random.choice(_ODD) + one[0][value.end(1) :]
    return data[: one.start()] + new + data[one.end() :]


def repacked(data: bytes, random: Random) -> bytes:
    """Change, lose, repeat or rename one part of an archive; a file that is none is spliced."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:  # noqa: BLE001 -- what zipfile says to an archive that is broken already is not its test
        parts = []
    if not parts:
        return spliced(data, random)
    at = random.randrange(len(parts))
    name, content = parts[at]
    kind = random.choice(("change", "change", "change", "change", "lose", "repeat", "rename"))
    if kind == "change" and content:
        parts[at] = (name, random.choice((flipped, cut, spliced, filled, retagged, retagged))(content, random))
    elif kind == "lose":
        del parts[at]
    elif kind == "repeat":
        parts.append((name, content[::-1]))
    else:
        parts[at] = (f"{name}x", content)
    return _packed(parts)


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    import warnings

    made = BytesIO()
    with ZipFile(made, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name that stands there twice is on purpose
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()


MUTATIONS: tuple[Mutation, ...] = (flipped, cut, spliced, filled, retagged, repacked, repacked, repacked)
