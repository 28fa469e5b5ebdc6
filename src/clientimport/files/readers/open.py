"""A workbook from the bytes of a file, whichever program wrote them."""

from __future__ import annotations

from clientimport.files.decrypt import decrypted_workbook
from clientimport.files.detect import detect_format
from clientimport.files.readers.sheet import Workbook


def open_workbook(data: bytes, encoding: str | None, password: str | None) -> Workbook:
    """Return the workbook in `data`. Raises FileUnreadable."""
    data = decrypted_workbook(data, password)
    return detect_format(data).open_workbook(data, encoding)
