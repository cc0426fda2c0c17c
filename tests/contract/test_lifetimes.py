"""A deployment whose codes live longer is told from the mock by exactly the scenarios about that."""

from __future__ import annotations

import json
from pathlib import Path

from genauth_contract.scenarios import every_scenario
from tests.contract.support.fake_live import contract, standing_in
from tests.contract.support.mutants import spare

PACE = 150
"""Codes that live 900 s live 6 s here: nothing that the scenarios do within that time is close to its end."""
PLAYED = (
    "expired_code or outlives_its_minute or until_its_last_second or a_wrong_code_binds_nothing"
    " or a_texted_code_binds_the_phone or a_wrong_code_unbinds or a_pre_check_does_not"
)
ABOUT_THE_LIFETIME = {
    "an_expired_code_is_refused",
    "an_expired_code_unbinds_nothing",
    "an_expired_code_signs_nobody_in",
    "expired_codes_prove_nothing",
    "a_pre_check_says_that_an_expired_code_would_not_do",
}


def test_a_longer_lifetime_is_named_by_the_scenarios_about_it_and_no_other(tmp_path: Path) -> None:
    with standing_in(tmp_path, spare) as stand_in:
        env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
        stand_in.settle(passCodeLifetimeSeconds=900)
        stand_in.hurry(PACE)
        recorded = contract(
            "record", "-o", "live.json", "--target", "live", "--pace", PACE, "--resend-gap", "0",
            "--pass-code-from", stand_in.read_sms, "-k", PLAYED, env=env, cwd=tmp_path,
        )  # fmt: skip
        assert stand_in.phones() == []
    assert recorded.returncode == 1, recorded.stdout + recorded.stderr
    done = contract("diff", "live.json", "mock", "--json", "drift.json", env=env, cwd=tmp_path)
    assert done.returncode == 21, done.stdout + done.stderr
    drift = json.loads((tmp_path / "drift.json").read_text())
    assert len(drift["scenarios"]) > len(ABOUT_THE_LIFETIME)
    assert {one["scenario"] for one in drift["differences"]} == ABOUT_THE_LIFETIME


def test_the_scenarios_about_the_lifetime_exist() -> None:
    assert {one.name for one in every_scenario() if not one.mock_only} > ABOUT_THE_LIFETIME


def test_the_time_of_a_deployment_is_not_hurried(tmp_path: Path) -> None:
    with standing_in(tmp_path, spare) as stand_in:
        env = stand_in.environment(
            GENAUTH_CONTRACT_CONSENT="1", GENAUTH_APP_HOST="https://genauth.invalid"
        )
        done = contract(
            "run", "--target", "live", "--pace", PACE, "-k", "what_success", env=env, cwd=tmp_path
        )
    assert done.returncode == 4
    assert "nobody hurries the time of a deployment" in done.stdout + done.stderr
