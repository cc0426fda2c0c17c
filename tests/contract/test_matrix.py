"""The matrix of what each call can end with: whole, fresh and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from genauth_contract.api.openapi import declared
from genauth_contract.cli import matrix as command
from genauth_contract.cli.matrix import ADVICE, Emitted, gaps, matrix
from genauth_contract.records.ledger import Ledger
from genauth_contract.session.exit_codes import ExitCode
from tests.contract.support.world import contract


@pytest.fixture(autouse=True, scope="module")
def _played_once() -> Iterator[None]:
    """Let every test of this module look at one playing of the scenarios, and at one rehearsal."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_played", "plan"):
            patch.setattr(command, name, _remembered(getattr(command, name)))
        yield


def _remembered(play: Callable[..., object]) -> Callable[..., object]:
    kept: list[object] = []

    def remembered(*given: object) -> object:
        if not kept:
            kept.append(play(*given))
        return kept[0]

    return remembered


def test_every_outcome_of_every_operation_has_a_scenario(printed: Result) -> None:
    assert printed.stderr == ""
    assert printed.exit_code == 0


def test_the_matrix_is_printed(printed: Result) -> None:
    assert "| bind-phone | PHONE_TAKEN |" in printed.stdout


def test_a_stale_matrix_is_told_and_a_new_one_written(tmp_path: Path, printed: Result) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("old")
    checked = contract("matrix", "--check", old, "-o", new)
    assert checked.exit_code == 1
    assert "is not the matrix" in checked.output
    assert new.read_text() == printed.stdout
    assert contract("matrix", "--check", new).exit_code == 0


def test_a_matrix_that_could_not_be_written_is_not_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(command, "play_matrix")
    (tmp_path / "file").touch()
    refused = contract("matrix", "-o", tmp_path / "file" / "new.md")
    assert refused.exit_code == ExitCode.CANNOT_WRITE
    assert "new.md cannot be written: " in refused.output


@pytest.fixture(scope="module")
def printed() -> Result:
    return contract("matrix")


def test_what_has_no_scenario_is_a_gap() -> None:
    emitted = Emitted(frozenset({"TEA"}), frozenset({418, 2001}))
    found = gaps(matrix([], Ledger()), emitted, declared(), {2001})
    assert "no scenario ends in TEA" in found
    assert "the SDK knows apiCode 418, which no scenario tests" in found
    assert not any("2001" in one for one in found)
    assert f"no scenario of bind-phone ends in PHONE_TAKEN, as its Endpoint says: {ADVICE}" in found
