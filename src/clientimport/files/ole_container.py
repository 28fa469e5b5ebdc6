"""The container of .xls workbooks, and of all workbooks with a password: a small file system inside a file (MS-CFB)."""

from __future__ import annotations

from io import BytesIO

from clientimport.errors import FileUnreadable

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_LOCKED = "EncryptedPackage"
_WORKBOOKS = ("Workbook", "Book")
"""Excel 97 and later, and before: a file that both can open holds both."""


def holds_workbook(data: bytes) -> bool:
    """Return whether a stream of this container may be a workbook, its name in capitals or not; Word's are not."""
    names = data.lower()
    return any(name.lower().encode("utf-16-le") in names for name in (*_WORKBOOKS, _LOCKED))


def holds_locked_package(data: bytes) -> bool:
    """Return whether a newer workbook with a password is in it (MS-OFFCRYPTO 2.3.2)."""
    return _LOCKED.encode("utf-16-le") in data


def workbook_stream(data: bytes) -> bytes:
    """Return the records of the workbook in it. Raises FileUnreadable.

    By olefile and not by xlrd, which gives up over sectors that two streams share, as PHPExcel wrote them.
    """
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            name = next((name for name in _WORKBOOKS if container.exists(name)), None)
            stream: bytes | None = container.openstream(name).read() if name else None
    except Exception as error:  # it raises errors of many kinds over damaged bytes
        raise FileUnreadable("file.damaged") from error
    if stream is None:
        raise FileUnreadable("file.not_spreadsheet")
    return stream
