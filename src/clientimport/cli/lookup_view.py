"""A look-up for people and for files: as text, workbook, page, CSV or JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.result import CommandFailure
from clientimport.cli.stdout import STDOUT, output_name, write_output
from clientimport.messages.printable import printable

if TYPE_CHECKING:
    from clientimport.registers.register_lookup import ClientFacts, LookupResult, Register
    from clientimport.reports.lookup_table import LookupTable

_LABEL_WIDTH = 26
FORMATS = (".xlsx", ".html", ".csv", ".json")
_RATE_LIMITED = frozenset({"too_many_requests", "MS_MAX_CONCURRENT_REQ", "GLOBAL_MAX_CONCURRENT_REQ"})
_TIMEOUTS = frozenset({"timeout", "dns_timeout", "TIMEOUT"})


def require_format(output: Path | None) -> None:
    """Raise UsageError for an output whose ending is none that a look-up can have; `-` is a CSV."""
    from clientimport.errors import UsageError

    if output and output != STDOUT and output.suffix.casefold() not in FORMATS:
        raise UsageError("lookup.ending", file=output, known=", ".join(FORMATS))


def write_lookup(
    result: LookupResult, registers: frozenset[Register], output: Path, console: Console, *, force: bool
) -> bytes | None:
    """Write the file that was asked for, or return what goes to stdout. Raises FileUnreadable."""
    from clientimport.files.writers.lookup_workbook import write_lookup_workbook
    from clientimport.reports.lookup_table import lookup_table
    from clientimport.storage.output_file import require_new
    from clientimport.storage.output_file import write_output as write_private

    table = lookup_table(result, registers, console.messages)
    if output.suffix.casefold() == ".xlsx":
        title = console.messages.phrase("lookup.sheet")
        return write_output(output, console, lambda path: write_lookup_workbook(table, path, title, force=force))

    def write(path: Path) -> None:
        require_new(path, force=force)
        write_private(_text_of(result, registers, output, console).encode(), path)

    return write_output(output, console, write)


def _text_of(result: LookupResult, registers: frozenset[Register], output: Path, console: Console) -> str:
    from clientimport.reports.json_envelope import envelope
    from clientimport.reports.lookup_json import lookup_data
    from clientimport.reports.lookup_table import lookup_table
    from clientimport.reports.lookup_text import lookup_csv, lookup_page

    table, ending = lookup_table(result, registers, console.messages), output.suffix.casefold()
    if ending == ".json":
        data = lookup_data(result, console.messages.language)
        error = _error(result, console) if result.unanswered else None
        return envelope("lookup", exit_code(result), data, error=error, masks=console.masks) + "\n"
    if ending == ".html":
        return lookup_page(table, "\n".join(_summary(result, console, on_page=True)), console.messages)
    return lookup_csv(table)


def lookup_text(result: LookupResult, registers: frozenset[Register], output: Path | None, console: Console) -> str:
    """Return the look-up for the console: the table, unless it is in a file, and what stands out."""
    from clientimport.reports.lookup_table import lookup_table

    lines = _summary(result, console)
    if output:
        return "\n".join([*lines, console.messages.phrase("lookup.written", file=output_name(output))])
    table = lookup_table(result, registers, console.messages)
    return "\n".join([*_cards(table, console), *lines])


def _cards(table: LookupTable, console: Console) -> Iterator[str]:
    """Yield each client as lines, label by label: a table this wide folds its words on a terminal."""
    for row in table.rows:
        for heading, cell in zip(table.headings, row, strict=True):
            for number, line in enumerate(cell.text.split("\n")):
                if line:
                    label = console.messages.with_label(heading, "") if number == 0 else ""
                    yield f"{label.rstrip():<{_LABEL_WIDTH}} {console.display_value('', printable(line))}"
        yield ""


def _summary(result: LookupResult, console: Console, *, on_page: bool = False) -> list[str]:
    """Return how many there are, how many of them want a look, and how old the KBO's data are.

    A page is read by colleagues, who have no command with which to load newer ones.
    """
    words = console.messages
    counts = Counter(state for client in result.clients for state in _striking(client))
    lines = [words.plural("lookup.clients", len(result.clients))]
    lines += [words.plural(f"lookup.count.{state}", count) for state, count in counts.items()]
    if result.extract is not None:
        key = "lookup.old" if result.is_old and not on_page else "lookup.extract"
        facts = {"number": result.extract.number, "date": words.format_date(result.extract.snapshot)}
        lines.append(words.phrase(key, days=result.extract.age(result.today), **facts))
    return lines


def _striking(client: ClientFacts) -> list[str]:
    from clientimport.registers.peppol.lookup import PeppolState

    kbo, vies, peppol = client.kbo, client.vies, client.peppol or ()
    striking = []
    if kbo is not None and kbo.enterprise is None:
        striking.append("unknown")
    if kbo is not None and kbo.enterprise is not None and not kbo.enterprise.normal:
        striking.append("situation")
    if kbo is not None and kbo.differences:
        striking.append("differences")
    if vies is not None and vies.state != "valid":
        striking.append(f"vies_{vies.state}")
    if peppol and not any(answer.receives_invoices for answer in peppol):
        checked = all(answer.state is not PeppolState.NOT_CHECKED for answer in peppol)
        striking.append("peppol_none" if checked else "peppol_not_checked")
    return striking


def exit_code(result: LookupResult) -> int:
    """Return 3 when no register answered, 1 when a number is unknown, stopped or invalid, else 0."""
    return 3 if result.unanswered else int(any(client.alarming for client in result.clients))


def failure_of(result: LookupResult, data: dict[str, object], text: str, console: Console) -> CommandFailure:
    """Return the failure that no register answered, with the result."""
    error = _error(result, console)
    return CommandFailure(error["code"], error["message"], exit_code(result), data, text)


def _error(result: LookupResult, console: Console) -> dict[str, str]:
    """Return what kept the registers from answering: too many questions, silence, or something else."""
    reasons = {client.vies.reason for client in result.clients if client.vies}
    reasons |= {answer.reason for client in result.clients for answer in client.peppol or ()}
    reasons.discard(None)
    code = "rate_limited" if reasons <= _RATE_LIMITED else "timeout" if reasons <= _TIMEOUTS else "platform_down"
    return {"code": code, "message": console.messages.error_message("registers.nobody_answered", {})}
