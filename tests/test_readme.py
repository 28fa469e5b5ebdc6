"""The commands in the README and in docs/ run, in their order, with the exit codes they name."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clientimport.schema.data_files import data_folder

ROOT = Path(__file__).parents[1]
COMMAND = re.compile(r"^\$ (?P<command>clientimport .*?)(?:\s+# exit (?P<exit>\d))?$", re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md", "docs/ci.md", "docs/settings.md"])
def test_the_commands_of_a_page_run(page: str, tmp_path: Path) -> None:
    shutil.copy(data_folder("samples") / "banqup-partner" / "messy.xlsx", tmp_path / "clients.xlsx")
    commands = list(COMMAND.finditer((ROOT / page).read_text(encoding="utf-8")))
    assert len(commands) > 3
    for step in commands:
        line = shlex.split(step["command"])[1:]
        done = subprocess.run(
            [sys.executable, "-m", "clientimport", *line],
            cwd=tmp_path,
            env={"CLIENTIMPORT_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == int(step["exit"] or 0), f"{step['command']}\n{done.stdout}\n{done.stderr}"
