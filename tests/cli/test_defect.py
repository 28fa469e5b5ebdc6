"""A defect is written down with its places, so that somebody can mend it."""

from __future__ import annotations

from pathlib import Path

from clientimport.cli.console import Console
from clientimport.cli.options import OutputOptions
from clientimport.cli.result import CommandResult
from clientimport.cli.run_command import run_command
from clientimport.settings.defaults import Defaults


def test_a_defect_names_every_place_it_comes_from(home: Path) -> None:
    def inner() -> None:
        raise KeyError

    def act(_screen: Console, _defaults: Defaults) -> CommandResult:
        try:
            inner()
        except KeyError as error:
            raise ExceptionGroup("several", [ValueError()]) from error
        raise AssertionError

    assert run_command("push", act, OutputOptions()) == 2
    (kept,) = home.rglob("defect.txt")
    text = kept.read_text(encoding="utf-8")
    assert "inner" in text
    assert "ValueError" in text
