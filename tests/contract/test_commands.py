"""The commands, called as a person calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import genauth_contract
from genauth_contract.cli.playing import keyword, pytest_arguments
from genauth_contract.records.recording import RecordedScenario, read_recording
from genauth_contract.session.exit_codes import ExitCode
from genauth_contract.targets.options import OPTIONS
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running_in_thread
from tests.contract.support.world import contract

ROOT = Path(__file__).parents[2]
SUITE = Path(genauth_contract.__file__).with_name("suite")


def test_every_scenario_is_listed_with_what_it_rests_on() -> None:
    listed = contract("list")
    assert listed.exit_code == 0
    assert "A used code is refused. [docs: API reference, bind-phone]" in listed.output


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("tea", "mock, live or a URL"),
        ("http://[::1", "mock, live or a URL"),
        ("http://", "mock, live or a URL"),
        ("http://127.0.0.1:1", "cannot connect to http://127.0.0.1:1: "),
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
        *("-p", "genauth_contract.plugin", "-p", "xdist.plugin"),
        *("-p", "no:cacheprovider"),  # it would be written into the package
        *("-p", "no:asyncio"),  # it would warn that a setting of its own is missing
        *("-c", SUITE / "pytest.ini", "-n", "2", "-k", "used_code"),
    )
    return subprocess.run(
        [sys.executable, "-m", "pytest", SUITE, *words, *options],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_page_has_every_exit_code() -> None:
    page = (ROOT / "docs/contract.md").read_text("utf-8")
    assert all(f"| {code.value} | {code.meaning}" in page for code in ExitCode)
    assert str(int(ExitCode.BUDGET_SPENT)) in contract("run", "--help").stdout


def test_an_option_is_the_same_for_the_command_for_pytest_and_in_a_run() -> None:
    """Each default is shown, and what the command is told is what pytest is told."""
    shown = " ".join(contract("run", "--help").stdout.split())
    for option in OPTIONS:
        assert not option.flag or f" {option.flag}" in shown
        assert not option.default_in_help or f"[default: {option.default}" in shown
    given = {"max_sms": 3, "wants_plan": True, "keyword": "bind", "target": "mock"}
    assert pytest_arguments(given) == ["-k", "bind", "--contract-plan", "--max-sms", "3"]


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


def test_a_source_of_codes_that_is_none_is_told_on_a_mock_too(
    capfd: pytest.CaptureFixture[str],
) -> None:
    refused = contract("run", "--pass-code-from", "catch:sms", "-k", "a_used_code")
    assert refused.exit_code == 4
    said = refused.output + "".join(capfd.readouterr())
    assert "--pass-code-from takes one of: prompt, cmd:COMMAND" in said
    assert "Traceback" not in said


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


def test_a_junit_report_goes_down_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "genauth_contract", "run", "-k", "a_used_code", "--junit", "/dev/stdout"],
        capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "</testsuites>" in done.stdout


def test_the_command_plays_the_mock_and_writes_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that somebody uses for all else is not asked."""
    monkeypatch.setenv("HTTP_PROXY", "http://genauth.invalid:3128")
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
        read_recording(tmp_path / "r.json").scenarios["a_used_code_is_refused"], RecordedScenario
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("texted code binds", "texted_code_binds"),
        ("A texted code binds the phone.", "a_texted_code_binds_the_phone"),
        ("a_texted_code", "a_texted_code"),
        ("Binds.", "binds"),
        ("bind_phone and not email", "bind_phone and not email"),
        ("", ""),
    ],
)
def test_scenarios_are_chosen_by_the_words_that_list_prints(given: str, expected: str) -> None:
    assert keyword(given) == expected
