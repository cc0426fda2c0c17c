"""The table of imitated calls, gathered from the modules in `genauth_mock.api.groups`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final, cast

from genauth_mock.api import groups

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genauth_mock.api.call import Call


def _discovered() -> Iterator[Call]:
    for module in iter_modules(groups.__path__):
        group = import_module(f"{groups.__name__}.{module.name}")
        yield from cast("tuple[Call, ...]", group.CALLS)


CALLS: Final = tuple(_discovered())
"""Every imitated call."""

ISSUING: Final = frozenset(
    call.path
    for call in CALLS
    if call.signs or call.path.startswith(("/oidc/", "/oauth/", "/.well"))
)
"""The paths of the calls that name the issuer of tokens: for these it counts how the server was reached."""
