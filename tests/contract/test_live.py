"""A live run, against a stand-in: a mock in another process behind TLS that answers differently."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from genauth_contract.api.http import Application
from genauth_contract.session.guards import alone
from tests.contract.support.fake_live import (
    CANARIES,
    OTHER_PHONE,
    PHONE,
    PLAYED,
    StandIn,
    bare_environment,
    contract,
)


def test_without_consent_nothing_is_sent(stand_in: StandIn, tmp_path: Path) -> None:
    done = contract(
        "run", "--target", "live", "-k", PLAYED, env=stand_in.environment(), cwd=tmp_path
    )
    assert done.returncode == 4
    assert stand_in.journal == []
    assert "A texted code binds the phone" in done.stdout
    assert "--i-own-this-account" in done.stdout + done.stderr


def test_a_plan_says_what_it_would_take_and_sends_nothing(
    stand_in: StandIn, tmp_path: Path
) -> None:
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    done = contract("run", "--target", "live", "--plan", env=env, cwd=tmp_path)
    assert done.returncode == 0
    assert stand_in.journal == []
    assert re.search(r"\d+ texts, \d+ calls, \d+ minutes", done.stdout)


@pytest.mark.parametrize(("words", "code"), [([], 4), (["--plan"], 0)], ids=["run", "plan"])
def test_everything_that_is_not_configured_is_named_at_once(
    words: list[str], code: int, tmp_path: Path
) -> None:
    env = {**bare_environment(), "GENAUTH_CONTRACT_CONSENT": "1"}
    done = contract("run", "--target", "live", "-k", PLAYED, *words, env=env, cwd=tmp_path)
    assert done.returncode == code
    for name in (
        "GENAUTH_APP_HOST",
        "GENAUTH_APP_ID",
        "GENAUTH_ACCESS_TOKEN",
        "GENAUTH_CONTRACT_PHONE",
        "GENAUTH_CONTRACT_OTHER_PHONE",
        "GENAUTH_CONTRACT_OTHER_ACCESS_TOKEN",
        "GENAUTH_CONTRACT_USERNAME",
        "GENAUTH_CONTRACT_PASSWORD",
    ):
        assert name in done.stdout + done.stderr


def test_a_deployment_that_cannot_be_reached_ends_the_run_before_it_begins(
    stand_in: StandIn, tmp_path: Path
) -> None:
    """Such as one whose certificate nobody here vouches for."""
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    del env["SSL_CERT_FILE"]
    done = contract(
        "run", "--target", "live", "-k", PLAYED, "--pass-code-from", stand_in.read_sms,
        env=env, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 4
    assert f"cannot connect to {stand_in.url}: " in done.stdout + done.stderr
    assert "CERTIFICATE_VERIFY_FAILED" in done.stdout + done.stderr
    assert stand_in.journal == []


@pytest.mark.parametrize(
    ("played", "exit_code"),
    [("a_texted_code_binds_the_phone", 4), ("a_made_up_code_signs_nobody_in", 0)],
    ids=["with a text", "without a text"],
)
def test_nobody_is_texted_where_there_is_no_terminal_to_type_the_code_on(
    stand_in: StandIn, tmp_path: Path, played: str, exit_code: int
) -> None:
    """As in CI, where every scenario would cost its texts and fail."""
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    command = [sys.executable, "-m", "genauth_contract", "run", "--target", "live", "-k", played]
    done = subprocess.run(
        command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False,
        start_new_session=True,
    )  # fmt: skip
    assert done.returncode == exit_code, done.stdout + done.stderr
    assert ("there is no terminal to type a code on" in done.stdout + done.stderr) == (
        exit_code == 4
    )
    assert stand_in.texts() == []


@attrs.frozen
class Recorded:
    """A finished run against the stand-in, and the folder with everything it wrote."""

    env: dict[str, str]
    folder: Path
    output: str
    codes: list[str]
    phones: list[str]


@pytest.fixture(scope="module")
def recorded(stand_in: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Record what the stand-in answers; several tests look at it."""
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    folder = tmp_path_factory.mktemp("recorded")
    done = contract(
        "record", "-o", "live.json", "--target", "live", "--resend-gap", "0", "--json", "run.json",
        "--html", "run.html", "--junit", "run.xml", "--ledger", "ledger.json",
        "--pass-code-from", stand_in.read_sms, "-k", PLAYED, env=env, cwd=folder,
    )  # fmt: skip
    codes = [text["passCode"] for text in stand_in.texts()]
    return Recorded(env, folder, done.stdout + done.stderr, codes, stand_in.phones())


