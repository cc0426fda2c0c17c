"""A mock that lies in one point does not pass; the same mock passes when it does not lie."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing

import httpx
import pytest
from click.testing import CliRunner

from genauth_contract.api import http
from genauth_contract.cli.main import main
from genauth_contract.play.run import Layer, Result, Run
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets.kinds import DrivenTarget, fresh_app_ids
from tests.contract.support.mutants import (
    NAMED,
    SPOILS,
    Spoil,
    a_used_code_works_again,
    spare,
)
from tests.contract.support.world import DOCUMENT

SCENARIOS = {scenario.name: scenario for scenario in every_scenario()}

CAUGHT_BY = sorted({name for _, name in SPOILS.values()})
"""Every scenario that has to notice a lie."""


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with closing(http.client_of_own_mock()) as made:
        yield made


def failures(url: str, names: list[str], client: httpx.Client) -> list[Result]:
    """Play scenarios, and give those that failed."""
    target = DrivenTarget(url, client, is_strict=False, app_ids=fresh_app_ids())
    run = Run(target, DOCUMENT, {Layer.WIRE: lambda app: http.Wire(client, app)})
    played = [SCENARIOS[name] for name in names if not target.why_not(SCENARIOS[name])]
    assert played
    results = [run.play(scenario, Layer.WIRE) for scenario in played]
    return [result for result in results if not result.passed]


@pytest.mark.parametrize(("spoil", "caught_by"), SPOILS.values(), ids=SPOILS.keys())
def test_a_spoiled_mock_fails(
    spoil: Spoil, caught_by: str, spoiled: Callable[[Spoil], str], client: httpx.Client
) -> None:
    assert failures(spoiled(spoil), [caught_by], client)


def test_an_honest_mock_passes_through_the_same_proxy(
    spoiled: Callable[[Spoil], str], client: httpx.Client
) -> None:
    """Each of the scenarios that notice a lie: what they notice is the lie."""
    assert failures(spoiled(spare), CAUGHT_BY, client) == []


@pytest.mark.parametrize(("spoil", "caught_by"), NAMED.values(), ids=NAMED.keys())
def test_the_command_fails_on_a_spoiled_mock(
    spoil: Spoil, caught_by: str, spoiled: Callable[[Spoil], str]
) -> None:
    arguments = ["run", "--target", spoiled(spoil), "-k", f"test_wire and {caught_by}"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert "failed: 1" in done.output


@pytest.mark.parametrize(
    ("spoil", "exit_code"), [(spare, 0), (a_used_code_works_again, 1)], ids=["honest", "spoiled"]
)
def test_a_run_of_many_tells_a_spoiled_mock_by_its_exit_code(
    spoil: Spoil, exit_code: int, spoiled: Callable[[Spoil], str]
) -> None:
    """Most of them pass all the same; over the wire and through the SDK."""
    command = [sys.executable, "-m", "genauth_contract", "run", "--target", spoiled(spoil)]
    done = subprocess.run(
        [*command, "-k", "code and phone or used_code"], capture_output=True, text=True, check=False
    )
    assert done.returncode == exit_code, done.stdout
    assert "passed: " in done.stdout
