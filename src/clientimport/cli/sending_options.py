"""The options about what is sent: by a push, and by a round of invitations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from clientimport.api.keywords import PushKeywords
from clientimport.cli.completion_values import RUNS, UPDATES
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import (
    AcceptProposals,
    AdoptLedger,
    ConsentOptions,
    Force,
    MailAnyway,
    MailAsOnPlatform,
    Output,
    Yes,
    argument,
    option,
)

SENDING_PANEL = "Sending"


@dataclass(frozen=True, slots=True)
class SendingOptions:
    """What a push does beside creating clients."""

    invite: Annotated[bool, option("--invite", SENDING_PANEL, "Send the invitations too.")] = False
    dry_run: Annotated[bool, option("--dry-run -n", SENDING_PANEL, "Show the plan; send nothing.")] = False
    all_or_nothing: Annotated[
        bool, option("--all-or-nothing", SENDING_PANEL, "Send nothing if a row has an error.")
    ] = False
    max_invitations: Annotated[
        int | None, option("--max-invitations", SENDING_PANEL, "Refuse to send more mails.", "N", min=0)
    ] = None
    invite_limit: Annotated[
        int | None, option("--invite-limit", SENDING_PANEL, "Send N mails now, the rest next time.", "N", min=1)
    ] = None
    update: Annotated[
        list[str] | None,
        option(
            "--update",
            SENDING_PANEL,
            "Overwrite this field where the platform has something else. Repeatable.",
            "FIELD|all",
            autocompletion=UPDATES,
        ),
    ] = None
    only: Annotated[
        list[str] | None, option("--only", SENDING_PANEL, "Only these: new, 5,7-9.", "new|existing|ROWS")
    ] = None
    skip: Annotated[list[str] | None, option("--skip", SENDING_PANEL, "All but these.", "new|existing|ROWS")] = None
    retry_refused: Annotated[
        bool, option("--retry-refused", SENDING_PANEL, "Send unchanged rows again that the platform refused.")
    ] = False
    questionnaire: Annotated[
        list[str] | None,
        option("--questionnaire", SENDING_PANEL, "Accounton: what new clients get. Repeatable.", "[LANGUAGE=]NAME"),
    ] = None
    mail_as_on_platform: MailAsOnPlatform = False
    mail_anyway: MailAnyway = False
    share_documents: Annotated[
        str | None,
        option("--share-documents", SENDING_PANEL, "Console: your own login at the delivery channel.", "EMAIL"),
    ] = None
    share_channel: Annotated[
        str | None, option("--share-channel", SENDING_PANEL, "Console: the delivery channel.", "NAME")
    ] = None

    def keywords(self) -> PushKeywords:
        """Return them as the Python API takes them."""
        return {
            "invite": self.invite,
            "all_or_nothing": self.all_or_nothing,
            "max_invitations": self.max_invitations,
            "invite_limit": self.invite_limit,
            "update": self.update or [],
            "only": self.only or None,
            "skip": self.skip or None,
            "retry_refused": self.retry_refused,
            "questionnaire": self.questionnaire or [],
            "mail_as_on_platform": self.mail_as_on_platform,
            "mail_anyway": self.mail_anyway,
            "share_documents": self.share_documents,
            "share_channel": self.share_channel,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> SendingOptions:
        """Return what the ledger has; what an older version did not know was not said."""
        names = document.get("questionnaires", {}).items()
        questionnaire = [name if language == "*" else f"{language}={name}" for language, name in names]
        return cls(
            invite=document.get("invite", False),
            all_or_nothing=document.get("all_or_nothing", False),
            max_invitations=document.get("max_invitations"),
            invite_limit=document.get("invite_limit"),
            update=document.get("update"),
            only=document.get("only"),
            skip=document.get("skip"),
            retry_refused=document.get("retry_refused", False),
            questionnaire=questionnaire,
            mail_as_on_platform=document.get("mail_as_on_platform", False),
            mail_anyway=document.get("mail_anyway", False),
            share_documents=document.get("share_documents"),
            share_channel=document.get("share_channel"),
        )


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What a plan is for, beside the options of a push."""

    output: Output = None
    force: Force = False
    exit_code: Annotated[
        bool, option("--exit-code", None, "End with 6 when no row has an error and there is something to send.")
    ] = False
    consent: ConsentOptions = field(default_factory=ConsentOptions)
    """Of the push; a plan asks nothing, and takes them so that both take the same line."""


@dataclass(frozen=True, slots=True)
class InvitationTargets:
    """Who gets a mail: exactly one of the three, or none of them for a reminder to the whole account."""

    file: Annotated[str | None, argument("[FILE]", "The clients of this file."), FileRole.READS] = None
    run: Annotated[
        str | None,
        option("--run", None, "The clients of an earlier run, or last.", "ID", autocompletion=RUNS),
    ] = None
    all_drafts: Annotated[bool, option("--all-drafts", None, "Every draft of the account.")] = False

    @property
    def kind(self) -> str:
        """Which of the three it is, as the ledger remembers it; `unanswered` where it is none of them."""
        return "file" if self.file else "run" if self.run else "drafts" if self.all_drafts else "unanswered"


@dataclass(frozen=True, slots=True)
class InvitationConsent:
    """What the user agrees to beforehand, or that nothing is to be sent yet."""

    accept_proposals: AcceptProposals = False
    dry_run: Annotated[bool, option("--dry-run -n", None, "Show who gets a mail; send nothing.")] = False
    adopt_ledger: AdoptLedger = None
    yes: Yes = False


@dataclass(frozen=True, slots=True)
class InvitationLimits:
    """Which of the clients get a mail, and how many at most."""

    resend: Annotated[bool, option("--resend", None, "Also those invited before who are not active yet.")] = False
    invited_before: Annotated[
        int | None,
        option("--invited-before", None, "With --resend: only those last mailed at least so long ago.", "DAYS", min=1),
    ] = None
    max_invitations: Annotated[
        int | None, option("--max-invitations", None, "Refuse to send more mails.", "N", min=0)
    ] = None
    invite_limit: Annotated[
        int | None, option("--invite-limit", None, "Send N mails now, the rest next time.", "N", min=1)
    ] = None
    only: Annotated[list[str] | None, option("--only", None, "Only these rows of the file or run: 5,7-9.", "ROWS")] = (
        None
    )
    mail_as_on_platform: MailAsOnPlatform = False
    mail_anyway: MailAnyway = False

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> InvitationLimits:
        """Return what the ledger has; what an older version did not know was not said."""
        return cls(
            resend=document.get("resend", False),
            invited_before=document.get("invited_before"),
            max_invitations=document.get("max_invitations"),
            invite_limit=document.get("invite_limit"),
            only=document.get("only"),
            mail_as_on_platform=document.get("mail_as_on_platform", False),
            mail_anyway=document.get("mail_anyway", False),
        )