def test_a_recorded_stand_in_differs_from_the_mock_in_what_was_changed_and_nothing_else(
    recorded: Recorded, tmp_path: Path
) -> None:
    done = contract(
        "diff", recorded.folder / "live.json", "mock", "--json", "drift.json", "--html",
        "drift.html", "--junit", "drift.xml", "--learn", "learned.json",
        env=recorded.env, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 21, recorded.output + done.stdout + done.stderr
    drift = json.loads((tmp_path / "drift.json").read_text())
    found = {(one["scenario"], one["path"], one["kind"]) for one in drift["differences"]}
    assert found == {
        ("a_wrong_code_binds_nothing", "message", "text only"),
        ("a_phone_of_another_user_is_refused", "apiCode", "mock drifted"),
        ("a_phone_is_changed_once_both_are_proved", "data.tokenExpiresIn", "mock drifted"),
        ("a_user_signs_in_with_username_and_password", "data.expire_in", "mock drifted"),
        ("a_user_signs_in_with_username_and_password", "data.expires_in", "mock drifted"),
    }
    assert "2035" in (tmp_path / "drift.html").read_text()
    assert "a_phone_of_another_user_is_refused" in (tmp_path / "drift.xml").read_text()
    learned = json.loads((tmp_path / "learned.json").read_text())["answers"]
    assert learned["PHONE_TAKEN"]["apiCode"] == 2035
    assert learned["PHONE_TAKEN"]["confidence"] == "live"


def test_no_secret_is_in_anything_written_or_said(recorded: Recorded) -> None:
    written = {path.name: path.read_text() for path in recorded.folder.iterdir()}
    assert written.keys() >= {"live.json", "run.json", "run.html", "run.xml", "ledger.json"}
    assert recorded.codes
    tokens = [value for name, value in recorded.env.items() if "TOKEN" in name]
    for secret in (*CANARIES.values(), *tokens, PHONE, OTHER_PHONE, *recorded.codes):
        pattern = re.compile(rf"(?<!\d){re.escape(secret)}(?!\d)")
        for name, text in {**written, "the output": recorded.output}.items():
            assert not pattern.search(text), f"a secret is in {name}"


def test_the_account_is_left_as_it_was_found(recorded: Recorded) -> None:
    assert recorded.phones == []
    entries = json.loads((recorded.folder / "ledger.json").read_text())
    assert entries["a_texted_code_binds_the_phone"]["kind"] == "loopback"
    assert "a_wrong_code_binds_nothing" in entries


def test_a_second_run_on_the_application_waits_for_no_one_and_sends_nothing(
    stand_in: StandIn, tmp_path: Path
) -> None:
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    with alone(Application(stand_in.url, "live")):
        done = contract(
            "run", "--target", "live", "--pass-code-from", stand_in.read_sms, "-k",
            "a_texted_code_binds_the_phone", env=env, cwd=tmp_path,
        )  # fmt: skip
    assert done.returncode == 4
    assert "another live run uses this application" in done.stdout + done.stderr
    assert stand_in.journal == []


def test_a_cap_of_no_texts_plays_all_that_need_none(stand_in: StandIn, tmp_path: Path) -> None:
    """Nobody is asked for a code, and the stand-in sent no text, whatever it was asked."""
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    done = contract(
        "run", "--target", "live", "--max-sms", 0, "--json", "run.json", "--ledger", "ledger.json",
        env=env, cwd=tmp_path,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert stand_in.texts() == [], told
    assert (tmp_path / "run.json").exists(), told
    rows = json.loads((tmp_path / "run.json").read_text())["rows"]
    left_out = [row for row in rows if "takes more texts than --max-sms 0" in str(row)]
    played = [row for row in rows if row["outcome"] != "not played"]
    assert len(left_out) > 60
    assert len(played) > 60, told
    assert done.returncode != 22, told


def test_a_spent_budget_stops_the_run_and_the_next_run_goes_on(
    stand_in: StandIn, tmp_path: Path
) -> None:
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    common = (
        "record", "-o", "live.json", "--target", "live", "--resend-gap", "0",
        "--pass-code-from", stand_in.read_sms, "--ledger", "ledger.json",
        "--resume", "journal.jsonl", "-k",
        "a_wrong_code_binds_nothing or a_texted_code_binds_the_phone",
    )  # fmt: skip
    first = contract(*common, "--max-sms", "2", env=env, cwd=tmp_path)
    assert first.returncode == 22, first.stdout
    assert len((tmp_path / "journal.jsonl").read_text().splitlines()) == 1
    second = contract(*common, env=env, cwd=tmp_path)
    assert second.returncode == 0, second.stdout
    assert len((tmp_path / "journal.jsonl").read_text().splitlines()) == 2
    assert len(json.loads((tmp_path / "live.json").read_text())["scenarios"]) == 2
