"""Sample messages and questions of the demo, so that the relay and the coordinators' desk can be tried."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from network.loading_people import public_id_of
from network.models import Conversation, Enquiry, Message, Network, Practitioner
from network.policy import as_system
from network.services import enquiries, relay
from vocabulary.models import StarterRecord
from vocabulary.starter import BrokenStarterFile, Report, digest, files


def load_messages(folder: Path, report: Report) -> None:
    """Each conversation once: what was deleted by its time stays deleted. Raises BrokenStarterFile."""
    entries = {each.public_id: each for each in as_system("sample messages").filter(sample=True)}
    for path, talk in _rows(folder, "messages.yaml"):
        people = {each for message in talk["messages"] for each in (message["from"], message["to"])}
        missing = [each for each in people if public_id_of(each) not in entries]
        if len(people) != 2 or missing:
            raise BrokenStarterFile(path, talk["name"], "needs two sample people who are there")
        if _is_new(f"sample messages:{talk['name']}", talk, report):
            first, second = sorted((entries[public_id_of(each)] for each in people), key=lambda entry: entry.pk)
            conversation, _made = Conversation.objects.get_or_create(first=first, second=second)
            for message in talk["messages"]:
                _write(conversation, entries[public_id_of(message["from"])], message)


def load_enquiries(folder: Path, report: Report) -> None:
    """Each question once."""
    networks = {network.slug: network for network in Network.objects.filter(sample=True)}
    for path, row in _rows(folder, "enquiries.yaml"):
        if row["network"] not in networks:
            raise BrokenStarterFile(path, row["network"], "no sample network is called so")
        if _is_new(f"sample enquiry:{digest(row['text'])}", row, report):
            asked = timezone.now() - timedelta(hours=row["hours_ago"])
            Enquiry.objects.create(
                network=networks[row["network"]],
                code_digest=secrets.token_hex(32),
                question=row["text"],
                asked_at=asked,
                question_goes_at=asked + enquiries.TEXT_LASTS,
            )


def _rows(folder: Path, name: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    return ((path, row) for path, rows in files(folder, name, list) for row in rows)


def _is_new(key: str, data: object, report: Report) -> bool:
    _record, new = StarterRecord.objects.get_or_create(key=key, defaults={"source_hash": digest(data)})
    report.loaded += new
    report.unchanged += not new
    return new


def _write(conversation: Conversation, sender: Practitioner, data: Mapping[str, Any]) -> None:
    sent = timezone.now() - timedelta(hours=data["hours_ago"])
    opened: datetime | None = sent + timedelta(hours=data["opened"]) if "opened" in data else None
    Message.objects.create(
        conversation=conversation,
        sender=sender,
        body=data["text"],
        sent_at=sent,
        opened_at=opened,
        goes_at=min(sent + relay.TEXT_LASTS, opened + relay.TEXT_LASTS_OPENED) if opened else sent + relay.TEXT_LASTS,
    )
