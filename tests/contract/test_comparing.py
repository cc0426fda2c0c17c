"""Recordings are held against each other and against the mock, by the commands `diff` and `replay`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from genauth_contract.cli.compare import mock_now
from genauth_contract.records.recording import Recording
from genauth_contract.scenarios import every_scenario
from tests.contract.support.world import TAKEN, contract


def test_the_mock_replayed_against_itself_does_not_differ(tmp_path: Path) -> None:
    """In what only a mock can be brought to; with all else, `test_rehearsal.py` compares a whole rehearsal."""
    path = tmp_path / "mock.json"
    path.write_text(mock_now({one.name for one in every_scenario() if one.mock_only}).to_json())
    replayed = contract("replay", path)
    assert replayed.exit_code == 0, replayed.output
    assert "0 differ" in replayed.output


def test_replay_says_where_the_mock_differs_from_live_and_teaches_it(
    live_recording: Path, tmp_path: Path
) -> None:
    learned = tmp_path / "learned.json"
    replayed = contract("replay", live_recording, "--learn", learned)
    assert replayed.exit_code == 21, replayed.output
    assert "mock drifted" in replayed.output
    assert json.loads(learned.read_text())["answers"]["PHONE_TAKEN"]["apiCode"] == 2035


def test_recordings_of_a_run_in_steps_are_compared_together(
    live_recording: Path, mock_recording: Recording, tmp_path: Path
) -> None:
    """Without the second step, what the first one has is all that is compared."""
    content = json.loads(mock_recording.to_json())
    more = "a_used_code_is_refused"
    step = {**content, "kind": "private", "scenarios": {more: content["scenarios"][more]}}
    second = tmp_path / "second.json"
    second.write_text(json.dumps(step))
    assert "1 scenarios" in contract("diff", live_recording, "mock").output
    both = contract("diff", live_recording, "mock", "--join", second)
    assert both.exit_code == 21
    assert "2 scenarios" in both.output
    refused = contract("diff", "mock", live_recording, "--join", second)
    assert refused.exit_code == 4
    assert "--join adds to the first set of answers" in refused.output


def test_known_differences_are_accepted_until_they_expire(
    live_recording: Path, tmp_path: Path
) -> None:
    known = tmp_path / "known.toml"
    entry = (
        f'[[known]]\nscenario = "{TAKEN}"\npath = "apiCode"\nreason = "asked"\n'
        "opened = 2026-01-01\nexpires = "
    )
    known.write_text(f"{entry}2999-01-01\n")
    assert contract("replay", live_recording, "--known", known).exit_code == 0
    known.write_text(f"{entry}2026-01-02\n")
    expired = contract("replay", live_recording, "--known", known)
    assert expired.exit_code == 21
    assert "expired" in expired.output


def test_known_differences_may_be_of_two_deployments(live_recording: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(live_recording.read_text().replace("2035", "1320004"))
    compared = ("diff", before, live_recording)
    assert contract(*compared).exit_code == 21
    known = tmp_path / "known.toml"
    known.write_text(
        f'[[known]]\nscenario = "{TAKEN}"\npath = "apiCode"\nreason = "asked"\n'
        "opened = 2026-01-01\nexpires = 2999-01-01\n"
    )
    assert contract(*compared, "--known", known).exit_code == 0


def test_a_known_difference_that_is_gone_fails(live_recording: Path, tmp_path: Path) -> None:
    content = json.loads(live_recording.read_text())
    content["scenarios"] = {}
    live_recording.write_text(json.dumps(content))
    known = tmp_path / "known.toml"
    known.write_text(
        f'[[known]]\nscenario = "{TAKEN}"\npath = "apiCode"\nreason = "asked"\n'
        "opened = 2026-01-01\nexpires = 2999-01-01\n"
    )
    gone = contract("replay", live_recording, "--known", known)
    assert gone.exit_code == 25
    assert "remove the entry" in gone.output


def test_three_ways_tell_that_the_mock_drifted(live_recording: Path) -> None:
    compared = contract("diff", live_recording, live_recording, "mock")
    assert compared.exit_code == 21
    assert "live now" in compared.output
    assert "mock drifted" in compared.output


def test_wordings_alone_have_an_exit_code_of_their_own(
    mock_recording: Recording, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    one.write_text(mock_recording.to_json())
    other.write_text(mock_recording.to_json().replace("该手机号已被绑定", "已被绑定"))
    assert contract("diff", one, other).exit_code == 23


@pytest.mark.parametrize("command", ["diff", "learn"])
def test_something_that_is_no_recording_is_a_usage_error(command: str, tmp_path: Path) -> None:
    path = tmp_path / "something.json"
    path.write_text("no")
    further = ["mock"] if command == "diff" else ["-o", tmp_path / "table.json"]
    refused = contract(command, path, *further)
    assert refused.exit_code in (2, 4)
    assert "something.json is not a recording" in refused.output


def test_one_set_of_answers_cannot_be_compared(live_recording: Path) -> None:
    assert contract("diff", live_recording).exit_code == 4
