"""The public writes to a network's coordinators: no account, no e-mail, a code to read the answer by."""

import unicodedata
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Least
from django.utils.crypto import salted_hmac

from network import audit, clock, door, once, waiting
from network.daily import daily_task
from network.mailboxes import coordinators_of
from network.models import Enquiry, Network, Practitioner

TEXT_LASTS = timedelta(days=14)
TEXT_LASTS_OPENED = timedelta(hours=24)
# That there was an enquiry can be seen a while longer than its texts, so that a late code is told so.
SHELL_LASTS = timedelta(days=14)
# 16 digits are read aloud in any language and script; 53 bits, with ten wrong tries a day for an address.
CODE_DIGITS, GROUP = 16, 4
WRONG_CODES_A_DAY, ENQUIRIES_A_DAY, ENQUIRIES_A_DAY_A_NETWORK = 10, 3, 30
ASKING, READING = "ask a network", "read an answer"


class TooMany(Exception):
    """This address, or everybody together, has come too often today."""


class NobodyThere(Exception):
    """The network has no coordinator who could read it."""


class AnswerState(StrEnum):
    """What a code leads to."""

    UNKNOWN = "unknown"
    WAITING = "waiting"  # not opened by a coordinator yet
    SEEN = "seen"  # opened, not answered yet
    ANSWERED = "answered"
    GONE = "gone"  # deleted, or never answered in time


class Answer(NamedTuple):
    """What stands behind a code; the texts are empty unless it is answered."""

    state: AnswerState
    network: str = ""
    question: str = ""
    answer: str = ""


def ask(*, network: Network, text: str, visitor: str, mark: str = "") -> str:
    """Hands a question to the coordinators; the code to read the answer by, in groups. Raises TooMany, NobodyThere.

    `mark` is the form's: the same question with the same mark was handed over already, and has the same code.
    """
    code = f"{int(once.digest(mark, network.pk, text), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}}"
    same = Enquiry.objects.filter(code_digest=_digest(code))
    if not same.exists():
        try:
            _hand_over(network, text, visitor, code)
        except IntegrityError:  # the same form a moment ago: then nothing of this one was counted or kept
            if not same.exists():
                raise
    return " ".join(code[start : start + GROUP] for start in range(0, CODE_DIGITS, GROUP))


@transaction.atomic
def _hand_over(network: Network, text: str, visitor: str, code: str) -> None:
    accounts = coordinators_of([network.pk])
    if not accounts:
        raise NobodyThere
    everybody = door.knock(f"{ASKING} {network.pk}", "", most=ENQUIRIES_A_DAY_A_NETWORK)
    if not everybody or not door.knock(ASKING, visitor, most=ENQUIRIES_A_DAY):
        raise TooMany
    moment = clock.now()
    lately = Q(asked_at__gt=moment - timedelta(days=1), opened_at=None)
    told = Enquiry.objects.filter(lately, network=network).exists()
    Enquiry.objects.create(
        network=network,
        code_digest=_digest(code),
        question=text,
        asked_at=moment,
        question_goes_at=moment + TEXT_LASTS,
    )
    if not told:  # many questions are one mail: it says only that something waits
        waiting.send(waiting.DESK, accounts)


@transaction.atomic
def read(*, code: str, visitor: str) -> Answer:
    """What stands behind a code, in whatever digits and spaces it is written; raises TooMany for who guesses.

    The first reading of an answer starts the day after which both texts are deleted.
    """
    if not door.knock(READING, visitor, most=WRONG_CODES_A_DAY):
        raise TooMany
    enquiry = Enquiry.objects.filter(code_digest=_digest(code)).select_related("network").first()
    if enquiry is None:
        return Answer(AnswerState.UNKNOWN)
    door.take_back(READING, visitor)
    moment = clock.now()
    network = enquiry.network.name
    if enquiry.answered_at and enquiry.answer_goes_at and enquiry.answer_goes_at > moment:
        question = enquiry.question if enquiry.question_goes_at > moment else ""
        _start_clock(enquiry)
        return Answer(AnswerState.ANSWERED, network, question or "", enquiry.answer or "")
    if enquiry.answered_at or enquiry.question_goes_at <= moment:
        return Answer(AnswerState.GONE, network)
    return Answer(AnswerState.SEEN if enquiry.opened_at else AnswerState.WAITING, network)


@transaction.atomic
def open_enquiry(*, coordinator: Practitioner, enquiry: Enquiry) -> None:
    """A coordinator opens the question; the first opening is audited."""
    if Enquiry.objects.filter(pk=enquiry.pk, opened_at=None).update(opened_at=clock.now()):
        audit.record("enquiry opened", actor=coordinator.public_id, network=enquiry.network.slug)


@transaction.atomic
def answer(*, coordinator: Practitioner, enquiry: Enquiry, text: str) -> bool:
    """Answers once; False when a colleague was faster, or the question is gone. The same answer again is the same."""
    moment = clock.now()
    unanswered = Enquiry.objects.filter(pk=enquiry.pk, answered_at=None, question_goes_at__gt=moment)
    unanswered = unanswered.exclude(opened_at=None)
    first = unanswered.update(answered_at=moment, answered_by=coordinator, answer_goes_at=moment + TEXT_LASTS)
    if not first:
        there = Enquiry.objects.filter(pk=enquiry.pk, answered_by=coordinator).first()
        return there is not None and there.answer == text
    answered = Enquiry.objects.get(pk=enquiry.pk)
    answered.answer = text
    answered.save(update_fields=["answer"])
    audit.record("enquiry answered", actor=coordinator.public_id, network=enquiry.network.slug)
    return True


@daily_task("enquiries")
def delete_old() -> int:
    """Deletes texts whose time is over, and later that there was an enquiry."""
    moment = clock.now()
    questions = Enquiry.objects.filter(question_goes_at__lte=moment).exclude(question=None).update(question=None)
    answers = Enquiry.objects.filter(answer_goes_at__lte=moment).exclude(answer=None).update(answer=None)
    late = moment - SHELL_LASTS
    over = Q(answer_goes_at=None) | Q(answer_goes_at__lte=late)
    return questions + answers + Enquiry.objects.filter(over, question_goes_at__lte=late).delete()[0]


def _start_clock(enquiry: Enquiry) -> None:
    """From the first reading on, a day is left; reading again does not make it longer."""
    moment = clock.now()
    soon = Value(moment + TEXT_LASTS_OPENED)
    Enquiry.objects.filter(pk=enquiry.pk, answer_opened_at=None).update(
        answer_opened_at=moment,
        answer_goes_at=Least("answer_goes_at", soon),
        question_goes_at=Least("question_goes_at", soon),
    )


def _digest(code: str) -> str:
    digits = "".join(str(unicodedata.decimal(letter)) for letter in code[:200] if unicodedata.decimal(letter, -1) >= 0)
    return salted_hmac("network.enquiry", digits, secret=settings.AUDIT_KEY, algorithm="sha256").hexdigest()
