"""Lines of the policy that decide, found in its source: what no mutant covers has to be declared with a reason."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterable, Iterator
from types import ModuleType

from network import policy
from tests.attack.mutants import Mutant, Without

# Module and line, or constant → why no mutant can tell.
ERROR, LOOKS, SAVES = "an error without it", "words and labels only", "reads less; what is read is used by its key"
TABLE = "each item that it makes is left out in turn"
DECLARED: dict[tuple[str, str], str] = {
    ("applications", "if row is None:"): ERROR,
    ("applications", "return (row, case_of(row)) if row else None"): ERROR,
    ("applications", 'rows = as_system("applications").filter(pk__in=people - {None})'): SAVES,
    (
        "audiences",
        "NARROW_FOR_AUTHORITY = frozenset(name for name, group in GROUPS.items() if group.narrow_for_authority)",
    ): TABLE,
    ("audiences", "WIDTH"): "the order of the audiences, which every comparison with the oracle rests on",
    ("authority", "LAW_ENFORCEMENT"): "part of PROFESSIONS; as a role mailbox only by a constraint of the database",
    ("faces", "assert around is not None"): ERROR,
    ("faces", "return labels if isinstance(labels, str) else json.dumps(labels or {})"): ERROR,
    (
        "faces",
        'return tuple((name, _text(value) if name == "labels" else value) for name, value in row.items()'
        ' if name != "parent")',
    ): ERROR,
    ("faces", "while area is not None:"): ERROR,
    ("faces", 'while row and row["id"]:'): ERROR,
    ("log", "KEPT"): "reasons; no act of it is among those that are told, says tests/network/test_own_data.py",
    ("log", "TOLD"): "each act of the log is told or kept with a reason, says tests/network/test_own_data.py",
    ("looks", "NOBODY_ANY_MORE"): LOOKS,
    ("principals", "PUBLIC"): "what everybody holds",
    ("principals", "if known is None:"): "asks once a request; revocation has its own tests",
    ("principals", "if not networks:"): SAVES,
    (
        "redaction",
        '"firewall": Labelled(entry.firewall.pk, entry.firewall.label()) if entry.firewall else None,',
    ): ERROR,
    ("redaction", '"profession": first[0] if first else None,'): ERROR,
    ("redaction", "first = (Labelled(main.pk, main.label()),) if main else ()"): ERROR,
    ("redaction", "if day is None:"): ERROR,
    ("redaction", "if months < 1:"): LOOKS,
    ("redaction", "if not entry.verified_by:"): LOOKS,
    ("redaction", 'network = entry.verified_network.name if entry.verified_network else ""'): ERROR,
    (
        "redaction",
        'others = tuple(each for each in faces.terms(entry).get("profession", ()) if each not in first)',
    ): LOOKS,
    ("redaction", 'return ", ".join(part.label for part in parts if part) or _("a practitioner")'): LOOKS,
    (
        "redaction",
        'return {"function": entry.function, "organisation": Labelled(body.slug, body.name) if body else None}',
    ): ERROR,
    ("redaction", "shown |= PARTS[group](entry) if group in PARTS else {}"): ERROR,
    ("system", "SYSTEM_CALLERS"): "held against the source by tests/network/test_schema.py",
    (
        "vetting",
        'for pk, *accounts in as_system("vetting").filter(pk__in=entries).values_list("pk", "user", "answered_by"):',
    ): SAVES,
    ("vetting", "if not owned or not coordinated:"): SAVES,
    ("views_of", "if level == Audience.PARTNERS:"): "nearer views are kept out of farther ones in any case",
    ("views_of", "if rungs and rungs[-1].groups == groups:"): "joins views that show the same",
    ("visibility", "PUBLIC"): "what everybody holds",
}
WORDS = (ast.Tuple, ast.Set, ast.List, ast.Dict)


def modules() -> list[ModuleType]:
    """Every module of the policy, the package itself included."""
    names = (each.name for each in pkgutil.iter_modules(policy.__path__, "network.policy."))
    return [policy, *(importlib.import_module(name) for name in names)]


def deciding(module: ModuleType) -> dict[int, str]:
    """Number → line: where a condition or a filter stands, or begins a part of its own."""
    source = inspect.getsource(module)
    lines = source.splitlines()
    found = {at for node in ast.walk(ast.parse(source)) for at in _lines(node)}
    return {at: lines[at - 1].strip() for at in sorted(found)}


def _lines(node: ast.AST) -> Iterator[int]:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            # What is only read by mypy decides nothing.
            if not (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"):
                yield test.lineno
        case ast.comprehension(ifs=ifs):
            yield from (each.lineno for each in ifs)
        case ast.BoolOp(values=values):
            yield from (each.lineno for each in values)
        case ast.Compare():
            yield node.lineno
        case ast.Call(func=ast.Attribute(attr="filter" | "exclude" | "isdisjoint") as named):
            yield named.end_lineno or named.lineno
        case ast.Call(func=ast.Name(id="Q"), keywords=[_, *_]):
            yield node.lineno


def constants(module: ModuleType) -> list[str]:
    """Names of collections of words that a module decides by: statuses, groups, professions."""
    return [name for node in ast.parse(inspect.getsource(module)).body for name in _named(node)]


def _named(node: ast.AST) -> Iterator[str]:
    match node:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=value)
        ):
            inside: Iterable[ast.AST] = ast.walk(value) if value else ()
            if name != "__all__" and any(isinstance(each, WORDS) for each in inside):
                yield name


def without_mutant(mutants: Iterable[Mutant | Without]) -> set[tuple[str, str]]:
    """Lines that decide, and constants, which no mutant changes: module and line, or name."""
    changed: set[tuple[str, int]] = set()
    replaced: set[tuple[str, str]] = set()
    for each in mutants:
        if isinstance(each, Mutant):
            changed |= {(each.function.__module__, at) for at in _changed(each)}
        else:
            replaced.add((each.module.__name__, each.name))
    found = {
        (module.__name__, line)
        for module in modules()
        for at, line in deciding(module).items()
        if (module.__name__, at) not in changed
    }
    found |= {(module.__name__, name) for module in modules() for name in constants(module)} - replaced
    return {(module.removeprefix("network.policy."), what) for module, what in found}


def _changed(mutant: Mutant) -> range:
    """The numbers of the lines that a mutant changes."""
    lines, start = inspect.getsourcelines(mutant.function)
    source = textwrap.dedent("".join(lines))
    first = start + source.count("\n", 0, source.index(mutant.line))
    return range(first, first + mutant.line.count("\n") + 1)
