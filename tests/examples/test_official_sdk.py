"""The page about moving over tells the truth: of the official SDK, and of the tests that it names."""

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import genauth  # type: ignore[import-untyped]
import pytest

from aiogenauth import AuthenticationClient

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "migration.md").read_text(encoding="utf-8")

SHOWN = {
    "refusals": r"bind_phone returned {'statusCode': 499, 'apiCode': 2001, .*}",
    "error-pages": r"bind_phone raised JSONDecodeError - .*",
    "tls": r"use_unverified_ssl=False: a self-signed server got token-of-ann\n"
    r"use_unverified_ssl=True: a self-signed server got token-of-ann",
    "timeout": r"timeout=0\.2: bind_phone returned after [1-9]\d*\.\d s",
    "tokens": r"[1-9]\d* of 50 binds carried the token of another user",
    "connections": r"5 calls, 5 connections",
    "redirects": r'another server got {"passCode": "123456", .*}',
    "lost-answers": r"arrived: requests\.exceptions\.ConnectionError\n"
    r"never sent: requests\.exceptions\.ConnectionError",
    "client-secret-basic": r"authorization header of the sign-in: None",
    "booleans": r"GET /api/v3/get-profile\?withCustomData=True",
    "types": r"0 of \d+ methods annotated, py\.typed: False",
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_said_about_the_official_sdk_can_be_seen(name: str, tmp_path: Path) -> None:
    """Runs a copy outside of the project, for a second or two where a time is what is shown."""
    program = shutil.copy(PROJECT / "examples" / "official_sdk.py", tmp_path)
    done = subprocess.run(
        [sys.executable, program, name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    assert re.fullmatch(SHOWN[name], done.stdout.strip())


def test_the_page_names_everything_that_there_is_to_see() -> None:
    rows = [line.split("|") for line in PAGE.splitlines() if "`pytest tests/" in line]
    assert [row[3].strip(" `") for row in rows] == list(SHOWN)


CALLS = re.findall(r"^\| `(\w+)\((.*)\)`", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("name", "parameters"), CALLS, ids=[name for name, _ in CALLS])
def test_names_and_order_of_parameters_are_the_official_ones(name: str, parameters: str) -> None:
    if name == "set_access_token":
        with pytest.raises(AttributeError, match="as_user"):
            AuthenticationClient("app", "https://x.example").set_access_token("token")
        return
    theirs, ours = genauth.AuthenticationClient, AuthenticationClient
    if name == "AuthenticationClient":
        name = "__init__"
    documented = parameters.split(", ") if parameters else []
    expected = _parameters(getattr(theirs, name))[: len(documented)]
    assert documented == expected
    assert _parameters(getattr(ours, name))[: len(expected)] == expected


def _parameters(function: object) -> list[str]:
    assert callable(function)
    return [each for each in inspect.signature(function).parameters if each != "self"]
