"""The page that lists calls by what one wants to do names each once, and says who needs a user.

A call that no row names is in its last table, which is made of the client while the site is built.
"""

import inspect
import re
from typing import Final

import pytest

from aiogenauth import AuthenticationClient
from aiogenauth.protocol import Auth, Endpoint
from tests.release.installed import PROJECT

PAGE: Final = (PROJECT / "docs/reference/calls.md").read_text(encoding="utf-8")
ROWS: Final = re.findall(r"^\| (?!I want)[^|]+ \| ([^|]+) \| (u?) ?\|$", PAGE, re.MULTILINE)
NEEDS: Final = {name: mark == "u" for calls, mark in ROWS for name in re.findall(r"`(\w+)`", calls)}
"""By call: whether the page says that it needs a user."""

SETS_UP: Final = {"as_user", "with_options", "warm_up", "aclose"}
"""Methods that make no call."""


def methods() -> set[str]:
    found = inspect.getmembers(AuthenticationClient, inspect.isfunction)
    return {name for name, _ in found if not name.startswith("_")} - SETS_UP


def test_every_row_names_calls_that_are_there_and_no_call_is_named_twice() -> None:
    named = [name for calls, _ in ROWS for name in re.findall(r"`(\w+)`", calls)]
    assert len(named) > 100
    assert [name for name in named if named.count(name) > 1 or name not in methods()] == []


def test_the_page_ends_with_every_call() -> None:
    assert PAGE.rstrip().endswith("```{every-call}\n```")


def endpoints() -> dict[str, Endpoint]:
    """Find the endpoints of all calls, which are constants of the modules that have them."""
    modules = {inspect.getmodule(each) for each in AuthenticationClient.__mro__}
    values = [value for module in modules if module is not None for value in vars(module).values()]
    return {each.name: each for each in values if isinstance(each, Endpoint)}


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_a_call_that_needs_a_user_is_marked(name: str) -> None:
    endpoint = endpoints().get(name)
    assert NEEDS[name] == (endpoint is not None and endpoint.auth is Auth.REQUIRED)
