"""Each command that is printed as the next one is pasted into a real shell, and runs."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from clientimport.model.shell_command import shell_command
from clientimport.schema.data_files import data_folder
from command_line import clientimport

SAMPLES = data_folder("samples") / "banqup-partner"
PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)
AWKWARD = "onze 'klanten' é & $co (1).csv"
DASH = "-x=1.csv"
ROWS = (
    "Naam;Status;Nota;E-mail;Voornaam;Achternaam;Land;Ondernemingsnummer\n"
    "Bakkerij Een BV;here's;x;an@bakkerijeen.be;An;Claes;BE;0403019261\n"
    "Bakkerij Twee BV;gone;y;els@bakkerijtwee.be;Els;Maes;BE;0419618535\n"
)
WRONG = ROWS.replace("0403019261", "0403019262")
GIVEN = ("--where", "Status=here's", "--set", "C=ignore", "--default", "language=nl", "--language", "nl")


def steps(text: str, command: str) -> list[str]:
    """Return the commands of an answer that can be pasted: behind two blanks, to the end of the line."""
    lines = re.findall(r"(?:^|  )(clientimport .+)$", text, re.MULTILINE)
    return [line for line in lines if line.startswith(f"clientimport {command} ")]


def pasted(line: str, shell: str = "bash") -> int:
    """Return the exit code of a command in a shell with a terminal, where each question is answered with yes."""
    master, terminal = pty.openpty()
    os.write(master, b"y\ny\ny\n")
    reading = threading.Thread(target=drained, args=(master,), daemon=True)
    reading.start()
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment |= {"CI": "", "CLIENTIMPORT_NO_INPUT": "", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [shell, "-c", line], stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal, env=environment
    ) as running:
        exit_code = running.wait(timeout=100)
    os.close(terminal)
    reading.join()
    os.close(master)
    return exit_code


def drained(master: int) -> None:
    """Read what is written on a terminal until it is closed, so that nobody waits for it."""
    with contextlib.suppress(OSError):
        while os.read(master, 4096):
            pass


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture(params=[AWKWARD, DASH])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return written(tmp_path, str(request.param), ROWS)


def written(folder: Path, name: str, text: str) -> str:
    """Write a file with an awkward name and return it as it is typed."""
    (folder / name).write_text(text, encoding="utf-8")
    return f"./{name}" if name.startswith("-") else name


@pytest.mark.parametrize(
    ("command", "further", "following"),
    [
        ("map", PARTNER, "validate"),
        ("validate", PARTNER, "fix"),
        ("validate", SANDBOX, "plan"),
        ("plan", SANDBOX, "push"),
        ("plan", (*SANDBOX, "-o", "the plan's.json"), "push"),
        ("push", (*SANDBOX, "--dry-run", "--accept-proposals"), "push"),
        ("push", (*SANDBOX, "--yes", "--accept-proposals"), "invite"),
        ("push", (*SANDBOX, "--yes", "--accept-proposals"), "runs show"),
        ("merge", (AWKWARD, *PARTNER, "-o", "both lists.xlsx"), "validate"),
    ],
)
def test_the_step_after_a_command_runs_when_it_is_pasted(
    command: str, further: tuple[str, ...], following: str, file: str, tmp_path: Path
) -> None:
    written(tmp_path, AWKWARD, ROWS)
    text = clientimport(command, file, *further, *GIVEN).out
    line = steps(text, following)[-1]
    assert pasted(line) == 0


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_errors_are_shown_in_the_own_workbook_and_left_out_of_the_upload(shell: str, tmp_path: Path) -> None:
    name = written(tmp_path, AWKWARD, WRONG)
    text = clientimport("validate", name, *PARTNER, *GIVEN, "--report", "xlsx=own marks é.xlsx").out
    (fixing,), (marked,) = steps(text, "fix"), steps(text, "validate")
    assert "own marks é.xlsx" in marked
    assert (pasted(fixing, shell), pasted(marked, shell)) == (1, 1)
    assert {"upload.xlsx", "rejects.xlsx"} <= {path.name for path in tmp_path.iterdir()}


def test_a_file_that_is_there_is_not_in_the_way_of_the_next_step(tmp_path: Path) -> None:
    name = written(tmp_path, AWKWARD, WRONG)
    for taken in ("upload.xlsx", "rejects.xlsx", "upload-2.xlsx"):
        (tmp_path / taken).write_bytes(b"")
    (fixing,) = steps(clientimport("validate", name, *PARTNER, *GIVEN).out, "fix")
    assert pasted(fixing) == 1
    assert (tmp_path / "upload-3.xlsx").stat().st_size > 0
    assert (tmp_path / "upload.xlsx").stat().st_size == 0


def test_rows_that_were_left_out_are_asked_for_and_then_checked_again(tmp_path: Path) -> None:
    name = written(tmp_path, AWKWARD, WRONG)
    (with_rejects,) = steps(clientimport("fix", name, *PARTNER, *GIVEN, "-o", "up load.xlsx").out, "fix")
    assert pasted(with_rejects) == 1
    text = clientimport("fix", name, *PARTNER, *GIVEN, "-o", "u.xlsx", "--rejects", "left 'out'.xlsx").out
    (checking,) = steps(text, "validate")
    assert "--where" not in checking  # the rows are chosen already
    assert pasted(checking) == 1


def test_a_good_upload_file_is_uploaded_where_the_platform_has_its_menu() -> None:
    text = clientimport("validate", SAMPLES / "clean.xlsx", *PARTNER, "--strict", "--language", "nl").out
    assert "Klanten > Klanten importeren" in text
    assert "clientimport fix" not in text


def test_a_template_is_checked_once_it_is_filled_in() -> None:
    (line,) = steps(clientimport("template", *PARTNER, "--language", "fr", "-o", "à remplir.xlsx").out, "validate")
    assert line.endswith("-p banqup-partner --language fr")
    assert pasted(line) == 0


def test_a_connection_with_a_blank_in_its_name_is_tried_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_OUR_OFFICE_SECRET", "x")
    add = ("connections", "add", "our office", *PARTNER, "--base-url", "https://127.0.0.1:9", "--client-id", "x")
    (testing,) = steps(clientimport(*add).out, "connections test")
    assert pasted(testing) == 3  # nobody is there
    (removing,) = steps(clientimport(*add).err, "connections remove")
    assert pasted(removing) == 0


def test_a_name_that_would_steer_the_terminal_is_shown_escaped_and_still_found(tmp_path: Path) -> None:
    name = written(tmp_path, "a\x1b[2Jb\n'c'.csv", ROWS)
    (line,) = steps(clientimport("map", name, *PARTNER, *GIVEN).out, "validate")
    assert "\x1b" not in line
    assert pasted(line) == 0


def test_what_the_next_command_does_not_take_is_left_out(tmp_path: Path) -> None:
    name = written(tmp_path, AWKWARD, WRONG)
    given = ("--fail-on", "warning", "--report", "json=r.json", "--show-personal-data", "--no-input")
    (fixing,) = steps(clientimport("validate", name, *PARTNER, *GIVEN, *given).out, "fix")
    assert not {"--fail-on", "--report", "--show-personal-data", "--no-input"} & set(fixing.split())


def test_an_option_that_a_finding_advises_stands_in_one_line(tmp_path: Path) -> None:
    stopped = "stopgezet in de loop van 2019 door de zaakvoerder"
    name = written(tmp_path, AWKWARD, ROWS.replace("Status;", "Status van het dossier;").replace("here's", stopped))
    text = clientimport("validate", name, *PARTNER, "--default", "language=nl").out
    (option,) = (line.strip() for line in text.splitlines() if line.strip().startswith("--where"))
    assert len(option) > 72
    command = f"clientimport validate {shell_command([name])} -p banqup-partner --default language=nl {option} --json"
    assert pasted(f"{command} > read.json") == 0
    assert json.loads((tmp_path / "read.json").read_text())["totals"]["rows"] == 1


def test_at_a_terminal_the_errors_are_shown_in_a_workbook_first(tmp_path: Path) -> None:
    name = written(tmp_path, AWKWARD, WRONG)
    command = shell_command(["clientimport", "validate", name, *PARTNER, "--default", "language=nl"])
    pasted(shell_command(["script", "-qec", command, "shown.txt"]))
    shown = (tmp_path / "shown.txt").read_text(encoding="utf-8").replace("\r", "")
    marking = steps(shown, "validate")[0]
    assert "--report" in marking
    assert pasted(marking) == 1
    assert (tmp_path / AWKWARD).with_name(f"{Path(AWKWARD).stem}-checked.xlsx").exists()


def test_what_a_dry_run_of_invitations_shows_is_sent_by_the_command_below_it(file: str) -> None:
    assert clientimport("push", file, *SANDBOX, *GIVEN, "--yes", "--accept-proposals").exit_code == 0
    tried = ("invite", file, *SANDBOX, *GIVEN, "--accept-proposals", "--dry-run", "--only", "2", "--json", "--quiet")
    assert clientimport(*tried).json["mails"]
    (sending,) = steps(clientimport(*tried[:-2]).out, "invite")
    assert "--dry-run" not in sending
    assert "--only 2" in sending
    assert pasted(f"{sending} --yes") == 0


def test_a_run_whose_file_was_changed_is_asked_for_with_its_options(tmp_path: Path) -> None:
    name = written(tmp_path, AWKWARD, ROWS)
    pushed = clientimport("push", name, *SANDBOX, *GIVEN, "--only", "2", "--yes", "--accept-proposals", "--json").json
    written(tmp_path, AWKWARD, f"{ROWS}\n")
    (again,) = steps(clientimport("runs", "resume", pushed["run"], "--yes").err, "push")
    assert "--only" not in again
    assert "--where" in again
    assert pasted(f"{again} --yes") == 0
