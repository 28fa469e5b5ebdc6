"""Eight bytes at a time say the same as one after the other."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clientimport.files.readers.xlsx.bulk.byte_index import ByteIndex

TEXTS = st.text(alphabet='0123456789<>/v"\x00é:', max_size=40).map(str.encode) | st.binary(max_size=40)


@given(TEXTS, TEXTS.map(lambda text: text[:12]).filter(bool))
def test_a_word_stands_where_it_stands(text: bytes, word: bytes) -> None:
    where = np.arange(len(text))
    padded = text + bytes(8)
    expected = [padded[at : at + len(word)] == word for at in where]
    assert ByteIndex.from_bytes(text).matches(where, word).tolist() == expected


@given(TEXTS, st.data())
def test_numbers_are_what_int_reads(text: bytes, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    before = b"<c>      "  # a number of eight digits is looked at from its end
    (number,), (read,) = ByteIndex.from_bytes(before + text).parse_numbers(
        np.array([begin + len(before)]), np.array([end + len(before)])
    )
    is_number = re.fullmatch(rb"[0-9]{1,8}", text[begin:end]) is not None
    assert bool(read) is is_number
    assert not is_number or int(number) == int(text[begin:end])


@given(TEXTS)
def test_angles_are_every_one_and_nothing_else(text: bytes) -> None:
    assert ByteIndex.from_bytes(text).angle_brackets().tolist() == [at for at, byte in enumerate(text) if byte in b"<>"]
