"""Every fault that docs/faults.md shows can be armed, and every field that there is, it names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from genauth_mock.faults.fault import Kind
from genauth_mock.faults.fault_file import read_faults
from genauth_mock.faults.json_format import FIELDS

if TYPE_CHECKING:
    import aiohttp

PAGE: Final = (Path(__file__).parents[3] / "docs" / "faults.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Give the page's blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", blocks("json"))
async def test_what_the_page_shows_can_be_armed(http: aiohttp.ClientSession, block: str) -> None:
    given = json.loads(block)
    async with http.post("/_mock/faults", json=given) as reply:
        assert reply.status == 200
    async with http.get("/_mock/faults") as reply:
        armed = (await reply.json())["faults"]
    assert len(armed) == len(given.get("faults", [given]))


def test_fault_file_of_the_page_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "faults.toml"
    [block] = blocks("toml")
    path.write_text(block)
    assert [fault.app_id for fault in read_faults(path)] == [None, "slow-app"]


@pytest.mark.parametrize("name", sorted({*FIELDS, *Kind}))
def test_page_names_every_field_and_kind(name: str) -> None:
    assert f"`{name}`" in PAGE
