"""Whatever the log may tell a coordinator is said in the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from network import lifecycle
from network.audit_words import ACTS, said
from network.models import Application
from network.models.network_life import Meeting, NetworkDocument, PathwayStep

ROOT = Path(__file__).parents[2] / "network"
# No network is named in their rows, so no coordinator reads them.
UNREAD = {"decoy made"}
WRITERS = {"record", "_record", "_told", "_audit_mailbox"}


def acts_in_code() -> Iterator[str]:
    """What is written in the calls that add a row; parts of it where the rest is put in."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in WRITERS:
                for each in ast.walk(node.args[0]):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def put_in() -> Iterator[str]:
    """What is written with something put in."""
    yield from (f"entry {status}" for status in lifecycle.STEPS)
    yield from (f"further network {stands}" for stands in Application.Stands.values)
    for model in (Meeting, NetworkDocument, PathwayStep):
        yield from (f"{model._meta.model_name} {done}" for done in ("kept", "removed"))


def test_every_act_has_its_words() -> None:
    whole = {act for act in acts_in_code() if act == act.strip()}

    assert len(whole) > 40
    assert (whole | set(put_in())) - UNREAD == set(ACTS)


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_they_are_translated(language: str) -> None:
    english = {act: said(act) for act in ACTS}
    with override(language):
        assert [act for act in ACTS if said(act) == english[act]] == []


def test_an_act_of_an_older_log_stays_as_it_was_written() -> None:
    assert said("something of long ago") == "something of long ago"
