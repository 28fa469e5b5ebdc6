"""What to do after a command: the sentence and the command to paste, as the result wants it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.free_name import free_name
from clientimport.cli.next_command import OF_FILE, OF_READING, file_argument, next_command
from clientimport.cli.stdin import STDIN
from clientimport.cli.stdout import STDOUT
from clientimport.messages.upload_step import upload_step

if TYPE_CHECKING:
    from clientimport.model.platform_schema import PlatformSchema
    from clientimport.model.report import Report
    from clientimport.push.run_result import RunResult

UPLOAD, REJECTS = "upload.xlsx", "rejects.xlsx"
_WRITTEN = ("--encoding", "--password-env")
"""What the marked workbook no longer needs."""


def after_validate(
    reports: Sequence[Report], schema: PlatformSchema, console: Console, *, strict: bool
) -> Iterator[str]:
    """Yield what to do next: name the columns, correct the file, or bring it onto the platform."""
    phrase = console.messages.phrase
    lacking = next((report for report in reports if report.lacks_columns), None)
    wrong = next((report for report in reports if report.totals.errors), None)
    filled = [report for report in reports if report.rows]
    if lacking:
        yield phrase("validate.next.columns", command=next_command(console, "map", [file_argument(lacking.file)]))
    elif wrong:
        yield from _marked_workbook(wrong, console)
        yield phrase("validate.next.errors", command=fix_command(wrong.file, console, rejects=True))
    elif not filled:
        yield from _without_rows(reports[0].file, console)
    elif strict:
        yield from (
            phrase("validate.next.upload", file=report.file, step=upload_step(console.messages, schema, report.file))
            for report in filled
        )
    elif _has_account(console):
        yield phrase("validate.next.plan", command=next_command(console, "plan", [file_argument(filled[0].file)]))
    else:
        yield phrase("validate.next.clean", command=fix_command(filled[0].file, console, rejects=False))


def _without_rows(file: str, console: Console) -> Iterator[str]:
    """Yield how the list is read without a condition that no row meets, or what was read of one without rows."""
    is_filtered = "--where" in console.given.options
    name, without = ("validate", ("--where",)) if is_filtered else ("map", ())
    command = next_command(console, name, [file_argument(file)], without=without)
    yield console.messages.phrase("validate.next.all_rows" if is_filtered else "validate.next.no_rows", command=command)


def _marked_workbook(report: Report, console: Console) -> Iterator[str]:
    """Yield how the errors are seen in the user's own workbook, or how one that is there is given again.

    A sheet whose name Excel does not take has another one there, and is found by its marks.
    """
    from clientimport.files.writers.sheets import sheet_name

    file, sheet = report.file, report.sheet or ""
    renamed = () if report.parts or sheet_name(sheet, set()) == sheet else ("--sheet",)
    reports = (text.partition("=") for text in console.given.options.get("--report", ()))
    marked = next((path for name, _, path in reports if name == "xlsx" and path != STDIN), None)
    if marked:
        again = next_command(console, "validate", [file_argument(marked)], without=(*_WRITTEN, *renamed))
        yield console.messages.phrase("validate.next.marked", command=again)
    elif file != STDIN and sys.stdout.isatty():
        name = free_name(Path(file).with_name(f"{Path(file).stem}-checked.xlsx"))
        words = [file_argument(file), "--report", f"xlsx={name}"]
        yield console.messages.phrase("validate.next.mark", command=next_command(console, "validate", words))


def fix_command(file: str, console: Console, *, rejects: bool) -> str:
    """Return the command that makes the upload file of this one, in files that are not there yet."""
    written = ["-o", free_name(UPLOAD), *(["--rejects", free_name(REJECTS)] if rejects else [])]
    return next_command(console, "fix", [file_argument(file), *written])


def after_rejects(file: str, rejects: Path | None, console: Console) -> str:
    """Return what to do about rows that were left out: check them again, or have them written in the first place."""
    if rejects is None:
        return console.messages.phrase("fix.no_rejects", command=fix_command(file, console, rejects=True))
    if rejects == STDOUT:
        return console.messages.phrase("fix.rejects_piped")
    again = next_command(console, "validate", [file_argument(str(rejects))], without=OF_READING - {"--no-repair"})
    return console.messages.phrase("fix.rejects", file=rejects, command=again)


def after_plan(files: Sequence[str], output: Path | None, console: Console, needed: Sequence[str]) -> str:
    """Return the push of what the plan shows: of the kept plan, else of the files with the same options.

    `needed` are options that a push cannot do without.
    """
    kept = (OF_FILE | {"--only", "--skip"}) if output else ()  # a kept plan holds the clients that were chosen
    words = [*map(file_argument, [str(output)] if output else files), *needed]
    command = next_command(console, "push", words, without=kept)
    return console.messages.phrase("plan.next", command=command)


def after_push(run: RunResult, console: Console) -> str:
    """Return the invitation of the clients that a push has created and not invited."""
    command = next_command(console, "invite", ["--run", run.id], of_file=False)
    return console.messages.plural("run.next.invite", run.counts["created"], command=command)


def _has_account(console: Console) -> bool:
    return "--connection" in console.given.options
