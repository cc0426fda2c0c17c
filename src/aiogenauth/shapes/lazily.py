"""Imports the names of a package when they are first used.

Building a class of attrs takes half a millisecond, so a hundred shapes would double the time that
`import aiogenauth` takes. A process needs a few of them, and imports those few.

Write `if TYPE_CHECKING: ... else:` around the use of this module: a `__getattr__` that a type
checker sees turns off the checking of every import from the package.
"""

import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import CodeType
from typing import Literal, get_origin


def exported(
    package: str, modules: Mapping[str, tuple[str, ...]]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return the `__getattr__` and the `__dir__` of a package whose names are imported late.

    Args:
        package: Its `__name__`.
        modules: The names that each module defines, by the full name of the module.
    """
    names = {name: module for module, found in modules.items() for name in found}

    def look_up(name: str) -> object:
        if name not in names:
            raise _missing(package, name)
        return _kept(package, name, getattr(import_module(names[name]), name))

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *names})

    return look_up, list_names


def gathered(
    package: str, modules: tuple[str, ...]
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return the `__getattr__` and the `__dir__` of a package that has whatever its modules define.

    A name is listed nowhere: the compiled modules say which of them may define it, and only that
    one is run. `__all__`, for an import of everything, and `__dir__` run all of them.

    Args:
        package: Its `__name__`.
        modules: The modules of the package, by their short names.
    """
    full_names = [f"{package}.{module}" for module in modules]

    def look_up(name: str) -> object:
        if name == "__all__":
            return _kept(package, name, sorted(public()))
        for named_in in (classes_in, mentioned_in):  # a choice has no code of its own
            for module in full_names:
                if name in named_in(module) and name in defined_in(module):
                    return _kept(package, name, getattr(import_module(module), name))
        raise _missing(package, name)

    def public() -> set[str]:
        return {name for module in full_names for name in defined_in(module)}

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *public()})

    return look_up, list_names


@cache
def defined_in(module: str) -> frozenset[str]:
    """Return the names of the public classes and choices that a module defines."""
    return frozenset(
        name
        for name, value in vars(import_module(module)).items()
        if not name.startswith("_")
        and (getattr(value, "__module__", None) == module or get_origin(value) is Literal)
    )


@cache
def classes_in(module: str) -> frozenset[str]:
    """Return the names of the classes and functions of a module, without running it."""
    code = _code_of(module)
    parts = code.co_consts if code is not None else ()
    return frozenset(each.co_name for each in parts if isinstance(each, CodeType))


@cache
def mentioned_in(module: str) -> frozenset[str]:
    """Return the names that a module uses outside of its classes and functions, without running it.

    A module that was compiled to a library has no code to look at, and is run.
    """
    code = _code_of(module)
    return frozenset(code.co_names if code is not None else vars(import_module(module)))


@cache
def _code_of(module: str) -> CodeType | None:
    spec = find_spec(module)
    read: Callable[[str], CodeType | None] | None = getattr(spec and spec.loader, "get_code", None)
    return read(module) if read is not None else None


def _missing(package: str, name: str) -> AttributeError:
    message = f"module {package!r} has no attribute {name!r}"
    return AttributeError(message, name=name, obj=sys.modules[package])


def _kept(package: str, name: str, value: object) -> object:
    """Return a value, and find it at once from now on."""
    setattr(sys.modules[package], name, value)
    return value
