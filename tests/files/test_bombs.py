"""A file of 200 KB takes neither a gigabyte nor a minute, whatever it asks for: measured in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from clientimport.files.detect import FORMATS, FileFormat, detect_format
from files.bombs import bombs

BOMBS = bombs()
GIGABYTE, MINUTE = 1024 * 1024, 60
"""In the units of the system: KiB and seconds of the processor."""
READ = """
import json, resource, sys
from clientimport.errors import FileUnreadable
from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.known_header import is_known_header
try:
    said = f"{len(read_table(sys.argv[1], ReadRequest(), is_known_header).rows)} rows"
except FileUnreadable as error:
    said = error.code
print(json.dumps([said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MINUTE, MINUTE))


@pytest.mark.parametrize("file_format", FORMATS, ids=lambda file_format: file_format.name)
def test_each_format_has_a_file_that_asks_for_much(file_format: FileFormat) -> None:
    assert file_format.name in {detect_format(data).name for data in BOMBS.values()}


@pytest.mark.skipif(sys.platform != "linux", reason="a system that counts in KiB")
@pytest.mark.timeout(300)  # on a busy machine a minute of the processor is longer
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_takes_neither_a_gigabyte_nor_a_minute(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BOMBS[name])
    command = [sys.executable, "-c", READ, str(tmp_path / name)]
    done = subprocess.run(command, capture_output=True, check=False, preexec_fn=limited, text=True)
    assert done.returncode == 0, done.stderr[-500:]
    said, most = json.loads(done.stdout)
    assert most < GIGABYTE
    assert said.startswith("file.") or said.endswith(" rows")
