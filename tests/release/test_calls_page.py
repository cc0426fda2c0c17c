"""The page that lists calls by what one wants to do has all of them, and says who needs a user."""

import inspect
import re
from typing import Final

import pytest

from aiogenauth import AuthenticationClient
from aiogenauth.protocol import Auth, Endpoint
from tests.release.installed import PROJECT

ROWS: Final = re.findall(
    r"^\| (?!I want)[^|]+ \| ([^|]+) \| (u?) ?\|$",
    (PROJECT / "docs/reference/calls.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
NEEDS: Final = {name: mark == "u" for calls, mark in ROWS for name in re.findall(r"`(\w+)`", calls)}
"""By call: whether the page says that it needs a user."""

SETS_UP: Final = {"as_user", "with_options", "warm_up", "aclose"}
"""Methods that make no call."""


def methods() -> set[str]:
    found = inspect.getmembers(AuthenticationClient, inspect.isfunction)
    return {name for name, _ in found if not name.startswith("_")} - SETS_UP


def test_every_call_is_on_the_page_once() -> None:
    named = [name for calls, _ in ROWS for name in re.findall(r"`(\w+)`", calls)]
    assert sorted(named) == sorted(methods())


def endpoints() -> dict[str, Endpoint]:
    """Find the endpoints of all calls, which are constants of the modules that have them."""
    modules = {inspect.getmodule(each) for each in AuthenticationClient.__mro__}
    values = [value for module in modules if module is not None for value in vars(module).values()]
    return {each.name: each for each in values if isinstance(each, Endpoint)}


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_a_call_that_needs_a_user_is_marked(name: str) -> None:
    endpoint = endpoints().get(name)
    assert NEEDS[name] == (endpoint is not None and endpoint.auth is Auth.REQUIRED)
