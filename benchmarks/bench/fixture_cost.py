"""What the fixture costs a test: one that asks for ``genauth_server`` and makes a user, beside an empty one.

Both sorts of test run in turn in one pytest, whose conftest measures each from setup to teardown; processor time has
the server's thread in it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TESTS = 400
"""How many of each sort; the first tenth warms up."""

ROUNDS = 5
"""How many runs; the best one counts: what else the machine does makes a test slower, never faster."""

_TESTS = """
import pytest

@pytest.mark.parametrize("number", range({tests}))
class TestInTurn:
    def test_empty(self, number):
        pass

    def test_with_a_user(self, number, genauth_server):
        genauth_server.new_user()
"""

_CONFTEST = """
import json
import time
import pytest

SECONDS = {"test_empty": [], "test_with_a_user": []}

def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.callspec.params["number"])

@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    wall, processor = time.perf_counter(), time.process_time()
    yield
    taken = time.perf_counter() - wall, time.process_time() - processor
    SECONDS[item.originalname].append(taken)

def pytest_sessionfinish(session):
    with open("seconds.json", "w") as file:
        json.dump(SECONDS, file)
"""

Seconds = dict[str, list[tuple[float, float]]]


def fixture_cost(scratch: Path) -> dict[str, float]:
    """A test with the fixture and a new user, beside an empty one."""
    (scratch / "conftest.py").write_text(_CONFTEST)
    (scratch / "test_in_turn.py").write_text(_TESTS.format(tests=TESTS))
    rounds = [_more_than_empty(_run(scratch)) for _ in range(ROUNDS)]
    wall = min(wall for wall, _ in rounds)
    processor = min(processor for _, processor in rounds)
    return {
        "fixture and a new user, more than an empty test, ms": wall * 1000,
        "fixture and a new user, more than an empty test, processor ms": processor * 1000,
    }


def _more_than_empty(seconds: Seconds) -> tuple[float, float]:
    """Return how much more a test with a user takes: seconds, and seconds of processor time."""
    warm = {name: taken[TESTS // 10 :] for name, taken in seconds.items()}
    empty, user = warm["test_empty"], warm["test_with_a_user"]
    wall, processor = (
        statistics.median(taken[kind] for taken in user)
        - statistics.median(taken[kind] for taken in empty)
        for kind in range(2)
    )
    return wall, processor


def _run(scratch: Path) -> Seconds:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GENAUTH_")}
    without = [
        word for name in ("cacheprovider", "randomly", "asyncio") for word in ("-p", f"no:{name}")
    ]
    command = [sys.executable, "-m", "pytest", "-q", *without]
    subprocess.run(
        [*command, "-c", os.devnull, "--rootdir", str(scratch), str(scratch)],
        stdout=subprocess.DEVNULL,
        check=True,
        cwd=scratch,
        env={**own, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    seconds: Seconds = json.loads((scratch / "seconds.json").read_text())
    return seconds
