from __future__ import annotations

import base64
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from clientimport.errors import SettingsUnusable
from clientimport.model.clock import Clock
from clientimport.registers.peppol.lookup import PeppolAnswer, PeppolNetwork, look_up_participants
from clientimport.registers.peppol.participant import Participant, participants
from clientimport.sandbox import SandboxOptions, running
from registers.peppol.scripted_peppol import INVOICE, group, metadata, naptr, redirect, scripted_dns, scripted_smp

CLIENT = Participant("0208", "0403019261")
PATH = "/iso6523-actorid-upis::0208:0403019261"
SUBJECT = "CN=PBE000123,O=Another Access Point,C=BE"


def certificate(subject: str = SUBJECT) -> bytes:
    """Return a certificate that was signed for this test."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(subject)
    return (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2028, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )


def base64_of(pem: bytes) -> str:
    return "".join(pem.decode().splitlines()[1:-1])


def looked_up(dns: str, participant: Participant = CLIENT) -> PeppolAnswer:
    return look_up_participants([participant], PeppolNetwork("zone.example", dns), Clock())[participant]


def with_smp(answers: dict[str, tuple[int, str]]) -> PeppolAnswer:
    with scripted_smp(answers) as smp, scripted_dns(lambda _: [naptr(smp)]) as dns:
        return looked_up(dns)


def invoices(text: str, status: int = 200) -> dict[str, tuple[int, str]]:
    """Return a publisher whose participant takes invoices, and what it says where they go."""
    return {PATH: (200, group(quote(INVOICE, safe=""))), f"{PATH}/services/{INVOICE}": (status, text)}


@pytest.mark.parametrize(
    ("participant", "label"),
    [
        (Participant("9915", "test"), "eh5boavaktmbgzyh2a63dz4qov33fvp5nsdvqklucfraayoodw6a"),
        (Participant("0088", "123ABC"), "y7dzfxaf3d4cjz4kcgrxtec6twvcga4ky7zwa5boif6mswd4tdrq"),
        (Participant("0010", "5798000000001"), "xukhfqabqziki3ykvr2fhr4snfa3pf5vpq6k4tonv3lmvsy5arvq"),
        (CLIENT, "rjdb4ovghou5zfitfkk7noypvjelji45bdountdrlfzovo6vzioq"),
    ],
)
def test_names_in_dns_are_those_of_the_reference_implementation(participant: Participant, label: str) -> None:
    assert participant.dns_name() == f"{label}.iso6523-actorid-upis.participant.sml.prod.tech.peppol.org"


def test_whom_dns_does_not_know_is_not_registered() -> None:
    with scripted_dns(lambda _: "NXDOMAIN") as dns:
        assert looked_up(dns) == PeppolAnswer("0208:0403019261", "not_registered")  # type: ignore[arg-type]
    with scripted_dns(lambda _: []) as dns:
        assert looked_up(dns).state == "not_registered"


def test_a_failing_dns_says_nothing_of_the_participant() -> None:
    with scripted_dns(lambda _: "SERVFAIL") as dns:
        answer = looked_up(dns)
    assert (answer.state, answer.reason) == ("not_checked", "dns_failed")


def test_a_silent_dns_says_nothing_of_the_participant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clientimport.registers.peppol.naptr._LIFETIME_HERE", 0.2)
    with scripted_dns(lambda _: None) as dns:
        answer = looked_up(dns)
    assert (answer.state, answer.reason) == ("not_checked", "dns_timeout")


def test_a_dns_that_is_silent_for_all_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clientimport.registers.peppol.naptr._LIFETIME_HERE", 0.1)
    asked: list[str] = []
    known = [Participant("0208", f"{number:010}") for number in range(100)]
    with scripted_dns(asked.append) as dns:
        answers = look_up_participants(known, PeppolNetwork("zone.example", dns), Clock())
    assert {(answer.state, answer.reason) for answer in answers.values()} == {("not_checked", "dns_timeout")}
    assert len(set(asked)) < 50


def test_who_takes_invoices_is_shown_with_publisher_and_access_point() -> None:
    answer = with_smp(invoices(metadata(base64_of(certificate()))))
    assert (answer.state, answer.receives_invoices, answer.access_point) == ("registered", True, SUBJECT)
    assert answer.smp is not None
    assert answer.smp.startswith("127.0.0.1:")


def test_the_lowest_usable_record_counts_and_a_path_is_kept() -> None:
    known = {f"/deep/smp{path}": text for path, text in invoices(metadata(base64_of(certificate()))).items()}
    with scripted_smp(known) as smp:
        records = [
            naptr("http://127.0.0.1:9/wrong", 200),
            naptr(f"{smp}/deep/smp/", 20, "u", "meta:smp"),
            naptr("http://127.0.0.1:9/wrong", 10, "S"),
            naptr("http://127.0.0.1:9/wrong", 10, "U", "Meta:Other"),
        ]
        with scripted_dns(lambda _: records) as dns:
            assert looked_up(dns).access_point == SUBJECT


@pytest.mark.parametrize(
    "text",
    [
        lambda: certificate().decode(),
        lambda: "\n  ".join(["", *certificate().decode().splitlines()[1:-1]]),
    ],
)
def test_a_certificate_may_have_lines(text: object) -> None:
    assert callable(text)
    assert with_smp(invoices(metadata(text()))).access_point == SUBJECT


@pytest.mark.parametrize("text", ["", "no base64!", base64.b64encode(b"no certificate").decode(), "AAAA" * 1000])
def test_a_malformed_certificate_is_not_known(text: str) -> None:
    answer = with_smp(invoices(metadata(text)))
    assert (answer.state, answer.access_point, answer.reason) == ("registered", None, "access_point_unknown")


@pytest.mark.parametrize(
    ("text", "status"), [("", 500), ("", 404), ("<html/>", 200), ("no xml", 200), (group(), 200), ("<!DOCTYPE x>", 200)]
)
def test_who_takes_invoices_is_registered_even_where_the_access_point_cannot_be_read(text: str, status: int) -> None:
    answer = with_smp(invoices(text, status))
    assert (answer.state, answer.receives_invoices, answer.access_point) == ("registered", True, None)


def test_who_takes_other_documents_only_does_not_receive_invoices() -> None:
    other = quote(INVOICE.replace("billing:3.0", "selfbilling:3.0"), safe="")
    answer = with_smp({PATH: (200, group(other))})
    assert (answer.state, answer.receives_invoices) == ("registered", False)


def test_whom_the_publisher_does_not_know_is_not_registered() -> None:
    answer = with_smp({})
    assert (answer.state, answer.reason) == ("not_registered", "unknown_to_smp")


@pytest.mark.parametrize(
    ("status", "text"), [(500, ""), (403, ""), (302, ""), (200, ""), (200, "<a>"), (200, "<ServiceGroup/>")]
)
def test_a_publisher_that_does_not_answer_says_nothing_of_the_participant(status: int, text: str) -> None:
    answer = with_smp({PATH: (status, text)})
    assert (answer.state, answer.receives_invoices) == ("not_checked", None)


def test_a_publisher_that_is_not_there_says_nothing_of_the_participant() -> None:
    with scripted_dns(lambda _: [naptr("http://127.0.0.1:9")]) as dns:
        answer = looked_up(dns)
    assert (answer.state, answer.smp, answer.reason) == ("not_checked", "127.0.0.1:9", "unreachable")


@pytest.mark.parametrize("url", ["https://smp.hermes-belgium.be", "http://HERMES-Belgium.be/smp/"])
def test_what_is_left_of_hermes_is_not_registered_and_nobody_is_asked(url: str) -> None:
    with scripted_dns(lambda _: [naptr(url)]) as dns:
        answer = looked_up(dns)
    assert (answer.state, answer.reason, answer.access_point) == ("not_registered", "leftover", None)


def test_an_access_point_of_hermes_is_a_leftover_too() -> None:
    text = metadata(base64_of(certificate()), address="https://ap.hermes-belgium.be/as4")
    assert with_smp(invoices(text)).reason == "leftover"


@pytest.mark.parametrize(
    "url", ["http://smp.example", "ftp://smp.example", "file:///etc/passwd", "https://", "smp.example"]
)
def test_a_publisher_without_encryption_is_not_asked(url: str) -> None:
    with scripted_dns(lambda _: [naptr(url)]) as dns:
        assert (looked_up(dns).state, looked_up(dns).reason) == ("not_checked", "smp_not_https")


@pytest.mark.parametrize("record", ['100 10 "U" "Meta:SMP" "" .', '100 10 "U" "Meta:SMP" "!.*" .', '1 1 "A" "x" "" .'])
def test_a_record_that_says_nothing_is_not_checked(record: str) -> None:
    with scripted_dns(lambda _: [record]) as dns:
        assert looked_up(dns).reason == "dns_record_unusable"


def test_metadata_may_be_kept_elsewhere() -> None:
    with scripted_smp({"/::elsewhere": (200, metadata(base64_of(certificate())))}) as other:
        assert with_smp(invoices(redirect(f"{other}/%3A%3Aelsewhere"))).access_point == SUBJECT
    assert with_smp(invoices(redirect("http://smp.example/x"))).access_point is None


def test_a_dns_server_that_cannot_be_one_is_refused() -> None:
    for server in ("127.0.0.1:port", "no such host.invalid:53"):
        with pytest.raises(SettingsUnusable, match=r"registers\.peppol_dns"):
            looked_up(server)


def setup(folder: Path, count: int) -> Path:
    file = folder / "setup.toml"
    file.write_text("".join(f'[[participants]]\nid = "0208:{4_000_000 + at:010}"\n' for at in range(count)))
    return file


def test_a_list_of_a_hundred_is_looked_up_under_both_numbers_in_seconds(tmp_path: Path) -> None:
    known = [one for at in range(100) for one in participants(company_number=f"{4_000_000 + at:010}")]
    told: list[int] = []
    with running(SandboxOptions(setup=setup(tmp_path, 60))) as url:
        network = PeppolNetwork(dns=url.removeprefix("http://"))
        started = time.monotonic()
        answers = look_up_participants(known, network, Clock(), lambda: told.append(1))
    assert time.monotonic() - started < 12  # 500 in a minute
    assert sum(answer.state == "registered" for answer in answers.values()) == 60
    assert (len(answers), len(told)) == (200, 200)


def test_the_sandbox_answers_as_dns_publisher_and_access_point(tmp_path: Path) -> None:
    file = tmp_path / "setup.toml"
    file.write_text(
        f"""
        [[participants]]
        id = "0208:0403019261"
        access_point = "{SUBJECT}"
        [[participants]]
        id = "9925:BE0403019261"
        receives_invoices = false
        [[participants]]
        id = "9938:LU15027442"
        access_point = ""
        [[participants]]
        id = "0240:19932200123"
        smp = "https://smp.hermes-belgium.be"
        """
    )
    with running(SandboxOptions(setup=file)) as url:
        network = PeppolNetwork(dns=url.removeprefix("http://"))
        known = (*participants("0403019261"), *participants("", "LU15027442", "19932200123"), Participant("0208", "1"))
        answers = look_up_participants(known, network, Clock())
    shown = [(one.id, one.state, one.receives_invoices, one.access_point, one.reason) for one in answers.values()]
    assert shown == [
        ("0208:0403019261", "registered", True, SUBJECT, None),
        ("9925:be0403019261", "registered", False, None, None),
        ("9938:lu15027442", "registered", True, None, "access_point_unknown"),
        ("0240:19932200123", "not_registered", None, None, "leftover"),
        ("0208:1", "not_registered", None, None, None),
    ]
