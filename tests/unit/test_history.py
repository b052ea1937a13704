"""Every event that may be recorded of a directive has words in its story."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from domain.lifecycle import Event
from texts.history import WORDS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("services", "handlers", "bot")


@cache
def modules() -> list[tuple[str, ast.Module]]:
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return [(name, ast.parse(path.read_text("utf-8"))) for name, path in zip(names, paths, strict=True)]


@cache
def all_calls(tree: ast.Module) -> list[tuple[str, ast.Call]]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [(ast.unparse(node.func).rpartition(".")[2], node) for node in found]


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    return (call for named, call in all_calls(tree) if named == name)


def about_a_directive(call: ast.Call) -> bool:
    return any(k.arg == "directive" and not (isinstance(k.value, ast.Constant)) for k in call.keywords)


def function_around(tree: ast.Module, call: ast.Call) -> ast.AsyncFunctionDef | None:
    around = [n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef) and call in list(ast.walk(n))]
    return around[-1] if around else None


def words_of(module: str, tree: ast.Module, call: ast.Call, place: int) -> Iterator[str]:
    """The events a call may record: named there, or handed to the function it stands in."""
    event = next((k.value for k in call.keywords if k.arg == "event"), None) or call.args[place]
    yield from resolved(module, tree, event, function_around(tree, call))


def resolved(module: str, tree: ast.Module, event: ast.expr, inside: ast.AsyncFunctionDef | None) -> Iterator[str]:
    if isinstance(event, ast.Constant):
        yield str(event.value)
    elif isinstance(event, ast.IfExp):
        yield from resolved(module, tree, event.body, inside)
        yield from resolved(module, tree, event.orelse, inside)
    elif inside is not None and isinstance(event, ast.Name) and event.id in assigned(inside):
        for value in assigned(inside)[event.id]:
            yield from resolved(module, tree, value, None)
    elif inside is not None and isinstance(event, ast.Name) and event.id in parameters(inside):
        yield from handed_over(module, inside, parameters(inside).index(event.id))
    else:
        yield from constants(module, event)


def parameters(function: ast.AsyncFunctionDef) -> list[str]:
    return [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]


def assigned(function: ast.AsyncFunctionDef) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def handed_over(of: str, function: ast.AsyncFunctionDef, place: int) -> Iterator[str]:
    name, names = parameters(function)[place], {function.name, f"{of.rpartition('.')[2]}.{function.name}"}
    for module, tree in modules():
        for call in (c for c in calls(tree, function.name) if module == of or ast.unparse(c.func) in names):
            if module != of and function.name.startswith("_"):
                continue
            given = next((k.value for k in call.keywords if k.arg == name), None)
            given = given or (call.args[place] if place < len(call.args) else None)
            if given is not None:
                yield from resolved(module, tree, given, function_around(tree, call))


def constants(module: str, event: ast.expr) -> Iterator[str]:
    try:
        value: Any = eval(ast.unparse(event), vars(importlib.import_module(module)))
    except NameError as error:
        raise AssertionError(f"{module}: which event is {ast.unparse(event)!r}?") from error
    if isinstance(value, type) and issubclass(value, Enum):
        raise AssertionError(f"{module}: {ast.unparse(event)} is no event")
    yield str(value)


@cache
def recorded() -> dict[str, str]:
    """Every event recorded of a directive, and where."""
    found: dict[str, str] = {str(event): "domain.lifecycle" for event in Event}
    for module, tree in modules():
        for call in calls(tree, "record"):
            if module != "services.life" and about_a_directive(call):
                found |= dict.fromkeys(words_of(module, tree, call, 1), module)
    return found


def test_every_event_of_a_directive_has_words_in_its_story() -> None:
    events = recorded()
    assert len(events) > len(Event) + 10
    assert {event: where for event, where in events.items() if event not in WORDS} == {}


def test_no_words_are_kept_for_what_is_never_recorded() -> None:
    shown_only = {"told", "told_helpers"}
    assert WORDS.keys() - recorded().keys() - shown_only == set()
