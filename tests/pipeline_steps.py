"""The shell steps of the files that a pipeline reads: action.yml and Dockerfile, as far as ours are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent


@dataclass(frozen=True, slots=True)
class ShellStep:
    """One step that a shell runs."""

    name: str
    script: str
    environment: dict[str, str]
    """Variable -> its expression, such as `${{ inputs.files }}`."""


def steps_of_action(text: str) -> list[ShellStep]:
    """Return the steps of a composite action that have a `run`."""
    items = re.split(r"^    - ", text.partition("\n  steps:\n")[2], flags=re.MULTILINE)[1:]
    return [_step(item) for item in items if re.search(r"^ *run:", item, re.MULTILINE)]


def _step(item: str) -> ShellStep:
    name = re.match(r"name: (.*)", item)
    environment = dict(re.findall(r"^        (\w+): (.*)$", item, re.MULTILINE))
    block = re.search(r"^      run: \|\n((?:        .*\n|\n)*)", item, re.MULTILINE)
    line = re.search(r"^      run: (?!\|)(.*)$", item, re.MULTILINE)
    script = dedent(block[1]) if block else line[1] if line else ""
    return ShellStep(name[1] if name else "", script, environment)


def instructions_of_dockerfile(text: str) -> list[tuple[str, str]]:
    """Return the instructions, each with what follows it."""
    joined = text.replace("\\\n", " ")
    lines = (line.strip() for line in joined.splitlines())
    return [(line.split()[0], line.partition(" ")[2]) for line in lines if line and not line.startswith("#")]
