"""The matrix of what each call can end with: whole, fresh and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genauth_contract.api.openapi import declared
from genauth_contract.cli import matrix as command
from genauth_contract.cli.matrix import Emitted, gaps, matrix
from genauth_contract.records.ledger import Ledger
from tests.contract.support.world import contract

ROOT = Path(__file__).parents[2]


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


def test_the_matrix_in_the_docs_is_fresh_and_has_no_gaps() -> None:
    checked = contract("matrix", "--check", ROOT / "docs/matrix.md")
    assert checked.exit_code == 0, checked.output


def test_a_stale_matrix_is_told_and_a_new_one_written(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("old")
    checked = contract("matrix", "--check", old, "-o", new)
    assert checked.exit_code == 1
    assert "is not the matrix" in checked.output
    assert new.read_text() == (ROOT / "docs/matrix.md").read_text()


def test_the_matrix_is_printed() -> None:
    assert "| bind-phone | PHONE_TAKEN |" in contract("matrix").stdout


def test_what_has_no_scenario_is_a_gap() -> None:
    emitted = Emitted(frozenset({"TEA"}), frozenset({418, 2001}))
    found = gaps(matrix([], Ledger()), emitted, declared(), {2001})
    assert "no scenario ends in TEA" in found
    assert "the SDK knows apiCode 418, which no scenario tests" in found
    assert not any("2001" in one for one in found)
    assert (
        "no scenario of bind-phone ends in PHONE_TAKEN, as its Endpoint says: add one in {SCENARIOS}"
        in found
    )
