"""Sample messages and questions of the demo."""

from pathlib import Path

import pytest
import yaml

from network.loading_messages import load_enquiries, load_messages
from network.loading_people import public_id_of
from network.models import Conversation, Enquiry, Message, Network
from tests.network.factories import NetworkFactory, PractitionerFactory
from vocabulary.starter import BrokenStarterFile, Report

pytestmark = pytest.mark.django_db
TALK = {"name": "a talk", "messages": [{"from": "001", "to": "002", "hours_ago": 3, "text": "A question"}]}


def folder_of(path: Path, **files: object) -> Path:
    for name, rows in files.items():
        (path / f"{name}.yaml").write_text(yaml.safe_dump(rows))
    return path


@pytest.fixture
def people() -> list[Network]:
    network = NetworkFactory(slug="sample-network", sample=True)
    for key in ("001", "002"):
        PractitionerFactory(networks=[network], sample=True, public_id=public_id_of(key))
    return [network]


def test_each_is_loaded_once_and_what_went_stays_gone(tmp_path: Path, people: list[Network]) -> None:
    asked = [{"network": "sample-network", "hours_ago": 2, "text": "A question"}]
    folder, report = folder_of(tmp_path, messages=[TALK], enquiries=asked), Report()

    for _ in range(2):
        load_messages(folder, report)
        load_enquiries(folder, report)
    Conversation.objects.all().delete()
    load_messages(folder, report)

    assert (report.loaded, report.unchanged) == (2, 3)
    assert Message.objects.count() == 0
    assert Enquiry.objects.get().question == "A question"


def test_messages_of_people_who_are_not_there_stop_the_loading(tmp_path: Path, people: list[Network]) -> None:
    talk = {"name": "a talk", "messages": [{"from": "001", "to": "999", "hours_ago": 3, "text": "A question"}]}

    with pytest.raises(BrokenStarterFile, match="a talk"):
        load_messages(folder_of(tmp_path, messages=[talk]), Report())
    with pytest.raises(BrokenStarterFile, match="nowhere"):
        load_enquiries(folder_of(tmp_path, enquiries=[{"network": "nowhere", "text": "x"}]), Report())
