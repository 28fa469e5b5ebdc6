"""Looking clients up: each register that was asked for, once for the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from clientimport.model.clock import Clock
from clientimport.registers.kbo.differences import RegisterDifference, differences
from clientimport.registers.kbo.enterprise import Enterprise
from clientimport.registers.kbo.index import OLD, KboIndex, LoadedExtract
from clientimport.registers.peppol.lookup import PeppolAnswer, PeppolState, look_up_participants
from clientimport.registers.register_settings import RegisterSettings
from clientimport.registers.subject import Subject
from clientimport.registers.vies.cache import ViesCache
from clientimport.registers.vies.check import check_vat_numbers
from clientimport.registers.vies.vies_answer import ViesAnswer, ViesState

Progress = Callable[[str, int, int], object]
"""Gets the register, how many were looked up and how many there are."""


class Register(StrEnum):
    """What can be asked."""

    KBO = "kbo"
    VIES = "vies"
    PEPPOL = "peppol"


@dataclass(frozen=True, slots=True)
class KboFacts:
    """What the KBO's extract says of a number; `enterprise` is None when none is active under it."""

    enterprise: Enterprise | None
    form: str = ""
    situation: str = ""
    """In words."""
    seat: str = ""
    """On one line."""
    differences: tuple[RegisterDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What the registers say of one client; None where one was not asked, or knows nothing of its kind."""

    subject: Subject
    kbo: KboFacts | None = None
    vies: ViesAnswer | None = None
    peppol: tuple[PeppolAnswer, ...] | None = None

    @property
    def alarming(self) -> bool:
        """Whether its number is unknown, stopped or invalid."""
        kbo = self.kbo is not None and (self.kbo.enterprise is None or not self.kbo.enterprise.normal)
        return kbo or (self.vies is not None and self.vies.state is ViesState.INVALID)

    @property
    def answered(self) -> bool | None:
        """Whether one register at least answered; None when there was nothing to ask."""
        answered = [] if self.kbo is None else [True]
        answered += [] if self.vies is None else [self.vies.state is not ViesState.NOT_CHECKED]
        answered += [answer.state is not PeppolState.NOT_CHECKED for answer in self.peppol or ()]
        return any(answered) if answered else None


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What was found for a whole list."""

    clients: tuple[ClientFacts, ...]
    extract: LoadedExtract | None
    """The KBO's, where it was asked."""
    today: date

    @property
    def is_old(self) -> bool:
        """Whether the KBO's extract is older than one should rely on."""
        return self.extract is not None and self.extract.age(self.today) > OLD

    @property
    def unanswered(self) -> bool:
        """Whether there was something to ask, and none of it was answered."""
        answers = [client.answered for client in self.clients if client.answered is not None]
        return bool(answers) and not any(answers)


@dataclass(frozen=True, slots=True)
class RegisterAccess:
    """How the registers are reached from this machine."""

    settings: RegisterSettings
    kbo_index: Path
    vies_cache: Path
    language: str
    """In which the KBO's texts are shown."""
    clock: Clock = Clock()  # noqa: RUF009 -- frozen
    progress: Progress = lambda *_: None

    def look_up(self, subjects: Iterable[Subject], registers: frozenset[Register]) -> LookupResult:
        """Return what these registers say. Raises UsageError without an index, SettingsUnusable for a setting."""
        clients = tuple(ClientFacts(subject) for subject in subjects)
        extract, kbo = self._kbo(clients) if Register.KBO in registers else (None, {})
        vies = self._vies(clients) if Register.VIES in registers else None
        peppol = self._peppol(clients) if Register.PEPPOL in registers else None
        clients_found = tuple(
            ClientFacts(
                client.subject,
                kbo.get(at),
                None if vies is None else vies.get(client.subject.vies_number),
                None if peppol is None else peppol[at],
            )
            for at, client in enumerate(clients)
        )
        return LookupResult(clients_found, extract, self.clock.now().date())

    def _kbo(self, clients: tuple[ClientFacts, ...]) -> tuple[LoadedExtract, Mapping[int, KboFacts]]:
        with closing(KboIndex(self.kbo_index)) as index:
            asked = {at: client.subject for at, client in enumerate(clients) if client.subject.company_number}
            known = index.enterprises(subject.company_number for subject in asked.values())
            facts = {
                at: self._facts(subject, known.get(subject.company_number), index) for at, subject in asked.items()
            }
            return index.extract, facts

    def _facts(self, subject: Subject, enterprise: Enterprise | None, index: KboIndex) -> KboFacts:
        if enterprise is None:
            return KboFacts(None)
        form = index.code_text("JuridicalForm", enterprise.form, self.language) if enterprise.form else ""
        situation = index.code_text("JuridicalSituation", enterprise.situation, self.language)
        forms = index.code_texts("JuridicalForm", enterprise.form)
        differing = tuple(differences(subject.fields, enterprise, forms, self.language))
        seat = enterprise.seat.line(self.language) if enterprise.seat else ""
        return KboFacts(enterprise, form, situation, seat, differing)

    def _vies(self, clients: tuple[ClientFacts, ...]) -> Mapping[str, ViesAnswer]:
        numbers = tuple(dict.fromkeys(client.subject.vies_number for client in clients if client.subject.vies_number))
        service = self.settings.vies
        with closing(ViesCache(self.vies_cache, service.host, service.requester)) as cache:
            return check_vat_numbers(numbers, service, cache, self.clock, self._counting(Register.VIES, len(numbers)))

    def _peppol(self, clients: tuple[ClientFacts, ...]) -> Mapping[int, tuple[PeppolAnswer, ...] | None]:
        wanted = [client.subject.participants for client in clients]
        every = tuple(dict.fromkeys(participant for group in wanted for participant in group))
        counting = self._counting(Register.PEPPOL, len(every))
        answers = look_up_participants(every, self.settings.peppol, self.clock, counting) if every else {}
        return {at: tuple(answers[participant] for participant in group) or None for at, group in enumerate(wanted)}

    def _counting(self, register: Register, total: int) -> Callable[[], object]:
        done = 0

        def count() -> None:
            nonlocal done
            done += 1
            self.progress(register, done, total)

        return count
