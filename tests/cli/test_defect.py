"""A defect is written down with its places, so that somebody can mend it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from clientimport.cli.console import Console
from clientimport.cli.options import OutputOptions
from clientimport.cli.result import CommandResult
from clientimport.cli.run_command import run_command
from clientimport.reports.json_envelope import EncodedObjects
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


class HalfWritten(EncodedObjects):
    """Objects of which the second thousand cannot be written."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __len__(self) -> int:
        return 2000

    def __getitem__(self, index: object) -> Mapping[str, object]:  # type: ignore[override]
        raise self.error

    def lines(self) -> Iterator[list[str]]:
        yield ['{"row": 2}'] * 1000
        raise self.error


@pytest.mark.parametrize(
    ("error", "exit_code", "code"), [(KeyError(), 2, "defect"), (KeyboardInterrupt(), 130, "interrupted")]
)
def test_what_fails_while_json_is_written_is_one_whole_object_that_says_so(
    error: BaseException, exit_code: int, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(_screen: Console, _defaults: Defaults) -> CommandResult:
        return CommandResult({"rows": HalfWritten(error)})

    assert run_command("validate", act, OutputOptions(as_json=True)) == exit_code
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["exit_code"], answer["error"]["code"]) == (False, exit_code, code)
