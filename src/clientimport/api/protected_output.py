"""What a result may be written over: never a file that it was made of, or one of the program's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from clientimport.settings.folders import folders, own_files
from clientimport.storage.input_folder import spreadsheets_in
from clientimport.storage.named_files import named_files
from clientimport.storage.protected_files import file_protection, is_protecting, protect


@contextmanager
def protected_output(names: Iterable[str]) -> Iterator[None]:
    """Let no file be written over that goes by one of these names, as a source calls it, with `force` either."""
    with _protection():
        for file in (Path(file) for name in names for file in named_files(name)):
            for path in spreadsheets_in(file) if file.is_dir() else (file,):
                protect(path)
        yield


def _protection() -> AbstractContextManager[None]:
    """Return the protection of the command that is under way, else one of our own."""
    return nullcontext() if is_protecting() else file_protection(own_files(folders()))
