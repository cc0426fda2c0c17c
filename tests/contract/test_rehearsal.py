"""A rehearsal plays the whole live run against a stand-in, and nothing fails that would not fail live."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from genauth_contract.cli.compare import mock_now
from genauth_contract.records.drift import compare
from genauth_contract.records.recording import read_recording
from genauth_contract.scenarios import every_scenario
from genauth_contract.session.exit_codes import ExitCode
from tests.contract.support.world import contract

STEP = ("--resume", "done.jsonl", "-k", "a_texted_code_binds or a_used_code_is_refused")


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run where somebody configured a deployment and a proxy, which a rehearsal leaves alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENAUTH_APP_HOST", "https://genauth.invalid")
    monkeypatch.setenv("HTTPS_PROXY", "http://genauth.invalid:3128")


def test_a_rehearsal_of_everything_has_no_failure_and_leaves_recording_and_report(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nor does its recording differ from the mock: what a lent account has or did is no difference."""
    done = contract("rehearse", "--json", "run.json")
    said = done.output + "".join(capfd.readouterr())
    assert done.exit_code == 0, said
    playable = {one.name for one in every_scenario() if not one.mock_only}
    recording = read_recording(tmp_path / "genauth-rehearsal.json")
    assert recording.scenarios.keys() == playable
    assert recording.kind == "loopback"
    assert compare([recording, mock_now(playable)], ["rehearsal", "mock"]).differences == ()
    assert f"{len(playable)}/{len(playable)} passed: " in said
    assert "may be texted again: 60 s, skipped" in said
    run = json.loads((tmp_path / "run.json").read_text())
    assert not run["notes"]
    assert "genauth-contract rehearse -o genauth-rehearsal.json" in dict(run["facts"])["Command"]
    shown = (tmp_path / "genauth-rehearsal.html").read_text()
    assert "<dd>https://127.0.0.1:" in shown
    assert not (tmp_path / "genauth-contract-ledger.json").exists()


def test_a_rehearsal_in_steps_has_one_recording_and_the_exit_codes_of_a_run(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = contract("rehearse", *STEP, "--max-sms", 2)
    assert first.exit_code == ExitCode.BUDGET_SPENT, first.output
    recorded = tmp_path / "genauth-rehearsal.json"
    assert len(read_recording(recorded).scenarios) == 1
    assert contract("rehearse", *STEP).exit_code == 0
    assert len(read_recording(recorded).scenarios) == 2
    capfd.readouterr()
    nothing_left = contract("rehearse", *STEP)
    assert nothing_left.exit_code == 0, nothing_left.output
    assert "2 passed in an earlier run" in nothing_left.output + "".join(capfd.readouterr())
    assert len(read_recording(recorded).scenarios) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[]", "is not a recording that --resume could add to"),
        (
            '{"format": 1, "kind": "private", "recordedOn": "2026-01-01", "scenarios": {}}',
            "is not a recording of this kind of target (loopback), but of another one (private)",
        ),
    ],
    ids=["something else", "another target"],
)
def test_a_recording_that_cannot_be_added_to_is_told_before_anything_is_sent(
    content: str, why: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    recorded = tmp_path / "genauth-rehearsal.json"
    recorded.write_text(content)
    refused = contract("rehearse", *STEP)
    assert refused.exit_code == ExitCode.MISCONFIGURED
    said = refused.output + "".join(capfd.readouterr())
    assert f"genauth-rehearsal.json {why}" in said
    assert "passed" not in said
    assert recorded.read_text() == content


def test_the_plan_of_a_rehearsal_is_that_of_a_live_run(capfd: pytest.CaptureFixture[str]) -> None:
    planned = contract("rehearse", "--plan", "-k", "a texted code binds")
    assert planned.exit_code == 0
    assert "2 texts, 7 calls" in planned.output + "".join(capfd.readouterr())


def test_a_scenario_that_breaks_is_told_with_where(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not a failure of the target: the results have no row of it."""

    def broken(*_: object) -> None:
        msg = "a slip in a scenario"
        raise ZeroDivisionError(msg)

    monkeypatch.setattr("genauth_contract.play.context.World.fresh_phone", broken)
    done = contract("run", "-k", "a texted code binds the phone")
    assert done.exit_code == 1
    assert "ZeroDivisionError: a slip in a scenario" in done.output + "".join(capfd.readouterr())


def test_nothing_of_pytest_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    nothing = contract("run", "-k", "no such words")
    assert nothing.exit_code == ExitCode.NOTHING_CHOSEN
    said = nothing.output + "".join(capfd.readouterr())
    assert said == (
        "genauth-contract: no scenario fits -k; `genauth-contract list` prints their names\n"
    )
