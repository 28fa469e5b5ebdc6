"""`registers`: the local index of the KBO's open data, and what VIES has answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import Yes
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.registers.kbo.index import LoadedExtract

app = typer.Typer(help="The KBO's open data on this computer, and the answers of VIES.", no_args_is_help=True)


@command(
    app,
    "registers load",
    "clientimport registers load KboOpenData_0190_2026_11_06_Full.zip",
    "clientimport registers load KboOpenData_*_Update.zip",
)
def load(
    *,
    zips: Annotated[
        list[Path],
        typer.Argument(metavar="FILE.zip…", help="A full extract, or updates; your own downloads."),
        FileRole.READS,
    ],
    console: Console,
) -> CommandResult:
    """Load the KBO's open data into an index on this computer: a full extract, and the updates after it in order.

    Get them with your own account at kbopub.economie.fgov.be/kbo-open-data. Nothing is downloaded by this program.
    """
    from clientimport.api.register_access import KBO_INDEX, registers_folder
    from clientimport.cli.progress import show_working
    from clientimport.registers.kbo.load import load_extracts
    from clientimport.registers.load_lock import load_lock

    folder = registers_folder()
    with load_lock(folder), show_working(console, "registers.loading", zips[0].name):
        loaded = load_extracts(zips, folder / KBO_INDEX, lambda *_: None)
    data, text = _index(console)
    names = [extract.path.name for extract in loaded]
    done = (
        console.messages.phrase("registers.loaded", files=", ".join(names))
        if names
        else console.messages.phrase("registers.had")
    )
    return CommandResult({"loaded": names, "kbo": data}, f"{done}\n{text}")


@command(app, "registers status", "clientimport registers status", "clientimport registers status --json")
def status(*, console: Console) -> CommandResult:
    """Tell which extract of the KBO is here and how old it is, and how many answers of VIES are kept."""
    data, text = _index(console)
    count = _vies_answers()
    text += "\n" + console.messages.plural("registers.vies", count)
    return CommandResult({"kbo": data, "vies": {"answers": count}}, text)


@command(app, "registers forget", "clientimport registers forget", "clientimport registers forget -y")
def forget(*, console: Console, yes: Yes = False) -> CommandResult:
    """Delete the index of the KBO, and the answers of VIES with their consultation numbers."""
    from clientimport.api.register_access import KBO_INDEX, VIES_CACHE, registers_folder
    from clientimport.registers.forget import forget_registers
    from clientimport.registers.load_lock import load_lock

    if not yes:
        console.confirm(console.messages.phrase("registers.ask_forget"), "--yes")
    folder = registers_folder()
    with load_lock(folder):
        gone = forget_registers(folder, (KBO_INDEX, VIES_CACHE))
    return CommandResult({"forgotten": list(gone)}, console.messages.phrase("registers.forgotten"))


def _index(console: Console) -> tuple[dict[str, object] | None, str]:
    """Return what is known of the index, for JSON and for people."""
    from contextlib import closing
    from datetime import UTC, datetime

    from clientimport.api.register_access import kbo_index
    from clientimport.registers.kbo.index import OLD, KboIndex

    if not kbo_index().exists():
        return None, console.messages.phrase("registers.none")
    with closing(KboIndex(kbo_index())) as index:
        extract, counts = index.extract, index.counts()
    age = extract.age(datetime.now(UTC).date())
    data = {"extract": extract.number, "snapshot": extract.snapshot.isoformat(), "loaded_at": extract.loaded_at}
    data |= {"age_days": age, "old": age > OLD, "counts": dict(counts)}
    return data, _age_text(extract, age, counts["enterprise"], console)


def _age_text(extract: LoadedExtract, age: int, count: int, console: Console) -> str:
    from clientimport.registers.kbo.index import OLD

    date = console.messages.format_date(extract.snapshot)
    key = "lookup.old" if age > OLD else "lookup.extract"
    extract_text = console.messages.phrase(key, number=extract.number, date=date, days=age)
    return "\n".join([console.messages.plural("registers.enterprises", count), extract_text])


def _vies_answers() -> int:
    from contextlib import closing

    from clientimport.api.register_access import VIES_CACHE, registers_folder
    from clientimport.registers.vies.cache import ViesCache

    path = registers_folder() / VIES_CACHE
    if not path.exists():
        return 0
    with closing(ViesCache(path, "", "")) as cache:
        return cache.count()
