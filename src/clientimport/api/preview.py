"""A preview: what a push with its options would do, with every mail, before anything is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from clientimport.api.display import Display
from clientimport.api.frames import record_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.messages.finding_messages import finding_message
from clientimport.push.mail import Mail, mails_to_send
from clientimport.push.plan.plan import Plan
from clientimport.push.plan.plan_file import groups

if TYPE_CHECKING:
    import pandas as pd

MAILS = ("row", "client_id", "name", "contact", "email", "language", "held")


@dataclass(frozen=True)
class Preview:
    """What a push would do. `held` says why a mail would not go out by itself."""

    content: Plan
    due: tuple[Mail, ...]
    invite_limit: int | None
    display: Display

    @cached_property
    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """The clients that were chosen: new, existing, only_on_platform and invalid, as in the JSON."""
        return self.display.document(groups(self.content, self.display.value))

    @cached_property
    def mails(self) -> pd.DataFrame:
        """The mails: row, client_id, name, contact, email, language, held."""
        return record_frame(self._records(), MAILS, whole=("row",))

    def _records(self) -> list[dict[str, object]]:
        going = mails_to_send(self.due, self.invite_limit)
        return [
            {
                "row": mail.row,
                "client_id": mail.client_id,
                "name": self.display.text(mail.name),
                "contact": self.display.text(mail.contact),
                "email": self.display.text(mail.email),
                "language": mail.language,
                "held": self._held(mail),
            }
            for mail in self.due
            if mail in going or mail.hold_finding is not None
        ]

    def _held(self, mail: Mail) -> str | None:
        finding, shows = mail.hold_finding, not self.display.masks
        return None if finding is None else finding_message(self.display.messages, finding, show_personal_data=shows)

    def _summary(self) -> str:
        held = sum(mail.hold_finding is not None for mail in self.due)
        going = len(mails_to_send(self.due, self.invite_limit))
        new, existing = len(self.content.new), len(self.content.existing)
        return f"{new} new, {existing} existing, {going} mails, {held} held. Nothing was sent."

    def __repr__(self) -> str:
        """Return the counts."""
        return f"<Preview {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return the counts and the mails, as a notebook shows them."""
        rows = [[record[name] for name in MAILS] for record in self._records()]
        return result_html("Preview", paragraph(self._summary()), table_html("Mails", MAILS, rows))
