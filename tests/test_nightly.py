"""What docs/nightly.md says to install works as it stands."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import clientimport
from clientimport.sandbox import running
from clientimport.schema.data_files import data_folder

PAGE = (Path(__file__).parents[1] / "docs" / "nightly.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def home(tmp_path: Path, url: str) -> Path:
    """Return the home of an accountant as the page has it: program, clients, connection and secret."""
    program = tmp_path / ".local" / "bin" / "clientimport"
    program.parent.mkdir(parents=True)
    ours = Path(clientimport.__file__).parents[1]  # an empty environment knows only what is installed
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ours} exec {sys.executable} -m clientimport "$@"\n')
    program.chmod(0o755)
    shutil.copy(data_folder("samples") / "banqup-partner" / "clean.xlsx", tmp_path / "clients.xlsx")
    settings = tmp_path / ".config" / "clientimport"
    settings.mkdir(parents=True)
    office = (
        f"[connections.office]\nplatform = 'banqup-partner'\nbase_url = '{url}/banqup-partner'\nclient_id = 'demo'\n"
    )
    (settings / "config.toml").write_text(office)
    (settings / "secrets.env").write_text("CLIENTIMPORT_OFFICE_SECRET=demo\n")
    (settings / "secrets.env").chmod(stat.S_IRUSR)
    return tmp_path


@pytest.mark.systemd
def test_the_units_are_right(home: Path) -> None:
    names = re.findall(r"`~/\.config/systemd/user/(\S+)`:", PAGE)
    assert names == ["clientimport.service", "clientimport.timer"]
    for name, text in zip(names, blocks("ini"), strict=True):
        (home / name).write_text(text.replace("%h", str(home)))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(home / name) for name in names)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert [line for line in (done.stdout + done.stderr).splitlines() if "clientimport" in line] == []
    assert done.returncode == 0


def test_the_line_of_the_crontab_runs_in_an_empty_environment_and_does_everything_once(home: Path) -> None:
    (line,) = blocks("crontab")
    command = line.strip().split(maxsplit=5)[5]
    for _ in range(2):
        done = subprocess.run(["/bin/sh", "-c", command], env={"HOME": str(home)}, cwd="/", check=False)
        assert done.returncode == 0
    log = (home / "clientimport.log").read_text()
    counts = [re.findall(rf'"{name}": (\d+)', log) for name in ("created", "invited")]
    assert [int(first) > 0 and second == "0" for first, second in counts] == [True, True]
