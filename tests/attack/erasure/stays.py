"""What may still be read after an erasure, and why: the only exceptions there are. docs/operating.md says the same.

All of it is encrypted, with a key outside the database, and nothing leads from it to the name of who was erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Stay:
    """Words said at one place may stand in `column` for so long; None for as long as the record of somebody else."""

    column: str
    lasts: timedelta | None
    because: str

    def covers(self, column: str, since: timedelta) -> bool:
        """Whether something may still stand in a column so long after the erasure."""
        return column == self.column and (self.lasts is None or since < self.lasts)


FROZEN = Stay(
    "network_messagereport.body", timedelta(days=30), "the frozen copy of a report, for the coordinators of both sides"
)
NOTE = Stay("network_messagereport.note", timedelta(days=30), "why a message was reported")

# Whatever is said in mail that the mail server has not taken yet, the farewell to the person's own address included.
MAIL = Stay("accounts_outgoingmail.content", timedelta(days=5), "mail on its way, encrypted")

STAYS: Mapping[str, Stay] = {
    "Message.body reported by another": FROZEN,
    "Message.body of another, reported": FROZEN,
    "MessageReport.note by them": NOTE,
    "MessageReport.note of another": NOTE,
    "Enquiry.answer by them": Stay(
        "network_enquiry.answer", timedelta(days=14), "the network's answer to somebody without an account"
    ),
    "Evidence.note by them": Stay(
        "network_evidence.note", None, "how another was checked: gone when that vetting is over"
    ),
    "Decision.reason by them": Stay("network_decision.reason", None, "why another was let in or not"),
    "Suspension.reason by them": Stay("network_suspension.reason", None, "why another was stopped"),
    "Suspension.lifted_because by them": Stay(
        "network_suspension.lifted_because", None, "why another's suspension was lifted"
    ),
    "EntryReport.words by them": Stay("network_entryreport.words", None, "what is wrong with another's entry"),
    "EntryReport.outcome by them": Stay("network_entryreport.outcome", None, "what was found of another's entry"),
}


def may_stay(place: str, column: str, since: timedelta) -> bool:
    """Whether what was said at a place may be read in a column, so long after the erasure."""
    declared = [MAIL, STAYS[place]] if place in STAYS else [MAIL]
    return any(stay.covers(column, since) for stay in declared)
