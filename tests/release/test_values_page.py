"""The page of values has every answer, and everything that calls take."""

from __future__ import annotations

import re

from aiogenauth import given, shapes
from tests.release.installed import PROJECT

PAGE = (PROJECT / "docs/reference/values.md").read_text(encoding="utf-8")
WHOLE = set(re.findall(r"automodule:: (aiogenauth\.\w+\.\w+)", PAGE))
SINGLE = set(re.findall(r"autoclass:: aiogenauth\.(\w+)", PAGE))


def is_there(package: object, name: str) -> bool:
    module = getattr(getattr(package, name), "__module__", "typing")  # a Literal has no module
    return name in SINGLE or module in WHOLE or module == "typing"


def test_every_value_is_on_the_page() -> None:
    names = [(package, name) for package in (shapes, given) for name in package.__all__]
    assert len(names) > 100
    assert [name for package, name in names if not is_there(package, name)] == []
