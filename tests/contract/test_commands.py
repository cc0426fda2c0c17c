"""The commands, called as a person calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import genauth_contract
from genauth_contract.cli import main
from genauth_contract.comparing import mock_now
from genauth_contract.ledger import Ledger
from genauth_contract.matrix import Emitted, gaps, matrix
from genauth_contract.openapi import packaged
from genauth_contract.recording import KeptScenario, Recording, read_recording
from genauth_contract.scenarios import every_scenario
from genauth_mock.deployment import Options
from genauth_mock.learned import read_learned
from genauth_mock.server import running_in_thread

ROOT = Path(__file__).parents[2]
SUITE = Path(genauth_contract.__file__).with_name("suite")
TAKEN = "a_phone_of_another_user_is_refused"


def contract(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(scope="module")
def mock_recording() -> Recording:
    return mock_now({one.name for one in every_scenario()})


@pytest.fixture
def live_recording(mock_recording: Recording, tmp_path: Path) -> Path:
    """Give a recording of a deployment that answers one thing otherwise."""
    text = mock_recording.to_json().replace('"kind": "mock"', '"kind": "private"')
    path = tmp_path / "live.json"
    path.write_text(text)
    content = json.loads(text)
    content["scenarios"] = {TAKEN: content["scenarios"][TAKEN]}
    content["scenarios"][TAKEN]["steps"][-2]["answer"]["body"]["apiCode"] = 2035
    path.write_text(json.dumps(content))
    return path


def test_every_scenario_is_listed_with_what_it_rests_on() -> None:
    listed = contract("list")
    assert listed.exit_code == 0
    assert "A used code is refused. [docs: API reference, bind-phone]" in listed.output


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
    found = gaps(matrix([], Ledger()), emitted, packaged(), {2001})
    assert "no scenario ends in TEA" in found
    assert "the SDK knows apiCode 418, which no scenario tests" in found
    assert not any("2001" in one for one in found)
    assert "openapi.json: bind-phone may end in PHONE_TAKEN, and no scenario does" in found


def test_the_mock_replayed_against_itself_does_not_differ(
    mock_recording: Recording, tmp_path: Path
) -> None:
    path = tmp_path / "mock.json"
    path.write_text(mock_recording.to_json())
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
    assert json.loads(learned.read_text())["PHONE_TAKEN"]["apiCode"] == 2035


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


def test_a_table_of_what_live_taught_is_written(live_recording: Path, tmp_path: Path) -> None:
    table = tmp_path / "learned.json"
    assert contract("learn", live_recording, "-o", table).exit_code == 0
    assert list(json.loads(table.read_text())) == ["PHONE_TAKEN"]


def test_a_mock_that_learned_from_live_no_longer_differs(
    live_recording: Path, tmp_path: Path
) -> None:
    table = tmp_path / "learned.json"
    contract("learn", live_recording, "-o", table)
    with running_in_thread(Options(learned=read_learned(table))) as taught:
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
    text = live_recording.read_text().replace(
        '"expected": "PHONE_TAKEN"', '"expected": "INVALID_GRANT"'
    )
    live_recording.write_text(text)
    (command, *between, option), table = words, tmp_path / "learned.json"
    told = contract(command, live_recording, *between, option, table).output
    assert "INVALID_GRANT is an answer that the mock cannot be taught; it was left out" in told
    assert read_learned(table) == {}


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


def test_outcomes_answered_in_two_ways_are_named(
    live_recording: Path, mock_recording: Recording, tmp_path: Path
) -> None:
    content = json.loads(live_recording.read_text())
    text = json.loads(mock_recording.to_json())["scenarios"][TAKEN]
    content["scenarios"]["another_story"] = text
    live_recording.write_text(json.dumps(content))
    told = contract("learn", live_recording, "-o", tmp_path / "table.json")
    assert "PHONE_TAKEN was answered in more than one way" in told.output


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("tea", "mock, live or a URL"),
        ("http://[::1", "mock, live or a URL"),
        ("http://", "mock, live or a URL"),
        ("http://127.0.0.1:1", "nobody can be reached at http://127.0.0.1:1: "),
    ],
)
def test_a_target_that_cannot_be_opened_is_a_usage_error(
    target: str, complaint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    refused = contract("run", "--target", target, "-k", "a_texted_code")
    assert refused.exit_code == 4
    assert complaint in refused.output + "".join(capfd.readouterr())


def several_workers(*options: str) -> subprocess.CompletedProcess[str]:
    words = (
        "-p",
        "genauth_contract.plugin",
        "-p",
        "no:cacheprovider",  # it would be written into the package
        "-c",
        SUITE / "pytest.ini",
        "-n",
        "2",
        "-k",
        "used_code",
    )
    return subprocess.run(
        [sys.executable, "-m", "pytest", SUITE, *words, *options],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_several_workers_play_the_mock() -> None:
    done = several_workers()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


def test_a_mock_whose_store_is_away_is_no_live_deployment(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with running_in_thread(Options(store=f"unix://{tmp_path}/no-redis")) as server:
        refused = contract("run", "--target", server.url, "-k", "a_texted_code")
    assert refused.exit_code == 4
    said = refused.output + "".join(capfd.readouterr())
    assert f"the mock at {server.url} cannot reach its store" in said
    assert "live run" not in said


@pytest.mark.parametrize(
    "options", [("--contract-json", "run.json"), ("--target", "live")], ids=["report", "live"]
)
def test_several_workers_neither_write_reports_nor_play_a_deployment(
    options: tuple[str, str],
) -> None:
    done = several_workers(*options)
    assert done.returncode == 4
    assert "leave out -n" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("option", "target"), [("--ledger", ["mock"]), ("--resume", ["live", "--plan"])]
)
def test_a_ledger_or_journal_that_is_something_else_is_told_before_the_run(
    option: str, target: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "something.txt"
    path.write_text("neither")
    refused = contract("run", option, path, "-k", "a_used_code", "--target", *target)
    assert refused.exit_code == 4
    assert "something.txt is not a" in refused.output + "".join(capfd.readouterr())
    assert path.read_text() == "neither"


def test_a_plan_instead_of_a_recording_is_not_said_to_be_recorded(tmp_path: Path) -> None:
    path = tmp_path / "earlier.json"
    path.write_text("an earlier recording")
    planned = contract("record", "--plan", "-o", path, "-k", "a_used_code")
    assert planned.exit_code == 0, planned.output
    assert "recorded in" not in planned.output
    assert path.read_text() == "an earlier recording"


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


def test_a_junit_report_goes_down_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "genauth_contract", "run", "-k", "a_used_code", "--junit", "/dev/stdout"],
        capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "</testsuites>" in done.stdout


def test_the_command_plays_the_mock_and_writes_reports(tmp_path: Path) -> None:
    played = contract(
        "record", "-o", tmp_path / "r.json", "--json", tmp_path / "run.json", "--html",
        tmp_path / "run.html", "--junit", tmp_path / "run.xml", "-k", "a_used_code",
    )  # fmt: skip
    assert played.exit_code == 0, played.output
    rows = json.loads((tmp_path / "run.json").read_text())["rows"]
    assert {row["layer"] for row in rows} == {"wire", "sdk"}
    assert {row["outcome"] for row in rows} == {"passed"}
    assert "A used code is refused" in (tmp_path / "run.html").read_text()
    assert 'name="evidence"' in (tmp_path / "run.xml").read_text()
    assert isinstance(
        read_recording(tmp_path / "r.json").scenarios["a_used_code_is_refused"], KeptScenario
    )
