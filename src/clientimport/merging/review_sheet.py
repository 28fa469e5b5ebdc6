"""The Review sheet of a merged workbook: one line for each pair, and what a person has answered there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from clientimport.errors import FileUnreadable, UsageError
from clientimport.files.detect import file_content
from clientimport.files.readers.open import open_workbook
from clientimport.files.readers.sheet import Sheet
from clientimport.messages.catalog import LANGUAGES, load_phrases
from clientimport.model.finding import Issue
from clientimport.schema.types.boolean import Boolean

SAME, PAIR = "merge.same", "merge.pair"
"""Where the headers of the two columns of ours are among the words of the screen."""


def read_answers(file: Path) -> Mapping[str, bool]:
    """Return the answers in the Review sheet of `file`, by the key of the pair; what is empty is no answer.

    Raises FileUnreadable for a workbook without such a sheet, UsageError for an answer that is no yes and no no.
    """
    sheet = _review(file)
    answers: dict[str, bool] = {}
    for row, said, pair in _lines(sheet):
        answer = _answer(said, file, row)
        if answer is None:
            continue
        if answers.setdefault(pair, answer) != answer:
            raise UsageError("merge.answered_twice", file=file, row=row)
    return answers


def _review(file: Path) -> Sheet:
    try:
        book = open_workbook(file_content(str(file)), None, None)
        for info in book.sheet_infos:
            if _columns(book.read_sheet(info, 1)):
                return book.read_sheet(info)
    except FileUnreadable as error:
        raise FileUnreadable(error.code, **{**error.facts, "file": file}) from error
    raise FileUnreadable("merge.no_review", file=file)


def _columns(sheet: Sheet) -> tuple[int, int] | None:
    """Return where the answers and the keys of the pairs are, if this is a Review sheet."""
    same, pair = ({load_phrases(language)[key] for language in LANGUAGES} for key in (SAME, PAIR))
    for row in sheet.grid.head(1):
        texts = {str(text).strip(): column for column, text in row.cells.items()}
        found = [next((texts[text] for text in texts if text in known), None) for known in (same, pair)]
        if found[0] is not None and found[1] is not None:
            return found[0], found[1]
    return None


def _lines(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    columns = _columns(sheet)
    assert columns is not None
    for row in list(sheet.grid)[1:]:
        said, pair = (str(row.cells.get(column, "") or "").strip() for column in columns)
        if pair:
            yield row.number, said, pair


def _answer(said: str, file: Path, row: int) -> bool | None:
    if not said:
        return None
    parsed = Boolean().parse(said, "")
    if isinstance(parsed, Issue):
        raise UsageError("merge.no_answer", file=file, row=row, value=said)
    return None if parsed.value is None else parsed.value == "yes"
