"""How fast a push is beside what its platform takes from `wrk` and from a bare HTTP client, and beside a stated limit.

Whole processes; the writes are counted and timed by the platform, from the first to the last. The ledger is on the
disk of the temporary folder, synchronous=FULL as always. Printed are ratios within one run of this program.
"""
# ruff: noqa: S603, S310 -- programs and addresses of this benchmark

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from check_digits import enterprise

COLUMNS = (
    *("legal_name", "country", "contact_email", "contact_first_name", "contact_last_name"),
    *("contact_locale", "company_number", "mandate"),
)
PATH = "/banqup-partner/partnerstore/v1/spaces/s/clients"
BODY = {"legalName": "Albak", "countryCode": "BE", "contactEmail": "an@albak.be", "companyNumber": "0403019261"}
LUA = f"""wrk.method = "POST"
wrk.path = "{PATH}"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{json.dumps(BODY)}'
"""


def write_clients(path: Path, count: int) -> None:
    """Write a list of companies, every one another."""
    with path.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(COLUMNS)
        for at in range(count):
            number = enterprise(4_030_000 + at)
            rows.writerow((f"Albak {at}", "BE", f"an{at}@albak{at}.be", "An", "Peeters", "nl-BE", number, "yes"))


@contextmanager
def platform(*command: str) -> Iterator[str]:
    """Yield the address that a server prints."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.kill()


def pushed(url: str, clients: Path, in_flight: int, per_minute: int = 0) -> float:
    """Push in a home of its own and return the writes per second, as the platform saw them."""
    with tempfile.TemporaryDirectory() as home:
        limit = f"requests_per_minute = {per_minute}\n" if per_minute else ""
        settings = Path(home, "config.toml")
        settings.write_text(
            f"[connections.bench]\nplatform = 'banqup-partner'\nbase_url = '{url}/banqup-partner'\n"
            f"client_id = 'demo'\nin_flight = {in_flight}\n{limit}",
            encoding="utf-8",
        )
        command = [
            sys.executable,
            "-m",
            "clientimport",
            "push",
            str(clients),
            "-c",
            "bench",
            "--invite",
            "--yes",
            "--accept-proposals",
        ]
        secret = {"CLIENTIMPORT_HOME": home, "CLIENTIMPORT_BENCH_SECRET": "demo"}
        subprocess.run(command, env={**os.environ, **secret}, check=True, capture_output=True)
    with urllib.request.urlopen(f"{url}/_bench") as response:
        seen = json.load(response)
    return float((seen["writes"] - 1) / seen["seconds"])


def wrk(url: str, in_flight: int) -> float:
    """Return the writes per second that `wrk` gets from the same server."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA)
        script.flush()
        command = ["wrk", "-t1", f"-c{in_flight}", "-d3s", "-s", script.name, url]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    urllib.request.urlopen(f"{url}/_bench").close()
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)[0])


def bare_client(url: str, in_flight: int, count: int = 4000) -> float:
    """Return the writes per second of a loop that only posts, in the HTTP client that a push uses."""

    async def run() -> float:
        left = iter(range(count))
        async with aiohttp.ClientSession() as http:

            async def post() -> None:
                for _ in left:
                    async with http.post(url + PATH, json=BODY) as answer:
                        await answer.read()

            started = time.perf_counter()
            await asyncio.gather(*(post() for _ in range(in_flight)))
            return count / (time.perf_counter() - started)

    rate = asyncio.run(run())
    urllib.request.urlopen(f"{url}/_bench").close()
    return rate


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--pairs", type=int, default=3)
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed")
    with tempfile.TemporaryDirectory() as folder:
        clients, few = Path(folder, "clients.csv"), Path(folder, "few.csv")
        write_clients(clients, asked.clients)
        write_clients(few, 200)
        print("latency ms  in flight  wrk/s  bare client/s  push/s  of wrk  of the client")
        for latency in (0, 5, 20):
            with platform(sys.executable, "benchmarks/bare_platform.py", str(latency)) as url:
                for in_flight in (4, 16):
                    beside_wrk(url, clients, latency, in_flight, asked.pairs)
        print("limit/s  push/s  ratio")
        with platform(sys.executable, "benchmarks/bare_platform.py", "0") as url:
            for limit in (10, 50, 200):
                ours = pushed(url, few, 4, limit * 60)
                print(f"{limit:7} {ours:7.1f} {ours / limit:6.2f}", flush=True)


def beside_wrk(url: str, clients: Path, latency: int, in_flight: int, pairs: int) -> None:
    """Print one line of the table."""
    ways = (wrk, bare_client, lambda url, many: pushed(url, clients, many))
    measured = [[way(url, in_flight) for way in ways] for _ in range(pairs)]
    most, client, ours = (statistics.median(column) for column in zip(*measured, strict=True))
    rates = f"{most:6.0f} {client:14.0f} {ours:7.0f} {ours / most:7.2f} {ours / client:14.2f}"
    print(f"{latency:10} {in_flight:10} {rates}", flush=True)


if __name__ == "__main__":
    main()
