"""One extract of the KBO's open data: the zip that its user downloaded, full or with what changed since the one before.

Its layout is that of the cookbook (R018) at https://kbopub.economie.fgov.be/kbo-open-data.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from clientimport.errors import FileUnreadable

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 4 * 2**20
"""Bytes of a table that are parsed at once: small beside the gigabyte that loading may take, large beside a line."""
_LARGEST_META = 2**16
"""Bytes; the real one has five lines."""
_LONGEST_END = 16
_WHOLE_END = re.compile(rb"[\r\n\",]$|\d\d-\d\d-\d{4}$")
"""How a last line may end: with its line end, a closed text, an empty value or a date."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A zip of the open data, and what it says about itself."""

    path: Path
    number: int
    """Counts up by one from each extract to the next."""
    snapshot: date
    """The day whose state it holds."""
    full: bool

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        """Yield the table's rows in batches of text columns; empty values are empty texts. Raises FileUnreadable."""
        import pyarrow as pa
        from pyarrow import csv as arrow_csv

        convert = arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.string()), include_columns=list(columns), strings_can_be_null=False
        )
        with _readable(self.path), ZipFile(self.path) as archive, _member(archive, self.path, table) as stream:
            if not stream.peek(1):
                raise FileUnreadable("kbo.damaged", file=self.path, reason="table.empty", table=f"{table}.csv")
            yield from arrow_csv.open_csv(
                cast("BinaryIO", _WholeLines(stream)),
                arrow_csv.ReadOptions(block_size=_BLOCK),
                arrow_csv.ParseOptions(newlines_in_values=True),
                convert,
            )

    def enterprise_rows(self, table: str, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        """Yield as `rows` those about enterprises; the first column is their number, as an integer.

        Establishments (2 to 8) and branches (9) are no client's number.
        """
        import pyarrow.compute as pc

        with _readable(self.path):
            for batch in self.rows(table, columns):
                enterprises = batch.filter(pc.match_substring_regex(batch[columns[0]], "^[01]"))
                yield enterprises.set_column(0, columns[0], _as_integers(enterprises[columns[0]]))


class _NoEnterpriseNumber(ValueError):
    """A number in an extract is none of an enterprise."""

    reason_code = "table.number"


class _TableCut(BadZipFile):
    """A table ends within a value."""

    reason_code = "table.cut"


def _as_integers(numbers: pa.Array[Any]) -> pa.Int64Array:
    """Return numbers as `0200.065.765` as integers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.all(pc.match_substring_regex(numbers, r"^\d{4}\.?\d{3}\.?\d{3}$"), min_count=0).as_py():
        raise _NoEnterpriseNumber
    digits: Any = pc.replace_substring(numbers, ".", "")
    return cast("pa.Int64Array", digits.cast(pa.int64()))


def read_extract(path: Path) -> Extract:
    """Return the extract in the zip at `path`; its file name does not count. Raises FileUnreadable."""
    with _readable(path), ZipFile(path) as archive:
        entry = _entry(archive, "meta")
        if entry is None or archive.getinfo(entry).file_size > _LARGEST_META:
            raise FileUnreadable("kbo.not_an_extract", file=path)
        text = archive.read(entry).decode("utf-8-sig")
        lines = [line for line in csv.reader(io.StringIO(text)) if len(line) > 1]
    meta = {line[0].strip().casefold(): line[1].strip() for line in lines}
    try:
        snapshot = datetime.strptime(meta["snapshotdate"], "%d-%m-%Y").date()  # noqa: DTZ007 -- a day has no zone
        full = {"full": True, "update": False}[meta["extracttype"].casefold()]
        return Extract(path, int(meta["extractnumber"]), snapshot, full)
    except (KeyError, ValueError) as error:
        raise FileUnreadable("kbo.damaged", file=path, reason="table.meta") from error


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn everything that a file can have wrong into the message that says so."""
    import pyarrow as pa

    try:
        yield
    except FileNotFoundError as error:
        raise FileUnreadable("file.not_found", file=path) from error
    except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError, csv.Error, _NoEnterpriseNumber) as error:
        raise FileUnreadable("kbo.damaged", file=path, reason=error) from error
    except (BadZipFile, zlib.error, EOFError) as error:
        raise FileUnreadable("kbo.not_whole", file=path, reason=error) from error
    except RuntimeError as error:  # what zipfile raises for a password and for a way of packing that it does not know
        raise FileUnreadable("kbo.repacked", file=path, reason="zip.locked") from error
    except OSError as error:
        raise FileUnreadable("file.io", file=path, reason=error) from error


def _entry(archive: ZipFile, table: str) -> str | None:
    """Return the name of a table's file; its case and folder do not count (`contact_insert.Csv` has been seen)."""
    wanted = f"{table}.csv"
    return next((name for name in archive.namelist() if name.rpartition("/")[2].casefold() == wanted), None)


@contextmanager
def _member(archive: ZipFile, path: Path, table: str) -> Iterator[io.BufferedReader]:
    entry = _entry(archive, table)
    if entry is None:
        raise FileUnreadable("kbo.table_missing", file=path, table=f"{table}.csv")
    with archive.open(entry) as stream:
        yield io.BufferedReader(cast("io.RawIOBase", stream), _BLOCK)


class _WholeLines(io.RawIOBase):
    """A table's bytes; one whose last line breaks off was cut, and its last value would be half of one."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._end = b""

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Read on; raise BadZipFile where the table ends within a value."""
        part = self._stream.read(len(buffer))
        self._end = (self._end + part[-_LONGEST_END:])[-_LONGEST_END:]
        if not part and not _WHOLE_END.search(self._end):
            raise _TableCut
        buffer[: len(part)] = part
        return len(part)
