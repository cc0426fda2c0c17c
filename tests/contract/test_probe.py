"""The probe: what it asks, what it must not do, and what it makes of the answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs
import httpx
import pytest
from click.testing import CliRunner

from genauth_contract.api import openapi
from genauth_contract.api.http import Application, Wire
from genauth_contract.cli.main import main
from genauth_contract.play.secrets import Secrets
from genauth_contract.probe.asking import Asked, Probe
from genauth_contract.probe.cases import LANGUAGES, without_an_account
from genauth_contract.probe.report import Found
from genauth_contract.records.learned import learned
from genauth_contract.records.recording import read_recording
from genauth_contract.targets.offline import profile_names, teachable_outcomes
from genauth_mock.runtime.options import Options
from genauth_mock.server import running_in_thread
from tests.contract.support.fake_live import CANARIES, StandIn, bare_environment
from tests.contract.support.world import contract
from tests.support.certificates import make_certificate

MAY_BE_REFUSED_ONLY = ("send-sms", "send-email", "signup", "bind-phone")
"""Calls that cost or change something: the probe may only make them so that they are refused."""


@attrs.frozen
class Probed:
    """What the command ended with, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def probe(*arguments: object) -> Probed:
    """Give the command, with nothing configured in the environment."""
    result = CliRunner(env=dict.fromkeys(_CONFIGURED)).invoke(main, ["probe", *map(str, arguments)])
    return Probed(result.exit_code, result.stdout, result.stderr)


_CONFIGURED = ("GENAUTH_APP_HOST", "GENAUTH_APP_ID", "GENAUTH_CONTRACT_CONSENT", *CANARIES)


