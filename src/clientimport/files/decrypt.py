"""A workbook with a password: opened with the one the user gives, and never written anywhere."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from clientimport.errors import FileUnreadable
from clientimport.files.limits import FILE_BYTES, MEBIBYTE
from clientimport.files.ole_container import SIGNATURE, holds_locked_package, holds_workbook, workbook_stream
from clientimport.files.readers.xls_records import is_encrypted

_EXCELS_OWN = "VelvetSweatshop"
"""What Excel encrypts with when only the structure is protected, and tries before it asks: MS-OFFCRYPTO 2.3.1."""


def decrypted_workbook(data: bytes, password: str | None) -> bytes:
    """Return the workbook inside an encrypted OLE container, any other bytes as they are.

    Raises FileUnreadable when there is no password, or the wrong one, and for a container without a workbook.
    The formats are those of MS-OFFCRYPTO: Excel wraps a newer workbook with a password in the old container, too.
    """
    if not data.startswith(SIGNATURE):
        return data
    if not holds_workbook(data):
        raise FileUnreadable("file.not_spreadsheet")
    if not holds_locked_package(data) and not is_encrypted(workbook_stream(data)):
        return data
    import msoffcrypto  # brings cryptography, 0.1 s
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    try:
        office = msoffcrypto.OfficeFile(BytesIO(data))
        return _decrypt_as_excel(office) or _decrypt_with(office, password)
    except FileUnreadable:
        raise
    except FileFormatError as error:  # Excel 95 and before
        raise FileUnreadable("file.password_elsewhere") from error
    except (InvalidKeyError, DecryptionError) as error:
        raise FileUnreadable("file.password_wrong") from error
    except Exception as error:  # the library asserts, and raises errors of many libraries, over damaged bytes
        raise FileUnreadable("file.damaged") from error


def _decrypt_as_excel(office: Any) -> bytes | None:
    """Return the workbook when Excel would not ask for a password."""
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    try:
        if office.format == "ooxml":
            office.load_key(password=_EXCELS_OWN, verify_password=True)
        else:
            office.load_key(password=_EXCELS_OWN)
    except (InvalidKeyError, DecryptionError):
        return None
    return _decrypted_bytes(office)


def _decrypt_with(office: Any, password: str | None) -> bytes:
    if password is None:
        raise FileUnreadable("file.password")
    office.load_key(password=password)
    return _decrypted_bytes(office)


def _decrypted_bytes(office: Any) -> bytes:
    plain = BytesIO()
    office.decrypt(plain)
    if plain.tell() > FILE_BYTES:
        raise FileUnreadable("file.too_big", limit=f"{FILE_BYTES // MEBIBYTE} MB")
    return plain.getvalue()
