"""Write down the public names and signatures: `make api` keeps them in public_api.txt.

What was kept is promised. A new call, with new answers and payloads, is promised with the next release: until then
it is there without being kept.
"""

import inspect
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from operator import itemgetter
from types import FunctionType, ModuleType
from typing import cast, is_typeddict

import attrs

import aiogenauth
from aiogenauth import given, shapes
from genauth_mock import server
from genauth_mock.runtime import options
from genauth_mock.testing import (
    aiohttp_server,
    fixture,
    in_process,
    respx,
)


def _late(package: ModuleType) -> set[str]:
    """Name what is imported late and is found nowhere else."""
    return {*package.__all__} - {*aiogenauth.__all__}


PUBLIC = (
    *((aiogenauth, name) for name in sorted(aiogenauth.__all__)),
    *((shapes, name) for name in sorted(_late(shapes))),
    *((given, name) for name in sorted(_late(given))),
    *((fixture, name) for name in ("GenAuthServer", "NewUser", "NoPassCode")),
    *((server, name) for name in ("running", "running_in_thread", "Running")),
    (options, "Options"),
    *((in_process, name) for name in ("InProcessGenAuth", "InProcessTransport", "ConnectionLost")),
    (respx, "genauth_router"),
    (aiohttp_server, "genauth_test_server"),
)
"""Every public name with the module that users import it from."""


def listing() -> str:
    """Give the public names and signatures, one on each line, with what belongs to them indented below."""
    lines = (
        line
        for module, name in PUBLIC
        for line in _described(f"{module.__name__}.{name}", getattr(module, name))
    )
    return "\n".join(lines) + "\n"


GROWING = "class aiogenauth.AuthenticationClient("
"""How the lines of the client begin, which may have calls that are not kept yet."""

NEW = ("class aiogenauth.shapes.", "class aiogenauth.given.", "aiogenauth.given.")
"""How the lines of new answers and payloads begin, which need not be kept yet."""


def broken_promises(kept: str, made: str) -> list[str]:
    """Return each line that was promised and is not there, or is there and has to be promised first.

    Fields in another order are other arguments: that is a broken promise, too.
    """
    before, now = _blocks(kept), _blocks(made)
    gone = [
        f"promised and not there: {line}"
        for head, lines in before.items()
        for line in lines
        if line not in now.get(head, ())
    ]
    unasked = [
        f"there and not promised: {line}"
        for head, lines in now.items()
        if not head.startswith(GROWING if head in before else NEW)
        for line in lines
        if line not in before.get(head, ())
    ]
    moved = [
        f"promised in another order: {head}"
        for head, lines in before.items()
        if [line for line in lines if line in now.get(head, ())]
        != [line for line in now.get(head, ()) if line in lines]
    ]
    return gone + unasked + moved


def unpromised_calls(kept: str, made: str) -> list[str]:
    """Return the methods of the client that are new since the last release."""
    before, now = _blocks(kept), _blocks(made)
    return [
        line.partition("(")[0].removesuffix(" [property]").split()[-1]
        for head, lines in now.items()
        if head.startswith(GROWING)
        for line in lines
        if line not in before.get(head, ())
    ]


def _blocks(listed: str) -> dict[str, list[str]]:
    """Return the lines of each public name by the first of them."""
    blocks: dict[str, list[str]] = {}
    head = ""
    for line in listed.splitlines():
        head = head if line.startswith(" ") else line
        blocks.setdefault(head, []).append(line)
    return blocks


def _described(name: str, what: object) -> Iterator[str]:
    if inspect.isroutine(what):
        yield f"{name}{inspect.signature(what)}"
    elif inspect.ismodule(what):
        yield f"module {name}"
    elif not inspect.isclass(what):
        yield f"{name}: {type(what).__name__}" if isinstance(what, str) else f"{name} = {what}"
    else:
        yield from _class(name, what)


def _class(name: str, what: type[object]) -> Iterator[str]:
    bases = ", ".join(base.__name__ for base in what.__bases__ if base is not object)
    yield f"class {name}({bases})"
    yield from _members(what)


def _members(what: type[object]) -> Iterator[str]:
    if issubclass(what, Enum):
        yield from (f"    {each.name} = {each.value!r}" for each in what)
    elif is_typeddict(what):
        required = cast("frozenset[str]", vars(what)["__required_keys__"])
        optional = cast("frozenset[str]", vars(what)["__optional_keys__"])
        yield from (f"    {key}" for key in sorted(required))
        yield from (f"    {key} [may be left out]" for key in sorted(optional))
    elif not issubclass(what, BaseException):
        yield from _fields(what)
        yield from _methods(what)


def _fields(what: type[object]) -> Iterator[str]:
    if not attrs.has(what):
        yield f"    __init__{inspect.signature(what)}" if "__init__" in vars(what) else "    ..."
        return
    for each in attrs.fields(what):
        if not each.name.startswith("_"):
            default = "" if each.default is attrs.NOTHING else " = ..."
            yield f"    {each.name}: {_shown(each.type)}{default}"


def _methods(what: type[object]) -> Iterator[str]:
    members: list[tuple[str, object]] = inspect.getmembers_static(what)
    for name, member in sorted(members, key=itemgetter(0)):
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"    {name} [property]"
        elif isinstance(member, (staticmethod, classmethod, FunctionType)):
            called: Callable[..., object] = getattr(what, name)
            if inspect.isbuiltin(called):
                continue  # of str or dict
            kind = "async " if inspect.iscoroutinefunction(called) else ""
            yield f"    {kind}{name}{_signature(called)}"


def _signature(called: Callable[..., object]) -> inspect.Signature:
    """Give a signature with its types, where those are known at run time."""
    try:
        return inspect.signature(called, eval_str=True)
    except NameError:
        return inspect.signature(called)


def _shown(hint: object) -> str:
    return hint if isinstance(hint, str) else inspect.formatannotation(hint)


if __name__ == "__main__":
    sys.stdout.write(listing())
