"""How long the registers take: an index of as many enterprises as Belgium has, an update, look-ups, a list on Peppol.

    python benchmarks/register_speed.py [ENTERPRISES]

All enterprises are invented (samples/kbo.py, in a process of its own, for its memory is not ours); Peppol is the
sandbox. The figures are in docs/decisions/0020-registers.md.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from clientimport.model.clock import Clock
from clientimport.registers.kbo.index import KboIndex
from clientimport.registers.kbo.load import load_extracts
from clientimport.registers.peppol.lookup import PeppolNetwork, look_up_participants
from clientimport.registers.peppol.participant import participants
from clientimport.sandbox import SandboxOptions, running

SAMPLES = Path(__file__).parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

from kbo import invented_number  # noqa: E402 -- beside the package, not in it

ALL = 1_900_000
ASKED, LISTED = 5000, 500


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something takes, and the most memory that this process has had."""
    started = time.perf_counter()
    yield
    took = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<40} {took:8.2f} s   at most {memory} MiB so far", flush=True)


def main(count: int) -> None:
    """Measure all of it once."""
    with tempfile.TemporaryDirectory() as name:
        folder, index = Path(name), Path(name) / "kbo.db"
        subprocess.run([sys.executable, SAMPLES / "kbo.py", folder, "--enterprises", str(count)], check=True)  # noqa: S603 -- our own script
        (full,), (update,) = folder.glob("*_Full.zip"), folder.glob("*_Update.zip")
        with timed(f"a full extract of {count}"):
            load_extracts([full], index, lambda *_: None)
        print(f"{'its index':<40} {index.stat().st_size / 2**20:8.0f} MiB")
        with timed("an update of some 2,600"):
            load_extracts([update], index, lambda *_: None)
        numbers = [invented_number(at) for at in range(0, count, max(1, count // ASKED))][:ASKED]
        with timed(f"{len(numbers)} look-ups"), closing(KboIndex(index)) as opened:
            opened.enterprises(numbers)
        _peppol(folder, numbers[:LISTED])


def _peppol(folder: Path, numbers: list[str]) -> None:
    setup = folder / "setup.toml"
    setup.write_text("".join(f'[[participants]]\nid = "0208:{number}"\n' for number in numbers[::2]))
    asked = [one for number in numbers for one in participants(number)]
    with running(SandboxOptions(setup=setup)) as url, timed(f"{len(numbers)} clients on Peppol"):
        look_up_participants(asked, PeppolNetwork(dns=url.removeprefix("http://")), Clock())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ALL)
