"""What a recording of a deployment teaches the mock, and what it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from genauth_contract.records.learned import learned
from genauth_contract.records.recording import RecordedScenario, Recording
from genauth_mock.runtime.options import Options
from genauth_mock.seeds.profile_file import named_profile
from genauth_mock.server.launch import running_in_thread
from tests.contract.support.world import (
    TAKEN,
    a_drift,
    changed,
    contract,
    recorded,
)


def test_a_profile_of_what_live_taught_is_written(live_recording: Path, tmp_path: Path) -> None:
    table = tmp_path / "learned.json"
    assert contract("learn", live_recording, "-o", table).exit_code == 0
    profile = json.loads(table.read_text())
    assert sorted(profile["answers"]) == ["OK", "PHONE_TAKEN"]
    assert profile["envelope"]["idField"] == "requestId"


def test_a_mock_that_learned_from_live_no_longer_differs(
    live_recording: Path, tmp_path: Path
) -> None:
    table = tmp_path / "learned.json"
    contract("learn", live_recording, "-o", table)
    with running_in_thread(Options(profile=str(table))) as taught:
        contract(
            "record", "-o", tmp_path / "taught.json", "--target", taught.url, "-k", TAKEN
        )  # fmt: skip
    compared = contract("diff", live_recording, tmp_path / "taught.json")
    assert compared.exit_code == 0, compared.output


@pytest.mark.parametrize("words", [["learn", "-o"], ["diff", "mock", "--learn"]])
def test_what_the_mock_cannot_be_taught_is_left_out_and_told(
    live_recording: Path, tmp_path: Path, words: list[str]
) -> None:
    """Such as a deployment whose calls of OpenID Connect are refused in the API's own form."""
    text = (
        live_recording.read_text()
        .replace('"expected": "PHONE_TAKEN"', '"expected": "INVALID_GRANT"')
        .replace('"fingerprint": "', '"fingerprint": "edited')
    )
    live_recording.write_text(text)
    (command, *between, option), table = words, tmp_path / "learned.json"
    told = contract(command, live_recording, *between, option, table).output
    assert "INVALID_GRANT is an answer that the mock cannot be taught; it was left out" in told
    assert "INVALID_GRANT" not in json.loads(table.read_text())["answers"]
    named_profile(table)


def test_outcomes_answered_in_two_ways_are_named(
    live_recording: Path, mock_recording: Recording, tmp_path: Path
) -> None:
    content = json.loads(live_recording.read_text())
    text = json.loads(mock_recording.to_json())["scenarios"][TAKEN]
    content["scenarios"]["another_story"] = text
    live_recording.write_text(json.dumps(content))
    told = contract("learn", live_recording, "-o", tmp_path / "table.json")
    assert "PHONE_TAKEN was answered in more than one way" in told.output


def test_recordings_of_a_run_in_steps_teach_together(live_recording: Path, tmp_path: Path) -> None:
    """Of a scenario that two have, the last one counts."""
    content = json.loads(live_recording.read_text())
    content["scenarios"][TAKEN]["steps"][-2]["answer"]["body"]["apiCode"] = 2036
    later, table = tmp_path / "later.json", tmp_path / "table.json"
    later.write_text(json.dumps(content))
    assert contract("learn", live_recording, later, "-o", table).exit_code == 0
    assert json.loads(table.read_text())["answers"]["PHONE_TAKEN"]["apiCode"] == 2036


def test_recordings_of_different_targets_do_not_teach_together(
    live_recording: Path, tmp_path: Path
) -> None:
    other, table = tmp_path / "other.json", tmp_path / "table.json"
    other.write_text(live_recording.read_text().replace('"private"', '"genauth"'))
    refused = contract("learn", live_recording, other, "-o", table)
    assert refused.exit_code == 2
    assert "cannot be joined: genauth and private" in refused.output
    assert not table.exists()


def test_a_mock_teaches_nothing(mock_recording: Recording, tmp_path: Path) -> None:
    path, table = tmp_path / "mock.json", tmp_path / "learned.json"
    path.write_text(mock_recording.to_json())
    for refused in (
        contract("learn", path, "-o", table),
        contract("diff", path, path, "--learn", table),
    ):
        assert refused.exit_code in (2, 4)
        assert "only a real deployment teaches" in refused.output
    assert not table.exists()


def test_live_teaches_what_it_was_told_by() -> None:
    table = learned(recorded(apiCode=500)).table
    assert table["WRONG_CODE"] == {
        "statusCode": 499,
        "apiCode": 500,
        "httpStatus": 200,
        "messages": {"zh-CN": "no"},
        "source": "recorded on a private deployment",
        "confidence": "live",
        "date": "2026-01-01",
    }


@pytest.mark.parametrize("hidden", ["more than <hidden> bytes", "<phone:1> is bound"])
def test_a_text_that_a_recording_hides_in_part_is_not_taught(hidden: str) -> None:
    row = learned(recorded(message=hidden)).table["WRONG_CODE"]
    assert row["statusCode"] == 499
    assert "messages" not in row


def test_a_success_in_the_place_of_a_refusal_teaches_nothing() -> None:
    assert learned(recorded(statusCode=200)).table == {}
    assert learned(recorded(expected="OK")).table == {}


def test_the_text_of_a_success_is_taught_and_an_empty_one_too() -> None:
    row = learned(recorded(expected="OK", statusCode=200, apiCode=None, message="")).table["OK"]
    assert (row["statusCode"], row["messages"]) == (200, {"zh-CN": ""})


def test_of_an_answer_that_speaks_of_one_request_only_the_figures_are_taught() -> None:
    row = learned(recorded(expected="INVALID_ARGUMENT", apiCode=2028)).table["INVALID_ARGUMENT"]
    assert (row["apiCode"], "messages" in row) == (2028, False)


@pytest.mark.parametrize(
    ("body", "name", "value"),
    [
        ({}, "idField", "requestId"),
        ({"requestId": None, "uniqueId": "<uuid:1>"}, "idField", "requestId"),
        ({"code": 2001}, "repeatsCode", True),
        ({"apiCode": None}, "showsNulls", True),
        ({"data": {"expires_in": 7200}}, "leftOut", ["expire_in"]),
        ({"data": {"expires_in": 7200, "expire_in": 7200}}, "leftOut", []),
    ],
)
def test_what_envelopes_have_besides_is_taught(
    body: dict[str, object], name: str, value: object
) -> None:
    assert learned(changed("private", body)).envelope[name] == value


def test_only_what_differs_is_taught_when_asked_so() -> None:
    assert learned(recorded(), ()).table == {}
    assert list(learned(recorded(), a_drift().differences).table) == ["WRONG_CODE"]


def test_an_outcome_told_in_two_ways_is_torn() -> None:
    (one,), (other,) = (r.scenarios["a_story"].steps for r in (recorded(), recorded(apiCode=500)))
    both = Recording(
        "private",
        "2026-01-01",
        {"a_story": RecordedScenario("abc", passed=True, steps=(one, one, other))},
    )
    assert learned(both).ambiguous == {
        "WRONG_CODE": (
            "499 / 2001 no (a_story, step 1 and 1 more)",
            "499 / 500 no (a_story, step 3)",
        )
    }
    assert learned(both).table["WRONG_CODE"]["apiCode"] == 2001
