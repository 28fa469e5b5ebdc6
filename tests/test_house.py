"""The house: small files, small functions, commands that only parse, call, print and exit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import clientimport

SOURCES = sorted(Path(clientimport.__file__).parent.rglob("*.py"))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions of a module."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function does something on, its signature and docstring apart."""
    documented = ast.get_docstring(function) is not None and len(function.body) > 1
    first = function.body[1 if documented else 0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_no_file_is_longer_than_350_lines() -> None:
    assert [file.name for file in SOURCES if len(file.read_text(encoding="utf-8").splitlines()) > 350] == []


def test_no_function_does_something_on_more_than_40_lines() -> None:
    assert [(file.name, one.name) for file in SOURCES for one in functions(file) if body_lines(one) > 40] == []


def test_no_function_of_the_command_line_does_something_on_more_than_25_lines() -> None:
    cli = [file for file in SOURCES if "cli" in file.parts]
    assert len(cli) > 10
    assert [(file.name, one.name) for file in cli for one in functions(file) if body_lines(one) > 25] == []


def test_only_the_command_line_prints() -> None:
    printing = [
        file.name
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        if "cli" not in file.parts
    ]
    assert printing == []


def test_only_settings_reads_the_environment() -> None:
    reading = [
        file.name
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and file.name != "settings.py"
    ]
    assert reading == []


def test_nothing_imports_the_command_line() -> None:
    importing = [
        file.name
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("clientimport.cli.")
        if "cli" not in file.parts and file.name != "__main__.py"
    ]
    assert importing == []


WRITERS = {
    ("atomic_write.py", "open"): "the one way in which files are written",
    ("atomic_write.py", "replace"): "the same: put in the place of what was there",
    ("output_file.py", "open"): "pipes and devices, which cannot be replaced",
    ("safe_streams.py", "open"): "/dev/null, for a stream that was closed",
    ("workbook_bytes.py", "ZipFile"): "in memory, and so are the next ones",
    ("workbook_bytes.py", "save"): "the same",
    ("ooxml_package.py", "ZipFile"): "the same",
    ("from_other_format.py", "ZipFile"): "the same",
    ("from_other_format.py", "open"): "the same",
    ("strict_ooxml.py", "ZipFile"): "the same",
    ("bulk_text_rows.py", "ZipFile"): "the same",
    ("bulk_text_rows.py", "open"): "the same",
    ("stdin.py", "write_bytes"): "a temporary folder of our own",
    ("demo.py", "copy"): "a temporary folder of our own",
    ("profiles.py", "rename"): "one profile of ours",
    ("ledger_key.py", "replace"): "a key of ours that is used no more, kept under another name",
    ("schema.py", "open"): "the ledger, which SQLite writes",
    ("schema.py", "connect"): "the same",
    ("schema.py", "replace"): "the same",
    ("database.py", "connect"): "the same",
    ("load.py", "open"): "the index of a register, which SQLite writes",
    ("load.py", "connect"): "the same",
    ("load.py", "replace"): "the same: put in the place of what was there",
    ("load.py", "touch"): "the same",
    ("index.py", "connect"): "the same",
    ("cache.py", "touch"): "the answers of a register, which SQLite writes",
    ("cache.py", "connect"): "the same",
    ("store.py", "touch"): "the sandbox's database, which SQLite writes",
    ("store.py", "connect"): "the same",
}
"""Module and call -> why it may."""


def writing(call: ast.Call) -> str:
    """Return what a call is named when it may write, rename or make a file."""
    of = call.func
    name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
    module = of.value.id if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name) else ""
    words = {keyword.arg: keyword.value for keyword in call.keywords}
    texts = [one.value for one in (*call.args, *words.values()) if isinstance(one, ast.Constant)]
    modes = [text for text in texts if isinstance(text, str) and 0 < len(text) <= 3 and set(text) <= set("rwxabt+")]
    writes = any(set(mode) & set("wxa+") for mode in modes)
    alone = len(call.args) == 1 and not words and not isinstance(call.args[0], ast.Lambda)
    says = {
        "open": module == "os" or writes,
        "ZipFile": writes,
        "save": alone and module != "self",  # a workbook of openpyxl; our own have more to say
        "replace": module == "os" or (alone and module != "dataclasses"),  # of a text two are given
        "rename": module == "os" or alone,
        "touch": not call.args,
        "connect": module == "sqlite3",
        **dict.fromkeys(("copy", "copy2", "copyfile", "move"), module == "shutil"),
        **dict.fromkeys(("write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"), True),
    }
    return name if says.get(name, False) else ""


def test_files_are_written_in_one_way_only() -> None:
    found = {
        (file.name, name)
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := writing(node))
    }
    assert found - set(WRITERS) == set()
    assert set(WRITERS) - found == set()  # what is not used is no exception


def test_what_a_person_asked_for_never_goes_round_the_guard() -> None:
    """Only what writes our own files may write without asking what is guarded."""
    importing = {
        file.name
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "clientimport.storage.atomic_write"
        if any(one.name == "write_atomically" for one in node.names)
    }
    assert importing == {"ledger_key.py", "output_file.py", "profiles.py", "run_command.py", "settings.py"}
