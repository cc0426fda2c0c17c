"""The page of values has every answer, and everything that calls take: most of it is found while the site is built."""

from __future__ import annotations

import re

import aiogenauth
from tests.release.installed import PROJECT

PAGE = (PROJECT / "docs/reference/values.md").read_text(encoding="utf-8")


def test_the_values_of_every_module_are_on_the_page() -> None:
    assert re.findall(r"^```\{values\} (\w+)\n```$", PAGE, re.MULTILINE) == ["shapes", "given"]


def test_values_that_stand_alone_are_there() -> None:
    """They are left out of their modules."""
    alone = re.findall(r"autoclass:: aiogenauth\.(\w+)", PAGE)
    assert len(alone) == len(set(alone)) > 10
    assert set(alone) <= set(aiogenauth.__all__)