def probe_over_tls(
    *arguments: object, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Probe in a process of its own, which trusts the certificate that the environment names."""
    return subprocess.run(
        [sys.executable, "-m", "genauth_contract", "probe", *map(str, arguments)],
        env={**bare_environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def journal(url: str, app_id: str) -> list[dict[str, object]]:
    """Read what the mock was asked for an app."""
    shown = httpx.get(f"{url}/_mock/requests", params={"appId": app_id}).json()
    requests: list[dict[str, object]] = shown["requests"]
    return requests


def costs(request: Mapping[str, object]) -> bool:
    """Whether a call sent a message or changed an account."""
    return str(request["path"]).endswith(MAY_BE_REFUSED_ONLY) and request["effect"] == "OK"


def test_tier_0_asks_about_forty_things_each_once_and_in_both_languages() -> None:
    cases = without_an_account("an-app")
    assert 35 <= len(cases) <= 45
    assert len({case.name for case in cases}) == len(cases)
    enveloped = [case for case in cases if case.call.has_envelope]
    spoken = [case.language for case in enveloped]
    assert all(spoken.count(language) * 2 == len(enveloped) for language in LANGUAGES)


def test_tier_0_sends_nothing_that_costs_or_changes_anything(mock_url: str) -> None:
    asked = probe("--host", mock_url, "--app-id", "probe-harmless")
    assert asked.returncode == 0, asked.stderr
    requests = journal(mock_url, "probe-harmless")
    assert len(requests) >= 35
    assert any(str(one["path"]).endswith(MAY_BE_REFUSED_ONLY) for one in requests)
    assert not [one for one in requests if costs(one)]
    shown = httpx.get(f"{mock_url}/_mock/messages", params={"appId": "probe-harmless"}).json()
    assert shown["messages"] == []
    users = httpx.get(f"{mock_url}/_mock/users", params={"appId": "probe-harmless"}).json()
    assert users["users"] == []


def test_each_case_says_which_outcome_of_the_mock_it_meets(mock_url: str) -> None:
    """Else `learn` would teach one outcome the answer of another."""
    assert probe("--host", mock_url, "--app-id", "probe-outcomes").returncode == 0
    asked = reversed(journal(mock_url, "probe-outcomes"))
    met = [one["outcome"] for one in asked if str(one["path"]).startswith("/api/")]
    named = [
        case.outcome
        for case in without_an_account("probe-outcomes")
        if case.call.has_envelope and "x-genauth-app-id" not in case.call.headers
    ]
    assert met == named


def test_every_question_is_answered_with_progress_shown(mock_url: str) -> None:
    asked = probe("--host", mock_url, "--app-id", "probe-shown")
    for case in without_an_account("probe-shown"):
        assert case.name in asked.stderr
        assert f"{case.settles}:" in asked.stdout


def test_a_deployment_with_words_of_its_own_is_compared_and_not_named(
    stand_in: StandIn, tmp_path: Path
) -> None:
    """The stand-in words things its own way: the probe names what differs, and keeps no name of it."""
    stand_in.reset()
    kept, issue = tmp_path / "probe.json", tmp_path / "issue.md"
    asked = probe_over_tls(
        "--host", stand_in.url, "--app-id", "live", "-o", kept, "--issue", issue,
        environment={"SSL_CERT_FILE": str(stand_in.certificate)},
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.rstrip().splitlines()[-len(profile_names())].split(":")[0] in (
        profile_names()
    )
    for text in (asked.stdout, kept.read_text(), issue.read_text()):
        assert httpx.URL(stand_in.url).netloc.decode() not in text
    assert json.loads(kept.read_text())["kind"] == "loopback"


def test_what_a_probe_kept_teaches_the_mock_and_can_be_compared(
    mock_url: str, tmp_path: Path
) -> None:
    kept, table = tmp_path / "probe.json", tmp_path / "table.json"
    assert probe("--host", mock_url, "--app-id", "probe-kept", "-o", kept).returncode == 0
    steps = [one.steps[0] for one in read_recording(kept).scenarios.values()]
    assert {step.expected for step in steps} >= {
        "NOT_SIGNED_IN",
        "WRONG_ACCOUNT_OR_PASSWORD",
        "NO_CODE",
    }
    taught = contract("learn", kept, "-o", table)
    assert taught.exit_code == 0, taught.output
    row = json.loads(table.read_text())["answers"]["NOT_SIGNED_IN"]
    assert row["messages"] == {
        "zh-CN": "尚未登录，无权限访问此请求",
        "en-US": "Not signed in, no permission for this request",
    }


def test_an_issue_text_is_a_table_of_questions(mock_url: str, tmp_path: Path) -> None:
    issue = tmp_path / "issue.md"
    probe("--host", mock_url, "--app-id", "probe-issue", "--issue", issue)
    text = issue.read_text()
    assert "Most like the profile `default`" in text
    assert "| whether a wrong method is 404 or 405 | a bind by GET, zh-CN | " in text
    assert "probe-issue" not in text


def test_other_words_of_the_same_answer_are_told() -> None:
    """The numbers are those of the offline GenAuth, the words are not: `the same` would hide an answer."""
    options = Options(app_id="probe-words", strict_apps=True, profile="v2-captures")
    with running_in_thread(options) as server:
        asked = probe("--host", server.url, "--app-id", "probe-words")
    line = next(
        one for one in asked.stdout.splitlines() if "a profile without a token, zh-CN" in one
    )
    assert line.endswith(
        "尚未登录，无访问权限  (offline GenAuth: the same, worded: 尚未登录，无权限访问此请求)"
    )
    assert "41 of 41 calls were answered, 0 of them otherwise" in asked.stdout
    assert "more in other words or with other fields." in asked.stdout


def test_a_question_that_a_missing_secret_hides_is_not_settled(tmp_path: Path) -> None:
    issue = tmp_path / "issue.md"
    with running_in_thread(Options(app_id="probe-secret", strict_apps=True)) as server:
        asked = probe("--host", server.url, "--app-id", "probe-secret", "--issue", issue)
    for text in (asked.stdout, issue.read_text()):
        assert "Not settled: whether a wrong code is apiCode 2001 or 500." in text
        assert "Not settled: whether a wrong method is 404 or 405." not in text
        assert "(not settled: the application wants its secret first)" in text


@pytest.mark.parametrize("tier", [0, 1, 2])
def test_a_plan_sends_nothing(mock_url: str, tier: int) -> None:
    app_id = f"probe-plan-{tier}"
    planned = probe("--host", mock_url, "--app-id", app_id, "--tier", tier, "--plan")
    assert planned.returncode == 0
    lines = planned.stdout.splitlines()
    tiers = [line for line in lines if line.startswith("tier ")]
    assert [line[5] for line in tiers] == [*"012"][: tier + 1]
    calls = sum(int(line.split(": ")[1].split()[0]) for line in tiers)
    assert len(lines) == len(tiers) + calls
    assert all(line.startswith(("  GET /", "  POST /")) for line in lines if line not in tiers)
    assert journal(mock_url, app_id) == []


def test_a_tier_that_signs_in_needs_consent(mock_url: str) -> None:
    asked = probe("--host", mock_url, "--app-id", "probe-consent", "--tier", 1)
    assert asked.returncode == 4
    assert "--i-own-this-account" in asked.stderr
    assert journal(mock_url, "probe-consent") == []


def test_what_a_tier_needs_is_named_before_anything_is_sent(mock_url: str) -> None:
    asked = probe(
        "--host", mock_url, "--app-id", "probe-needs", "--tier", 2, "--i-own-this-account"
    )
    assert asked.returncode == 4
    for name in ("USERNAME", "PASSWORD", "PHONE"):
        assert f"GENAUTH_CONTRACT_{name}" in asked.stderr
    assert journal(mock_url, "probe-needs") == []


def test_nobody_there_is_said(tmp_path: Path) -> None:
    asked = probe("--host", "http://127.0.0.1:1", "--app-id", "x", "-o", tmp_path / "p.json")
    assert asked.returncode == 4
    assert "cannot connect to" in asked.stderr
    assert asked.stderr.count("a profile without a token") == 1
    assert "a bind by GET" not in asked.stderr, "one call is enough to know"
    assert not (tmp_path / "p.json").exists()


def test_a_host_that_is_no_url_is_named() -> None:
    asked = probe("--host", "example.com", "--app-id", "x")
    assert asked.returncode == 4
    assert "--host is not a URL" in asked.stderr


def test_one_text_is_sent_and_its_code_is_not_spent(stand_in: StandIn, tmp_path: Path) -> None:
    """Tier 2 ends with a code that still binds, and no secret is in anything that was written."""
    environment = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    stand_in.settle(resendGapSeconds=60)
    before = len(stand_in.journal)
    kept, issue = tmp_path / "probe.json", tmp_path / "issue.md"
    asked = probe_over_tls(
        "--host", stand_in.url, "--app-id", "live", "--tier", 2, "-o", kept, "--issue", issue,
        "--pass-code-from", stand_in.read_sms, environment=environment,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    sends = [path for path in stand_in.journal[before:] if path.endswith("send-sms")]
    assert len(sends) == 2 + len(LANGUAGES)  # the refused ones of tier 0, then two, of which one is
    assert "a pre-check of the right code: HTTP 200, 200" in asked.stdout
    told = asked.stdout + asked.stderr + kept.read_text() + issue.read_text()
    for secret in (*CANARIES.values(), environment["GENAUTH_CONTRACT_PHONE"]):
        assert secret not in told


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for this machine, with its key in the same file."""
    return make_certificate(tmp_path_factory.mktemp("tls") / "this-machine.pem")


@pytest.mark.parametrize("profile", profile_names())
def test_a_deployment_behind_tls_is_recognised_by_its_profile(
    profile: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The profile that the deployment was started with is the most alike, to the letter; nothing costs anything."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    options = Options(profile=profile, strict_apps=True, tls_cert=certificate, tls_key=certificate)
    with running_in_thread(options) as server:
        assert server.url.startswith("https://")
        asked = probe("--host", server.url, "--app-id", options.app_id)
        requests = journal(server.url, options.app_id)
    assert asked.returncode == 0, asked.stderr
    likenesses = asked.stdout.rstrip().splitlines()[-len(profile_names()) :]
    assert likenesses[0].startswith(f"{profile}: "), likenesses
    assert not [one for one in requests if costs(one)]


def answers(url: str, app_id: str) -> list[Asked]:
    """Ask a deployment what tier 0 asks."""
    secrets = Secrets()
    secrets.learn("app", app_id)
    with httpx.Client() as client:
        caller = Wire(client, Application(url, app_id))
        asking = Probe(caller, secrets, openapi.declared().enumerated())
        return list(asking.ask_all(without_an_account(app_id)))


@pytest.mark.parametrize("profile", [*profile_names(), "shuffle:3", "shuffle:8"])
def test_what_a_probe_teaches_is_a_profile_that_answers_alike(profile: str, tmp_path: Path) -> None:
    """Probe a deployment, learn of it, serve by what was learned: the same probe hears the same."""
    options = Options(profile=profile, strict_apps=True)
    with running_in_thread(options) as server:
        heard = answers(server.url, options.app_id)
    found = Found("private", "2026-01-01", 0, heard, {})
    ours = tmp_path / "ours.json"
    ours.write_text(learned(found.recording()).only(teachable_outcomes()).to_json())
    with running_in_thread(Options(profile=str(ours), strict_apps=True)) as server:
        again = answers(server.url, options.app_id)
    assert [(one.case.name, one.told_apart_by) for one in again] == [
        (one.case.name, one.told_apart_by) for one in heard
    ]
