"""The state of an account as tables: who is how far, who was mailed without an answer, what differs from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

STATUSES = ("draft", "invited", "active", "failed", "archived", "lost", "unknown")
"""In the order in which a client goes through them."""
UNANSWERED_STATUSES = ("draft", "invited")
"""Of a client in these states an answer to its mail may still come."""
AGES = (7, 14, 30)
"""Days up to which a mail without an answer is in one group: a week, the usual reminder, a month; then older."""
PERIODS = (("D", 14), ("W", 120))
"""Up to how many days a table over time has a line a day, and a week; then a month. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """What the platform has of an account's clients at one moment, beside a file where there is one."""

    platform: str
    """The schema's id."""
    title: str
    """The platform, the account and the connection, as people know them."""
    sandbox: bool
    moment: datetime
    """When it was looked at; local time."""
    file: str | None
    rows: int
    """Rows of the file; some may be one client."""
    clients: pd.DataFrame
    """One row for each client: those of the file, or without one all of the account. Columns: CLIENT_COLUMNS."""
    differences: pd.DataFrame
    """One row for each field that differs. Columns: DIFFERENCE_COLUMNS."""
    only_on_platform: pd.DataFrame
    """The clients that the file does not have; columns as `clients`."""

    @property
    def on_platform(self) -> pd.DataFrame:
        """The clients that the platform has."""
        return self.clients[self.clients["status"] != ""]

    @property
    def not_on_platform(self) -> pd.DataFrame:
        """The clients of the file that the platform does not have."""
        return self.clients[self.clients["status"] == ""]

    @property
    def unanswered(self) -> pd.DataFrame:
        """The clients that were mailed and have not answered, the oldest mail first."""
        waiting = self.clients["status"].isin(UNANSWERED_STATUSES) & self.clients["mailed"]
        return self.clients[waiting].sort_values("last_mail", kind="stable", na_position="first")

    @property
    def with_differences(self) -> int:
        """How many clients have a field that differs."""
        return int(self.differences["client_id"].nunique())

    def by_status(self) -> Mapping[str, int]:
        """Return how many clients are in each state that occurs, in the order of STATUSES."""
        counts = self.on_platform["status"].value_counts()
        return {status: int(counts[status]) for status in STATUSES if status in counts}

    def by_age(self) -> Mapping[int | None, int]:
        """Return how many mails without an answer are up to each of AGES days old, -1: older, None: unknown, if any."""
        import pandas as pd

        days = self.unanswered["days"]
        groups = pd.cut(days.astype("Float64"), [-float("inf"), *AGES, float("inf")], labels=[*AGES, -1])
        counts = groups.value_counts()
        known: dict[int | None, int] = {age: int(counts.get(age, 0)) for age in (*AGES, -1)}
        unknown = int(days.isna().sum())
        return {**known, None: unknown} if unknown else known

    def over_time(self) -> pd.DataFrame:
        """Return by day how many of the clients had been added from here, and mailed; both only ever grow.

        Begins a day before the first, with nothing, and ends today. Empty where nothing is known to be done from here.
        """
        import pandas as pd

        here = self.on_platform
        events = {"added": here["added"].dropna(), "mailed": here["first_mail"].dropna()}
        days = pd.concat(list(events.values()))
        if days.empty:
            return pd.DataFrame({"day": [], "added": [], "mailed": []})
        today = pd.Timestamp(self.moment.date())
        axis = pd.DatetimeIndex([days.min() - pd.Timedelta(days=1), *days.unique(), max(today, days.max())])
        every = axis.unique().sort_values()
        totals = {name: at.value_counts().reindex(every, fill_value=0).cumsum() for name, at in events.items()}
        return pd.DataFrame({"day": every, **{name: total.to_numpy() for name, total in totals.items()}})

    def by_period(self) -> pd.DataFrame:
        """Return `over_time` at the end of each day, week or month: as many lines as a person reads."""
        days = self.over_time()
        if days.empty:
            return days
        span = (days["day"].iloc[-1] - days["day"].iloc[0]).days
        period = next((name for name, most in PERIODS if span <= most), "M")
        periods = days["day"].dt.to_period(period)
        ends = days.groupby(periods, sort=True).last()
        last_days = periods.drop_duplicates().dt.end_time.dt.normalize()
        return ends.assign(day=last_days.clip(upper=days["day"].iloc[-1]).to_numpy())

    def counts(self) -> dict[str, int]:
        """Return the numbers that the page begins with, by their key in the JSON."""
        statuses = self.by_status()
        return {
            "rows_in": self.rows,
            "clients": len(self.clients),
            "on_platform": len(self.on_platform),
            "not_on_platform": len(self.not_on_platform),
            **{status: statuses.get(status, 0) for status in STATUSES},
            "unanswered": len(self.unanswered),
            "with_differences": self.with_differences,
            "only_on_platform": len(self.only_on_platform),
        }


CLIENT_COLUMNS = (
    *("row", "client_id", "name", "number_field", "number", "email", "status"),
    *("added", "first_mail", "last_mail", "mails", "mailed", "days", "problems"),
)
"""`status` is empty where the platform does not have the client; `added` to `last_mail` are local days, as far as this
program did it; `mails` is the platform's number, else ours; `problems` are the findings that keep a row from going."""
DIFFERENCE_COLUMNS = ("row", "client_id", "name", "field", "ours", "theirs")
