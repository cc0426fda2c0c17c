"""Imports the names of a package when they are first used.

Building a class of attrs takes half a millisecond, so a hundred shapes would double the time that
`import aiogenauth` takes. A process needs a few of them, and imports those few.

Write `if not TYPE_CHECKING:` around the use of this module: a `__getattr__` that a type checker
sees turns off the checking of every import from the package.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


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
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=sys.modules[package])
        value: object = getattr(import_module(names[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *names})

    return look_up, list_names
