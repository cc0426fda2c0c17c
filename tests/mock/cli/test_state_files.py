"""``--load`` and ``--dump-at-exit``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.mock.support.command import first_line, get, post, said, started
from tests.mock.support.http import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("no_options_from_the_environment")


def test_every_app_lives_on_in_the_next_server(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    options = ("serve", "--port", "0", "--load", str(file), "--dump-at-exit", str(file))
    keys: list[object] = []
    for turn in range(2):
        with started(*options) as process:
            url = first_line(process).removeprefix("genauth-mock listening on ").rstrip("\n")
            for app in ("", "?appId=other"):
                if turn == 0:
                    post(f"{url}/_mock/users{app}", {"username": "ada"})
                users: Any = get(f"{url}/_mock/users{app}")["users"]
                assert [user["username"] for user in users] == ["ada"]
            keys.append(get(f"{url}/oidc/.well-known/jwks.json")["keys"])
            process.terminate()
            _, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, errors) == (0, "")
    assert keys[0] == keys[1]
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [("{", "is not JSON"), ("{}", "this is not a state"), (json.dumps([1]), "this is not a state")],
)
def test_a_file_that_is_no_state_ends_the_start(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(content)
    with started("serve", "--port", "0", "--load", str(file)) as process:
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert f"--load {file}" in errors
    assert problem in errors


def test_a_place_that_is_not_there_is_refused_at_the_start(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere" / "state.json")
    for option, problem in (("--dump-at-exit", "cannot be written"), ("--load", "cannot be read")):
        with started("serve", "--port", "0", option, nowhere) as process:
            _, errors = process.communicate(timeout=PATIENCE)
        assert (process.returncode, problem in errors) == (2, True)
    several = ("--workers", "2", "--store", "redis://localhost", "--load", nowhere)
    assert "for one worker" in said("serve", *several, exit_code=2)
