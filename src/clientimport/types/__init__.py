"""What a cell can contain: one module per kind of content, by the name that schemas use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clientimport.types.bic import Bic
from clientimport.types.client_type import ClientType
from clientimport.types.code import Code
from clientimport.types.company_number import CompanyNumber
from clientimport.types.country import Country
from clientimport.types.date import Date
from clientimport.types.email import Email
from clientimport.types.emails import Emails
from clientimport.types.empty import Empty
from clientimport.types.house_number import Box, HouseNumber
from clientimport.types.iban import Iban
from clientimport.types.interface import Type
from clientimport.types.labels import Labels
from clientimport.types.language import Language
from clientimport.types.literal import Literal
from clientimport.types.locale import Locale
from clientimport.types.mobile import Mobile
from clientimport.types.name import Name
from clientimport.types.national_register_number import NationalRegisterNumber
from clientimport.types.person_name import PersonName
from clientimport.types.phone import Phone
from clientimport.types.postal_code import PostalCode
from clientimport.types.rcs_number import RcsNumber
from clientimport.types.text import Text
from clientimport.types.vat_number import VatNumber
from clientimport.types.yes_no import YesNo

TYPES: Mapping[str, Callable[..., Type]] = {
    "text": Text,
    "name": Name,
    "person_name": PersonName,
    "code": Code,
    "labels": Labels,
    "literal": Literal,
    "empty": Empty,
    "yes_no": YesNo,
    "date": Date,
    "client_type": ClientType,
    "company_number": CompanyNumber,
    "vat_number": VatNumber,
    "rcs_number": RcsNumber,
    "national_register_number": NationalRegisterNumber,
    "iban": Iban,
    "bic": Bic,
    "email": Email,
    "emails": Emails,
    "phone": Phone,
    "mobile": Mobile,
    "country": Country,
    "language": Language,
    "locale": Locale,
    "address": Text,
    "street": Text,
    "house_number": HouseNumber,
    "box": Box,
    "postal_code": PostalCode,
    "city": Text,
}
"""Every type by its name in schema files."""
