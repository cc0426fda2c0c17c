"""Seeds and faults in YAML: as in TOML, with their mistakes named."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.faults.fault_file import read_faults
from genauth_mock.seeds.seed_file import read_seed

if TYPE_CHECKING:
    from pathlib import Path

SEED = """\ufeff
settings: {passCodeLength: 4}
users:
  - username: ada
    phoneNumber: "8618812348888"
    customData: {born: 2026-01-01, scores: [1, 2.5], likes: null}
apps:
  - appId: other
    users: [{username: bob}]
"""


def written(tmp_path: Path, text: str, name: str = "seed.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["seed.yaml", "seed.yml"])
def test_seed_in_yaml_is_read(tmp_path: Path, name: str) -> None:
    seed = read_seed(written(tmp_path, SEED, name), "app")
    assert seed.settings.pass_code_length == 4
    [ada] = seed.apps["app"].users
    assert ada.phone is not None
    assert ada.phone.key == "+8618812348888"
    custom = {"born": "2026-01-01", "scores": [1, 2.5], "likes": None}
    assert ada.profile["customData"] == custom
    assert [user.username for user in seed.apps["other"].users] == ["bob"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("users: [", "is not YAML: while parsing"),
        ("users: []\nusers: []", "the name 'users' is there twice"),
        ("users: [{username: ada, username: bob}]", "the name 'username' is there twice"),
        ("users: [{1: ada}]", "the name '1' must be a text"),
        ("users: [{username: no}]", "users[0].username must be a string"),
        ("users: [{phoneNumber: 18812348888}]", "users[0].phoneNumber must be a string"),
        ("users: [{usrname: ada}]", "usrname"),
        ("users: &all [*all]", "is nested without end"),
        ("users: [{customData: {x: .inf}}]", "inf is not a number of JSON"),
        ("users: !!python/object/apply:os.getcwd []", "is not YAML"),
        ("- username: ada", "must be an object with users, apps"),
        ("5", "must be an object with users, apps"),
    ],
)
def test_mistake_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InvalidInput) as raised:
        read_seed(path, "app")
    assert problem in str(raised.value)
    assert str(path) in str(raised.value)


def test_faults_in_yaml_are_read(tmp_path: Path) -> None:
    text = "faults:\n  - {route: send-sms, httpStatus: 503, times: 1}\n"
    [fault] = read_faults(written(tmp_path, text, "faults.yml"))
    assert (fault.route, fault.times) == ("/api/v3/send-sms", 1)


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(InvalidInput, match="pip install pyyaml"):
        read_seed(written(tmp_path, SEED), "app")


def test_empty_file_is_an_empty_seed(tmp_path: Path) -> None:
    assert not read_seed(written(tmp_path, "# nothing yet\n"), "app").apps


@pytest.mark.parametrize("text", ["[]", "null", '"users"'])
def test_seed_in_json_that_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput, match="must be an object with users"):
        read_seed(written(tmp_path, text, "seed.json"), "app")
