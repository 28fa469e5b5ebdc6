"""Keys: what earlier versions wrote is made again to the letter, and no two accounts share one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from clientimport.model.remote import Account
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.identity_hmac import IdentityHmac, account_key, key_from_secret, legacy_account_key
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import OperationState
from ledgers import ledger_of
from push_world import FIELDS, journal, patient_clock

OFFICE = Account("office-1", "Office", "api.example.com/v1")
FORMER = IdentityHmac.for_account(legacy_account_key("banqup-partner", OFFICE), key_from_secret("demo"))


def test_keys_of_version_0_1_are_made_again() -> None:
    """Printed by that version for the account office-1 of banqup-partner, the secret demo."""
    made = FORMER.identity_hmacs({"company_number": "0403019261"})["company_number"]
    assert made == "621a8b942256785a0b0ab5972870901818f6b5ab58a8a93ecee0f46abc5da8c7"
    assert (
        FORMER.idempotency_key("create", made, 0) == "6f1897828c9b8a5534f08ccdaecfc8f9143d8445eb523a24d7d8fd72c3647f05"
    )
    assert (
        FORMER.content_hmac({"company_number": "0403019261"})
        == "02729aa5be56e0bc221478c0e0c2ab4e4ac7faefe889ef53bcb33436b06f2365"
    )


@pytest.mark.parametrize("other", [{"address": "test.example.com/v1"}, {"id": "office-2"}])
def test_an_account_is_its_address_its_platform_and_its_id(other: dict[str, str]) -> None:
    def made(account: Account) -> str:
        return IdentityHmac.for_account(account_key("banqup-partner", account), b"key").content_hmac({"a": "b"})

    differing = Account(**{"id": OFFICE.id, "name": "Office", "address": OFFICE.address, **other})
    assert made(OFFICE) != made(differing)
    assert made(OFFICE) == made(Account(OFFICE.id, "Another name", OFFICE.address))


def test_an_intent_of_before_keeps_its_key(tmp_path: Path) -> None:
    """What was asked under it may land still, and a platform that honours keys carries out one of the two."""
    with Ledger(ledger_of(tmp_path)) as ledger:
        journal(ledger)
        older = IdentityHmac.for_account("office-1", key_from_secret("demo"))
        before = AccountLedger(ledger, older, patient_clock())
        before.run = "r1"
        asked = asyncio.run(before.begin_create(2, FIELDS))
        now = AccountLedger(ledger, IdentityHmac.for_account("office-1", b"key"), patient_clock(), (older,))
        now.run = "r1"
        (found,) = now.creations(FIELDS)
        now.record_outcome(found, OperationState.ABSENT)
        again = asyncio.run(now.begin_create(2, FIELDS, {**FIELDS, "--share-channel": "Files"}))
        assert (found.id, again.key) == (asked.id, asked.key)
        assert again.subject != asked.subject
        assert len(now.creations(FIELDS)) == 2


def test_under_the_former_key_alone_nothing_new_is_written(tmp_path: Path) -> None:
    with Ledger(ledger_of(tmp_path)) as ledger:
        written = AccountLedger(ledger, IdentityHmac.for_account("office-1", b"key"), patient_clock(), (FORMER,))
        journal(ledger)
        written.run = "r1"
        asyncio.run(written.begin_create(2, FIELDS))
        assert AccountLedger(ledger, IdentityHmac.for_account("office-1", b"key"), patient_clock()).creations(FIELDS)
