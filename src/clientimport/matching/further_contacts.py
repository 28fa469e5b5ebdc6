"""Further contacts: columns of a second and third contact person in the same row ("Contact 2 e-mail")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.column_mapping import FurtherContact
from clientimport.matching.value_sample import ValueVerdict
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.table import Column
from clientimport.schema.fields import canonical_fields

_NAMES = ({"contact_first_name", "contact_last_name"}, {"contact_name"})


def further_contacts(columns: Iterable[ColumnEvidence], schema: PlatformSchema) -> tuple[FurtherContact, ...]:
    """Return the further contact persons among columns without a field, where the platform takes several contacts.

    A person has an e-mail address and a name; an address alone ("E-mail 2") is another one of the same person.
    """
    if schema.api is None or "contacts" not in schema.api.paths:
        return ()
    persons: dict[int, dict[str, Column]] = {}
    for observed in columns:
        number = observed.meaning.ordinal or 1
        if number > 1 and observed.sample.values and not observed.meaning.foreign:
            person = persons.setdefault(number, {})
            field = _contact_field(observed)
            if field is not None:
                person.setdefault(field, observed.column)
    complete = ((number, _complete_person(person)) for number, person in sorted(persons.items()))
    return tuple(FurtherContact(number, person) for number, person in complete if person)


def _contact_field(observed: ColumnEvidence) -> str | None:
    """Return the contact field that the header names and the values do not refute."""
    contact = {field for field, entry in canonical_fields().items() if entry.contact}
    fields = (field for field in observed.meaning.fields if field in contact)
    return next((field for field in fields if observed.sample.verdict(field) is not ValueVerdict.REFUTES), None)


def _complete_person(person: Mapping[str, Column]) -> Mapping[str, Column]:
    """Return the columns of a person with a name and an e-mail address, else none.

    Beside a first name, "name" is the last name.
    """
    if "contact_first_name" in person and "contact_name" in person:
        person = {"contact_last_name" if field == "contact_name" else field: column for field, column in person.items()}
    complete = "contact_email" in person and any(names <= person.keys() for names in _NAMES)
    return person if complete else {}
