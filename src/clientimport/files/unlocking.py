"""A workbook with a password: opened with the one the user gives, and never written anywhere."""

from __future__ import annotations

from io import BytesIO

from clientimport.errors import FileUnreadable
from clientimport.files.bounds import FILE_BYTES, MEBIBYTE


def unlocked(data: bytes, password: str | None) -> bytes:
    """Return the workbook inside an OLE container, the bytes themselves when they are not encrypted.

    Raises FileUnreadable when there is no password, or the wrong one. The formats are those of MS-OFFCRYPTO.
    """
    import msoffcrypto  # brings cryptography, 0.1 s
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    try:
        office = msoffcrypto.OfficeFile(BytesIO(data))
        if not office.is_encrypted():
            return data
        return _decrypted(office, password)
    except FileUnreadable:
        raise
    except FileFormatError as error:
        raise FileUnreadable("file.not_spreadsheet") from error
    except (InvalidKeyError, DecryptionError) as error:
        raise FileUnreadable("file.password_wrong") from error
    except Exception as error:  # the library asserts, and raises errors of many libraries, over damaged bytes
        raise FileUnreadable("file.damaged") from error


def _decrypted(office: object, password: str | None) -> bytes:
    if password is None:
        raise FileUnreadable("file.password")
    plain = BytesIO()
    office.load_key(password=password)  # type: ignore[attr-defined]
    office.decrypt(plain)  # type: ignore[attr-defined]
    if plain.tell() > FILE_BYTES:
        raise FileUnreadable("file.too_big", limit=f"{FILE_BYTES // MEBIBYTE} MB")
    return plain.getvalue()
