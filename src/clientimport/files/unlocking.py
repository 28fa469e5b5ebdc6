"""A workbook with a password: opened with the one the user gives, and never written anywhere."""

from __future__ import annotations

from io import BytesIO

from clientimport.errors import FileUnreadable
from clientimport.files.bounds import FILE_BYTES, MEBIBYTE
from clientimport.files.damage import damage_reported


def unlocked(data: bytes, password: str | None) -> bytes:
    """Return the workbook inside an OLE container, the bytes themselves when they are not encrypted.

    Raises FileUnreadable when there is no password, or the wrong one. The formats are those of MS-OFFCRYPTO.
    """
    import msoffcrypto  # brings cryptography, 0.1 s
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    with damage_reported():
        try:
            office = msoffcrypto.OfficeFile(BytesIO(data))
            if not office.is_encrypted():
                return data
            if password is None:
                raise FileUnreadable("file.password")
            return _decrypted(office, password)
        except FileFormatError as error:
            raise FileUnreadable("file.not_spreadsheet") from error
        except (InvalidKeyError, DecryptionError) as error:
            raise FileUnreadable("file.password_wrong") from error


def _decrypted(office: object, password: str) -> bytes:
    plain = BytesIO()
    office.load_key(password=password)  # type: ignore[attr-defined]
    office.decrypt(plain)  # type: ignore[attr-defined]
    if plain.tell() > FILE_BYTES:
        raise FileUnreadable("file.too_big", limit=f"{FILE_BYTES // MEBIBYTE} MB")
    return plain.getvalue()
