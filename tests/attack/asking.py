"""Asks what viewers ask, and keeps the answers of a world that does not change."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from network.models.practitioner import new_public_id
from network.policy import principals_of
from search.document import FACETS
from search.query import SearchQuery
from search.services import near, search, understand
from tests.attack.questions import Question
from tests.attack.world import World

# What an answer may differ in without telling anything: tokens against forgery and of the page's scripts.
MASKS = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'nonce="[^"]+"|nonce-[^\']+'),
    re.compile(r"csrftoken=[^;]+"),
    # The address that was asked for, wherever it comes back.
    re.compile(r"people(?:/|%2F)[0-9a-f]{20}"),
)


@dataclass
class Asking:
    """Asks as viewers do. The world without anybody hidden is always the same, so its answers are kept."""

    world: World
    nobody: str = field(default_factory=new_public_id)
    _clients: dict[str, Client] = field(default_factory=dict)
    _before: dict[tuple[str, Question], Any] = field(default_factory=dict)

    def answers(self, viewer: str, asked: Sequence[Question]) -> list[Any]:
        """One answer each, masked."""
        who = self.world.viewers[viewer]
        principals = principals_of(who.user, second_factor=who.second_factor)
        return [self._page(viewer, each.page) if each.page else _found(principals, each) for each in asked]

    def unlike_before(self, viewer: str, asked: Sequence[Question], answers: Sequence[Any]) -> list[int]:
        """Numbers of the answers that are not those of the world as it is now, without anybody hidden."""
        missing = [each for each in dict.fromkeys(asked) if (viewer, each) not in self._before]
        self._keep(viewer, missing)
        unlike = [number for number, each in enumerate(asked) if self._before[viewer, each] != answers[number]]
        self._keep(viewer, [asked[number] for number in unlike])
        return [number for number in unlike if self._before[viewer, asked[number]] != answers[number]]

    def _keep(self, viewer: str, asked: Sequence[Question]) -> None:
        for each, answer in zip(asked, self.answers(viewer, asked), strict=True):
            self._before[viewer, each] = answer

    def _page(self, viewer: str, address: str) -> str:
        if viewer not in self._clients:
            self._clients[viewer] = self.world.viewers[viewer].client()
        answer = self._clients[viewer].get(address)
        text = f"{answer.status_code}\n{answer.headers}\n{answer.content.decode()}"
        for mask in MASKS:
            text = mask.sub("", text)
        return text


def _found(principals: frozenset[str], asked: Question) -> Any:
    question = SearchQuery(
        principals=principals,
        language="en",
        understood=understand(asked.text, "en"),
        kinds=("person",),
        facets=dict(asked.facets),
        near=near(asked.place) if asked.place else None,
        size=50,
        counted=FACETS,
    )
    return search(question)
