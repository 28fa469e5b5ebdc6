"""A source: the files, the bytes or the frame that a list of clients is read from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa

from clientimport.errors import FileUnreadable
from clientimport.files.detect import STDIN
from clientimport.files.frame_table import frame_table
from clientimport.files.read import ReadRequest, read_table
from clientimport.files.readers.data_frame import NAME, ArrowStream, is_pandas
from clientimport.model.table import Table
from clientimport.push.plan.plan import PlanSource
from clientimport.push.plan.plan_file import file_sha256
from clientimport.storage.named_files import files_name

if TYPE_CHECKING:
    import pandas as pd

File = str | os.PathLike[str]
Source: TypeAlias = "File | bytes | bytearray | memoryview | Sequence[File] | pd.DataFrame | ArrowStream"
"""What clients can be read from."""

IsKnownHeader = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files, or the bytes of one."""

    files: tuple[str, ...]
    content: bytes | None = field(default=None, repr=False)
    """What was given instead of a file."""

    @property
    def name(self) -> str:
        """What it is called."""
        return files_name(self.files)

    def read(self, request: ReadRequest, is_known_header: IsKnownHeader) -> Table:
        """Return the table in it. Raises FileUnreadable."""
        return read_table(self.files, request, is_known_header, self.content)

    def plan_source(self, _table: Table) -> PlanSource:
        """Return what a plan remembers of it."""
        return PlanSource(self.name, files_sha256(self.files, self.content))


@dataclass(frozen=True, slots=True)
class FrameSource:
    """A frame."""

    frame: pd.DataFrame | ArrowStream = field(repr=False)

    @property
    def name(self) -> str:
        """What it is called."""
        return NAME

    def read(self, request: ReadRequest, _is_known_header: IsKnownHeader) -> Table:
        """Return the table in it. Raises FileUnreadable for what is no list."""
        return frame_table(self.frame, request.where)

    def plan_source(self, table: Table) -> PlanSource:
        """Return what a plan remembers of it: what stood in its cells."""
        return PlanSource(self.name, table_sha256(table))


def parse_source(source: Source | FileSource) -> FileSource | FrameSource:
    """Return what was given as a source. Raises FileUnreadable for anything else."""
    if isinstance(source, FileSource):
        return source
    if isinstance(source, str | os.PathLike):
        return FileSource((_path(source),))
    if isinstance(source, bytes | bytearray | memoryview):
        return FileSource((STDIN,), bytes(source))
    if is_pandas(source) or hasattr(source, "__arrow_c_stream__"):
        return FrameSource(source)
    if isinstance(source, list | tuple) and source and all(isinstance(file, str | os.PathLike) for file in source):
        return FileSource(tuple(map(_path, source)))
    raise FileUnreadable("source.kind", kind=type(source).__name__)


def _path(file: File) -> str:
    """Return the path of a file; one that is called `-` is not standard input."""
    path = os.fspath(file)
    return f".{os.sep}{path}" if path == STDIN else path


def files_sha256(files: Sequence[str], content: bytes | None) -> str:
    """Return the SHA-256 of the bytes, of the file, or of several files in their order."""
    if content is not None and list(files) == [STDIN]:
        return hashlib.sha256(content).hexdigest()
    digests = [
        hashlib.sha256(content).hexdigest() if content is not None and file == STDIN else file_sha256(Path(file))
        for file in files
    ]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\0".join(digests).encode()).hexdigest()


def table_sha256(table: Table) -> str:
    """Return the SHA-256 of what stands in a table: its headers, rows and cells."""
    batch = pa.record_batch(
        [pa.array(table.rows), *(column.values for column in table.columns)],
        names=["", *(column.header for column in table.columns)],
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return hashlib.sha256(sink.getvalue()).hexdigest()
