"""The public names and signatures are what was promised: a change of them is made on purpose."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.release.installed import PROJECT
from tests.release.public_api import broken_promises, unpromised_calls

LISTING = Path(__file__).with_name("public_api.py")
KEPT = Path(__file__).with_name("public_api.txt")


@pytest.fixture(scope="module")
def made() -> str:
    """Return what the public names are now.

    Listed in a process of its own, as `make api` does: typing takes `Literal["a", "b"]` and `Literal["b", "a"]` for the
    same and shows whichever a process met first.
    """
    return subprocess.run(
        [sys.executable, LISTING], capture_output=True, text=True, check=True
    ).stdout


def test_the_public_names_and_signatures_are_those_that_were_kept(made: str) -> None:
    """If the change is meant: `make api`, read the difference, and tell users in changelog.d."""
    assert broken_promises(KEPT.read_text(encoding="utf-8"), made) == [], (
        f"{KEPT.name} is stale; if the change is meant: make api, and tell users in changelog.d"
    )


def test_users_learn_of_a_new_call(made: str) -> None:
    fragments = (PROJECT / "changelog.d").glob("+*.md")
    words = "".join(each.read_text(encoding="utf-8") for each in fragments)
    new = [f"`{name}`" for name in unpromised_calls(KEPT.read_text(encoding="utf-8"), made)]
    assert [name for name in new if name not in words] == [], "name them in a file of changelog.d"


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


def test_fields_in_another_order_are_noticed() -> None:
    fields = "    timeout: float\n", "    retries: int\n"
    head = "class aiogenauth.Options()"
    before, after = (f"{head}\n{''.join(each)}" for each in (fields, reversed(fields)))
    assert broken_promises(before, after) == [f"promised in another order: {head}"]


def test_a_new_call_is_found_by_its_name() -> None:
    after = "-> UserProfile\n"
    more = "    async get_points(self, page: int | None = None) -> Points\n    old [property]\n"
    assert unpromised_calls(BEFORE, BEFORE.replace(after, after + more)) == ["get_points", "old"]
