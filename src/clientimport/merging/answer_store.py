"""The answers that are kept: keys of pairs and a yes or no; nothing of a client is in the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from clientimport.errors import SettingsUnusable
from clientimport.storage.atomic_write import make_private_folder, write_atomically

VERSION = 1


def load_answers(file: Path) -> dict[str, bool]:
    """Return the answers in `file`, none without it. Raises SettingsUnusable for anything else in it."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsUnusable("merge.answers_unreadable", file=file, reason=error) from error
    pairs = document.get("pairs") if isinstance(document, dict) and document.get("version") == VERSION else None
    if not isinstance(pairs, dict) or not all(isinstance(answer, bool) for answer in pairs.values()):
        raise SettingsUnusable("merge.answers_unreadable", file=file, reason="text.unknown_layout")
    return pairs


def keep_answers(answers: Mapping[str, bool], file: Path) -> None:
    """Write the answers. Raises SettingsUnusable when they cannot be kept."""
    document = {"version": VERSION, "pairs": dict(sorted(answers.items()))}
    try:
        make_private_folder(file.parent)
        write_atomically(f"{json.dumps(document, indent=1)}\n".encode(), file)
    except OSError as error:
        raise SettingsUnusable("merge.answers_unwritable", file=file, reason=error) from error
