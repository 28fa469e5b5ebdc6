"""Lines read many at once say what the csv module reads line by line, wherever quotation marks stand."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clientimport.errors import FileUnreadable
from clientimport.files.readers.cell_grid import GridRow
from clientimport.files.readers.delimited import DelimitedWorkbook
from clientimport.files.readers.delimited_bulk import field_block
from clientimport.model.finding import Finding

FIELDS = (
    *("Peeters", "", " ", "é", "a b", "12", "=1", '="0123"', "'0123", "'s", "\t", "\xa0", "x" * 40),
    *('"quoted"', '""', '"a;b"', '"a ""b"" c"', '"two\nlines"', 'a"b', '"a"b', 'a";"b', '"open', '" "', '"=""0123"""'),
    *(' "spaced"', '"a \\"b\\""', 'a \\"b\\"', '"a\\"', "x\x00y"),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Lines of a few fields, most of them plain."""
    rows = draw(st.lists(st.lists(st.sampled_from(FIELDS), max_size=4), min_size=1, max_size=8))
    end = draw(st.sampled_from(["\n", "\r\n", "\n", "\r"]))
    text = end.join(";".join(row) for row in rows) + draw(st.sampled_from(["", end, end * 2]))
    return text if text.strip("\r\n") else "a;b"


def read(text: str, limit: int | None, piece: int = 2**22) -> tuple[list[GridRow], tuple[Finding, ...]] | str:
    book = DelimitedWorkbook(text, piece=piece)
    try:
        sheet = book.read_sheet(book.sheet_infos[0], limit)
    except FileUnreadable as error:
        return error.code
    return list(sheet.grid), sheet.findings


@settings(max_examples=300)
@given(texts())
@example("sep=;\na;b\n")
@example('sep="\na"b\n')
@example("sep='\na'b'0\n")
@example("sep==\na==b=0\n")
@example("sep=\r\na;b\n")
@example('a;"b"\n"c;d";e\n')
@example("a;b\n\n\nc;d")
def test_lines_read_the_same_at_once_and_one_by_one(text: str) -> None:
    assert read(text, None) == read(text, 10**9)


@settings(max_examples=60)
@given(texts(), st.integers(min_value=1, max_value=30))
def test_wherever_the_pieces_end(text: str, size: int) -> None:
    assert read(text, None, size) == read(text, 10**9)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("a;b;c", ["a", "b", "c"]),
        ('"a";"b";c', ["a", "b", "c"]),
        ('"a;b";c', ["a;b", "c"]),
        ('"say ""x""";c', ['say "x"', "c"]),
        ('="012";\'034;=x', ["012", "034", "=x"]),
        (" ;;\t", ["", "", ""]),
    ],
)
def test_a_line_is_taken_apart(line: str, fields: list[str]) -> None:
    """Else all of this is true and of no use."""
    found = field_block(f"x\n{line}\ny\n".encode(), ";")
    assert found is not None
    assert found.texts.to_pylist() == ["x", *fields, "y"]
    assert found.rows.tolist() == [0, *[1] * len(fields), 2]
    assert found.indexes.tolist() == [0, *range(len(fields)), 0]
    assert found.widths.tolist() == [1, len(fields), 1]


@pytest.mark.parametrize("line", ['"open', '"a"b;c', 'a;"b', '"two', 'a";"b'])
def test_marks_against_the_rules_are_left_to_the_reader_of_lines(line: str) -> None:
    assert field_block(f"x;y\n{line}\n".encode(), ";") is None


@pytest.mark.parametrize("text", ["a;b\n" + "x" * 32_768 + ";c\n", "a;b\n" + ";" * 16_384 + "c\n"])
def test_what_is_beyond_the_bounds_is_refused_all_the_same(text: str) -> None:
    assert read(text, None) == read(text, 10**9)
    assert isinstance(read(text, None), str)
