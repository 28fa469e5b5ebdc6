"""What a cell can contain: one module per kind of content, by the name that schemas use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clientimport.model.field_type import FieldType
from clientimport.schema.types.bic import Bic
from clientimport.schema.types.boolean import Boolean
from clientimport.schema.types.client_code import ClientCode
from clientimport.schema.types.client_type import ClientType
from clientimport.schema.types.company_number import CompanyNumber
from clientimport.schema.types.country import Country
from clientimport.schema.types.date import Date
from clientimport.schema.types.email import Email, EmailList
from clientimport.schema.types.fixed_value import FixedValue
from clientimport.schema.types.house_number import Box, HouseNumber
from clientimport.schema.types.iban import Iban
from clientimport.schema.types.labels import Labels
from clientimport.schema.types.language import Language
from clientimport.schema.types.locale import Locale
from clientimport.schema.types.must_be_empty import MustBeEmpty
from clientimport.schema.types.name import Name
from clientimport.schema.types.national_register_number import NationalRegisterNumber
from clientimport.schema.types.person_name import PersonName
from clientimport.schema.types.phone import MobilePhone, Phone
from clientimport.schema.types.postal_code import PostalCode
from clientimport.schema.types.rcs_number import RcsNumber
from clientimport.schema.types.text import Text
from clientimport.schema.types.vat_number import VatNumber

TYPES: Mapping[str, Callable[..., FieldType]] = {
    "text": Text,
    "name": Name,
    "person_name": PersonName,
    "code": ClientCode,
    "labels": Labels,
    "literal": FixedValue,
    "empty": MustBeEmpty,
    "yes_no": Boolean,
    "date": Date,
    "client_type": ClientType,
    "company_number": CompanyNumber,
    "vat_number": VatNumber,
    "rcs_number": RcsNumber,
    "national_register_number": NationalRegisterNumber,
    "iban": Iban,
    "bic": Bic,
    "email": Email,
    "emails": EmailList,
    "phone": Phone,
    "mobile": MobilePhone,
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
