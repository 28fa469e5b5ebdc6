"""A copy of the program in which a test follows the steps of CONTRIBUTING: add files and lines, run commands."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Literal

import clientimport
from clientimport.schema.data_files import data_folder

PACKAGE = "src/clientimport"
LANGUAGES = ("nl", "fr", "de", "en")


@dataclass(frozen=True, slots=True)
class Checkout:
    """The copy, and a home of its own beside it."""

    folder: Path

    @classmethod
    def copy_to(cls, folder: Path) -> Checkout:
        """Copy the package and the schemas into `folder`."""
        shutil.copytree(Path(clientimport.__file__).parent, folder / "checkout" / PACKAGE)
        shutil.copytree(data_folder("schemas"), folder / "checkout" / "schemas")
        return cls(folder / "checkout")

    def write(self, path: str, text: str) -> None:
        """Write a new file; its folders are made."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        assert not file.exists(), f"{path} exists already"
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def insert_after(self, path: str, line: str, text: str) -> None:
        """Put `text` on the line below the one line of a file that is `line`."""
        file = self.folder / path
        content = file.read_text(encoding="utf-8")
        assert content.count(f"\n{line}\n") == 1, f"{path}: {line!r}"
        file.write_text(content.replace(f"\n{line}\n", f"\n{line}\n{text}\n"), encoding="utf-8")

    def append(self, path: str, text: str) -> None:
        """Add `text` at the end of a file."""
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(dedent(text))

    def add_words(self, beside: str, code: str, sentence: str) -> None:
        """Add a finding's words in four languages to the files that have those of the code `beside`."""
        for language in LANGUAGES:
            files = (self.folder / PACKAGE / "messages" / language).glob("*.toml")
            (file,) = (file for file in files if f'["{beside}"]\n' in file.read_text(encoding="utf-8"))
            with file.open("a", encoding="utf-8") as words:
                words.write(f'\n["{code}"]\ntitle = "{sentence}"\nmessage = "“{{value}}”: {sentence}."\n')
                words.write('mend = "Look at the cell."\nexplain = "An example of the tests."\n')

    def run(self, *arguments: str, exit_code: int = 0, stream: Literal["stdout", "stderr"] = "stdout") -> str:
        """Run a command beside the checkout and return what it prints on `stream`."""
        environment = {"PYTHONPATH": str(self.folder / "src"), "CLIENTIMPORT_HOME": str(self.folder.parent / "home")}
        command = [sys.executable, "-m", "clientimport", *arguments, "--language", "nl"]
        process = subprocess.run(
            command, cwd=self.folder.parent, env=environment, capture_output=True, check=False, encoding="utf-8"
        )
        assert process.returncode == exit_code, process.stdout + process.stderr
        return process.stdout if stream == "stdout" else process.stderr
