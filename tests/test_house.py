"""The house: few rooms, small files, small functions, commands that only parse, call, print and exit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import grimp

from house import PACKAGE, TEXTS, TREES, Function, functions

ENTRIES = {
    *("__init__.py", "__main__.py", "py.typed", "errors.py"),
    *("model", "storage", "schema", "connectors", "messages", "reports", "matching", "files", "validation", "push"),
    *("cli", "sandbox", "registers", "merging", "settings", "api"),
}
"""What lies at the top of the package: twenty entries at most."""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls of a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def body_lines(function: Function) -> int:
    """Return the number of lines of a function's body without its docstring."""
    documented = ast.get_docstring(function) is not None and len(function.body) > 1
    first = function.body[1 if documented else 0]
    return (function.end_lineno or 0) - first.lineno + 1


def parameters(function: Function) -> int:
    """Return how many parameters a caller can give; `self` and `cls` are none of them."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    bound = bool(positional) and positional[0].arg in {"self", "cls"}
    starred = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    return len(positional) - bound + len(arguments.kwonlyargs) + len(starred)


def modules_in_circles() -> set[str]:
    """Return the modules that import themselves over others, also inside functions and under TYPE_CHECKING."""
    graph = grimp.build_graph("clientimport", exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    return {module for module in imports if module in reachable(module, imports)}


def reachable(start: str, imports: dict[str, set[str]]) -> set[str]:
    """Return the modules that `start` imports, directly or over others.

    >>> sorted(reachable("a", {"a": {"b"}, "b": {"c"}, "c": set()}))
    ['b', 'c']
    """
    seen: set[str] = set()
    waiting = list(imports[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(imports[module])
    return seen


def test_few_entries_lie_at_the_top_of_the_package() -> None:
    entries = {entry.name for entry in PACKAGE.iterdir() if entry.name != "__pycache__"}
    assert entries - ENTRIES == set()
    assert len(ENTRIES) <= 20


def test_no_module_imports_itself_over_others() -> None:
    assert {module.removeprefix("clientimport.") for module in modules_in_circles()} == set()


def test_no_file_is_longer_than_350_lines() -> None:
    assert [module for module, text in TEXTS.items() if len(text.splitlines()) > 350] == []


def test_no_function_does_something_on_more_than_40_lines() -> None:
    assert [(module, function.name) for module, function in all_functions() if body_lines(function) > 40] == []


def test_no_function_of_the_command_line_does_something_on_more_than_25_lines() -> None:
    cli = [(module, function) for module, function in all_functions() if module.startswith("cli/")]
    assert len(cli) > 10
    assert [(module, function.name) for module, function in cli if body_lines(function) > 25] == []


def test_no_function_has_more_than_six_parameters() -> None:
    more = {f"{module}:{function.name}" for module, function in all_functions() if parameters(function) > 6}
    assert more == set()


def all_functions() -> Iterator[tuple[str, Function]]:
    """Yield the package's functions with their modules."""
    return ((module, function) for module, tree in TREES.items() for function in functions(tree))


def test_only_the_command_line_prints() -> None:
    printing = [
        module
        for module, tree in TREES.items()
        for call in calls(tree)
        if isinstance(call.func, ast.Name) and call.func.id == "print" and not module.startswith("cli/")
    ]
    assert printing == []


def test_only_settings_reads_the_environment() -> None:
    reading = {
        module
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert {module for module in reading if not module.startswith("settings")} == set()


def test_nothing_imports_the_command_line() -> None:
    importing = [
        module
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("clientimport.cli.")
        if not module.startswith("cli/") and module != "__main__.py"
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
    ("sqlite_connection.py", "open"): "the ledger, which SQLite writes",
    ("sqlite_connection.py", "connect"): "the same",
    ("sqlite_connection.py", "replace"): "the same",
    ("load.py", "open"): "the index of a register, which SQLite writes",
    ("load.py", "connect"): "the same",
    ("load.py", "replace"): "the same: put in the place of what was there",
    ("load.py", "touch"): "the same",
    ("index.py", "connect"): "the same",
    ("cache.py", "touch"): "the answers of a register, which SQLite writes",
    ("cache.py", "connect"): "the same",
    ("completion_values.py", "connect"): "the ledger, opened to be read",
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
    texts = [value.value for value in (*call.args, *words.values()) if isinstance(value, ast.Constant)]
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
    calls_that_write = {
        (Path(module).name, name) for module, tree in TREES.items() for call in calls(tree) if (name := writing(call))
    }
    assert calls_that_write - set(WRITERS) == set()
    assert set(WRITERS) - calls_that_write == set()  # what is not used is no exception


def test_what_a_person_asked_for_never_goes_round_the_guard() -> None:
    """Only what writes our own files may write without asking what is guarded."""
    importing = {
        Path(module).name
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "clientimport.storage.atomic_write"
        if any(name.name == "write_atomically" for name in node.names)
    }
    assert importing == {
        "answer_store.py",
        "config_file.py",
        "desk_key.py",
        "ledger_key.py",
        "output_file.py",
        "profiles.py",
        "run_command.py",
    }
