"""The metrics that the code writes: found in it, with the functions that come to where they are."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp

from outbound.domain.message import Status

ROOT = Path(__file__).parents[2]
FOLDERS = {ROOT / "layers/core/python": "outbound", ROOT: "functions"}
DIMENSIONS = ("channel", "reason")
STATUSES = tuple(status.capitalize() for status in Status)


@dataclass(frozen=True, slots=True)
class Metric:
    """A name, the names of its dimensions, and in which service it is written."""

    name: str
    dimensions: frozenset[str]
    service: str


@cache
def emitted() -> frozenset[Metric]:
    """All metrics that some function may write."""
    graph = _imports()
    found = set()
    for module, tree in _modules():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and (arguments := _counted(call)) is not None:
                names = frozenset(each.arg for each in call.keywords if each.arg in DIMENSIONS)
                found |= {
                    Metric(name, names | {"service"}, service)
                    for name in _names(arguments[0])
                    for service in _functions_that_reach(module, graph)
                }
    return frozenset(found)


def _imports() -> grimp.ImportGraph:
    """Who imports whom; wiring aside, which imports all, for whoever asks."""
    graph = grimp.build_graph("outbound", "functions", exclude_type_checking_imports=True)
    for module in {"outbound.wiring"} | graph.find_descendants("outbound.wiring"):
        graph.remove_module(module)
    return graph


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for folder, package in FOLDERS.items():
        for file in sorted((folder / package).rglob("*.py")):
            parts = file.relative_to(folder).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), ast.parse(file.read_text())


def _functions_that_reach(module: str, graph: grimp.ImportGraph) -> set[str]:
    """The folders of functions, which are the names of their services."""
    reaching = {module, *graph.find_downstream_modules(module)}
    return {name.split(".")[1] for name in reaching if name.startswith("functions.")}


def _counted(call: ast.Call) -> list[ast.expr] | None:
    """What is counted by a call, or by what is made of one for later."""
    said = ast.unparse(call.func)
    if said.endswith(("signals.count", "LoggedSignals().count")):
        return call.args
    if said == "partial" and ast.unparse(call.args[0]) == "LoggedSignals().count":
        return call.args[1:]
    return None


def _names(argument: ast.expr) -> tuple[str, ...]:
    """A name; for one that is made of a status, that of each."""
    if isinstance(argument, ast.Constant):
        return (str(argument.value),)
    if ast.unparse(argument).endswith(".capitalize()"):
        return STATUSES
    # One that is made of what was heard.
    return (ast.unparse(argument),)
