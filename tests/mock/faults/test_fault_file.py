"""The file with faults that are there from the start: what it may say, and what a mistake in it is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.faults.fault_file import read_faults

if TYPE_CHECKING:
    from pathlib import Path


def test_fault_file_is_toml_or_json(tmp_path: Path) -> None:
    toml = tmp_path / "faults.toml"
    toml.write_text('[[faults]]\nappId = "mine"\nroute = "bind-phone"\nkind = "reset"\ntimes = 1\n')
    listed = tmp_path / "faults.json"
    listed.write_text(json.dumps([{"route": "bind-phone", "kind": "reset", "times": 1}]))
    [from_toml] = read_faults(toml)
    [from_json] = read_faults(listed)
    assert (from_toml.app_id, from_json.app_id) == ("mine", None)
    assert from_toml.route == from_json.route == "/api/v3/bind-phone"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", "[[faults]", "is not TOML"),
        ("a.json", "[", "is not JSON"),
        ("a.json", "3", "must have a list named faults"),
        ("a.json", "[3]", "faults[0]: must be a table of fields"),
        ("a.toml", "[[fault]]\n", "unknown field 'fault'; expected one of: faults"),
        ("a.toml", '[[faults]]\nkind = "nap"\n', "faults[0].kind must be one of"),
        ("a.toml", '[[faults]]\nkind = "drop"\nappId = 3\n', "faults[0].appId must be a string"),
    ],
)
def test_fault_file_with_a_mistake_names_file_and_fault(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InvalidInput) as refused:
        read_faults(path)
    assert str(refused.value).startswith(f"{path}: {said}")


def test_fault_file_that_is_missing_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        read_faults(tmp_path / "nowhere.toml")
