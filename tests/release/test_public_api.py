"""The public names and signatures are what was promised: a change of them is made on purpose."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.release.public_api import broken_promises

LISTING = Path(__file__).with_name("public_api.py")
KEPT = Path(__file__).with_name("public_api.txt")


def test_the_public_names_and_signatures_are_those_that_were_kept() -> None:
    """If the change is meant: `make api`, read the difference, and tell users in changelog.d.

    In a process of its own, as `make api` does: typing takes `Literal["a", "b"]` and `Literal["b", "a"]` for the same
    and shows whichever a process met first.
    """
    made = subprocess.run([sys.executable, LISTING], capture_output=True, text=True, check=True)
    assert broken_promises(KEPT.read_text(encoding="utf-8"), made.stdout) == [], (
        f"{KEPT.name} is stale; if the change is meant: make api, and tell users in changelog.d"
    )


BEFORE = """\
class aiogenauth.AuthenticationClient(PhoneCalls)
    async get_profile(self) -> UserProfile
class aiogenauth.Options()
    timeout: float
class aiogenauth.shapes.Role(Result)
    code: str | None = ...
"""


@pytest.mark.parametrize(
    "line",
    [
        "    async get_profile(self) -> UserProfile\n",
        "class aiogenauth.Options()\n    timeout: float\n",
        "    code: str | None = ...\n",
    ],
)
def test_what_is_gone_or_changed_is_noticed(line: str) -> None:
    gone = [f"promised and not there: {each}" for each in line.splitlines()]
    assert broken_promises(BEFORE, BEFORE.replace(line, "")) == gone


@pytest.mark.parametrize(
    ("after", "more"),
    [
        ("    timeout: float\n", "    retries: int\n"),
        ("    code: str | None = ...\n", "    name: str\n"),
        ("    timeout: float\n", "class aiogenauth.Extra()\n"),
    ],
)
def test_what_is_new_is_noticed(after: str, more: str) -> None:
    found = broken_promises(BEFORE, BEFORE.replace(after, after + more))
    assert found == [f"there and not promised: {more[:-1]}"]


@pytest.mark.parametrize(
    ("after", "more"),
    [
        ("-> UserProfile\n", "    async get_points(self) -> Points\n"),
        ("= ...\n", "class aiogenauth.shapes.Points(Result)\n    points: int\n"),
        ("= ...\n", "aiogenauth.given.Kind = typing.Literal['a']\n"),
    ],
)
def test_a_new_call_is_promised_with_the_next_release(after: str, more: str) -> None:
    assert broken_promises(BEFORE, BEFORE.replace(after, after + more)) == []
