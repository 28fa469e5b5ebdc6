"""pandas on demand: pyarrow looks for pandas when its first arrays are made, and most commands need no pandas.

Its import takes 0.4 s (measured on 2 cores) in every command that reads a file. pyarrow asks from compiled code and
goes on without it; an `import pandas` of ours is a statement, and finds it. Only the process of the command line is
told so: a program that uses the Python API is left as it is.
https://github.com/apache/arrow/blob/main/python/pyarrow/pandas-shim.pxi
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from opcode import opmap
from types import FrameType

_IMPORTLIB = "<frozen importlib"


class _PandasForStatements:
    """A finder that lets pandas be found by import statements alone."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Return None, so that others look for it; raise ModuleNotFoundError when compiled code asks for pandas."""
        if name == "pandas" and not _is_import_statement(sys._getframe(1)):  # noqa: SLF001 -- no other way
            raise ModuleNotFoundError(name=name)
        return None


def _is_import_statement(frame: FrameType | None) -> bool:
    """Return whether the code that wants a module, behind the frames of importlib, is at an import statement."""
    while frame is not None and frame.f_code.co_filename.startswith(_IMPORTLIB):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_code[frame.f_lasti] == opmap["IMPORT_NAME"]


def import_pandas_on_demand() -> None:
    """Let compiled code go on without pandas in this process."""
    sys.meta_path.insert(0, _PandasForStatements())
