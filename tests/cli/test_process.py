"""What only a process of its own shows: encodings, stdin, the server of the sandbox."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from urllib.request import urlopen

from clientimport.schema.data_files import data_folder

PROGRAM = (sys.executable, "-m", "clientimport")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"


def test_the_sandbox_prints_exactly_one_line_with_its_address() -> None:
    with subprocess.Popen([*PROGRAM, "sandbox"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running_:
        assert running_.stdout is not None
        line = running_.stdout.readline()
        assert line.startswith("SANDBOX listening on http://127.0.0.1:")
        with urlopen(f"{line.split()[-1]}/_sandbox/clients") as answer:
            assert json.load(answer) == {"clients": []}
        running_.send_signal(signal.SIGTERM)
        rest, _ = running_.communicate()
    assert rest == ""


def test_a_file_comes_in_on_stdin() -> None:
    asked = [*PROGRAM, "validate", "-", "-p", "banqup-partner", "--json"]
    answer = json.loads(subprocess.run(asked, check=False, input=CLEAN.read_bytes(), capture_output=True).stdout)
    assert answer["files"][0]["file"] == "-"
    assert answer["exit_code"] == 0


def test_a_console_that_lacks_a_letter_gets_a_question_mark_and_no_traceback() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    asked = [*PROGRAM, "validate", str(MESSY), "-p", "banqup-partner", "--language", "fr"]
    answer = subprocess.run(asked, check=False, capture_output=True, env=environment)
    assert answer.returncode == 1
    assert b"?" in answer.stdout
    assert b"Traceback" not in answer.stderr
