"""The reviewed mapping of the fact base's wordings to terms, countries and organisations.

Every wording leads to a term, several, or none with a reason; an unmapped one stops the loader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vocabulary.models import Term
from vocabulary.starter import BrokenStarterFile, read_yaml

TERM_KEYS = ("methods", "stages", "target_groups", "settings")


@dataclass
class Mapped:
    """What the wordings of one guide came to."""

    terms: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    scope: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    name_only: list[Mapping[str, str]] = field(default_factory=list)


class WordingMap:
    """Reads content/practices/mapping.yaml once and answers for each guide."""

    def __init__(self, path: Path) -> None:
        self.path, self.data = path, read_yaml(path) or {}
        self.known = set(Term.objects.values_list("pk", flat=True))
        for key in (*TERM_KEYS, "countries"):
            for wording, entry in (self.data.get(key) or {}).items():
                self._check(f"{key}: “{wording}”", entry)

    def _check(self, where: str, entry: Any) -> None:
        if not isinstance(entry, dict) or not {"terms", "countries", "text", "none"} & entry.keys():
            raise BrokenStarterFile(self.path, where, "needs terms, countries, text or none with a reason")
        for term in entry.get("terms", []):
            if term not in self.known:
                raise BrokenStarterFile(self.path, where, f"no term is called “{term}”")

    def of(self, wordings: Mapping[str, Any], guide: Path) -> Mapped:
        """Everything the wordings of a guide map to; raises BrokenStarterFile for one that is not mapped."""
        mapped = Mapped()
        for key in (*TERM_KEYS, "countries"):
            for wording in wordings.get(key) or []:
                entry = (self.data.get(key) or {}).get(wording)
                if entry is None:
                    raise BrokenStarterFile(guide, f"wordings.{key}", f"“{wording}” is not in {self.path.name}")
                mapped.terms += entry.get("terms", [])
                mapped.countries += entry.get("countries", [])
                if key == "countries" and "text" in entry:
                    mapped.scope.append(wording)
        for wording in wordings.get("organisations") or []:
            entry = (self.data.get("organisations") or {}).get(wording)
            if entry is None:
                raise BrokenStarterFile(guide, "wordings.organisations", f"“{wording}” is not in {self.path.name}")
            self._organisation(entry, mapped)
        return mapped

    def _organisation(self, entry: Mapping[str, Any], mapped: Mapped) -> None:
        for part in entry.get("several") or [entry]:
            if isinstance(part, str):
                mapped.organisations.append(part)
            elif "organisation" in part:
                mapped.organisations.append(part["organisation"])
            elif "name_only" in part:
                mapped.name_only.append(part["name_only"])
                mapped.organisations.append(part["name_only"]["slug"])
