"""A live run, against a stand-in: a mock in another process behind TLS that answers differently."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from genauth_contract.lock import alone
from genauth_contract.wire import Application

Exchange = Any

PHONE, OTHER_PHONE = "18812340001", "18812340002"
CANARIES = {
    "GENAUTH_APP_SECRET": "canary-app-secret-7421",
    "GENAUTH_CONTRACT_USERNAME": "canary-username-7422",
    "GENAUTH_CONTRACT_PASSWORD": "canary-password-7423",
}
PLAYED = (
    "a_wrong_code_binds_nothing or a_texted_code_binds_the_phone or a_phone_of_another_user_is"
    " or a_made_up_update_token or a_phone_is_changed_once or a_user_signs_in_with_username"
    " or what_success_looks_like or a_profile_without_a_phone"
)
"""Scenarios that need no waiting where texts may follow each other at once."""


@attrs.frozen
class StandIn:
    """A deployment that is not the mock: other codes, texts and lifetimes, no `/_mock/`."""

    url: str
    upstream: str
    certificate: Path
    journal: list[str]

    def environment(self, **more: str) -> dict[str, str]:
        """Make the users anew, and give the environment a person would set."""
        self.reset()
        token, other = self._token(**_login()), self._token(username="other", password="other")
        configured = {
            "GENAUTH_APP_HOST": self.url,
            "GENAUTH_APP_ID": "live",
            "GENAUTH_ACCESS_TOKEN": token,
            "GENAUTH_CONTRACT_OTHER_ACCESS_TOKEN": other,
            "GENAUTH_CONTRACT_PHONE": PHONE,
            "GENAUTH_CONTRACT_OTHER_PHONE": f"+86{OTHER_PHONE}",
            "SSL_CERT_FILE": str(self.certificate),
        }
        return {**bare_environment(), **configured, **CANARIES, **more}

    def reset(self) -> None:
        """Forget every user and text; texts may follow each other at once."""
        self.control("reset", {"appId": "live"})
        self.control("settings", {"resendGapSeconds": 0, "accessTokenLifetimeSeconds": 3600})
        self.journal.clear()

    def _token(self, **user: str) -> str:
        return str(self.control("users", user)["accessToken"])

    def control(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"x-genauth-app-id": "live"}
        answered = httpx.post(f"{self.upstream}/_mock/{name}", json=body, headers=headers)
        result: dict[str, Any] = answered.raise_for_status().json()
        return result


def bare_environment() -> dict[str, str]:
    """Give an environment without anybody's GENAUTH_ names; coverage sees into the processes."""
    kept = ("PATH", "PYTHONPATH")
    return {
        name: value
        for name, value in os.environ.items()
        if name in kept or name.startswith("COVERAGE_")
    }


def _login() -> dict[str, str]:
    return {
        "username": CANARIES["GENAUTH_CONTRACT_USERNAME"],
        "password": CANARIES["GENAUTH_CONTRACT_PASSWORD"],
    }


def changed(exchange: Exchange) -> None:
    """Answer as the mock does, but for codes, texts, a lifetime and a field."""
    answer = exchange.answer
    if answer.get("apiCode") == 2001 and "不正确" in answer["message"]:
        answer["message"] = "验证码错误"
    if answer.get("apiCode") == 1320004:
        answer["apiCode"] = 2035
    if isinstance(answer.get("data"), dict) and "tokenExpiresIn" in answer["data"]:
        answer["data"]["tokenExpiresIn"] = 120
    if exchange.path.endswith("/get-security-info"):
        answer["data"]["wisdom"] = 42


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a key and a certificate for this machine, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "stand-in.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture(scope="module")
def other_process() -> Iterator[str]:
    """Give the URL of a mock in another process."""
    command = [sys.executable, "-m", "genauth_mock", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as mock:
        assert mock.stdout
        yield mock.stdout.readline().split()[-1]
        mock.terminate()


@pytest.fixture(scope="module")
def stand_in(
    other_process: str, certificate: Path, behind_tls: Callable[..., Any]
) -> Iterator[StandIn]:
    journal: list[str] = []
    with behind_tls(other_process, changed, certificate, journal) as url:
        yield StandIn(url, other_process, certificate, journal)


@pytest.fixture(scope="module")
def read_sms(tmp_path_factory: pytest.TempPathFactory, other_process: str) -> str:
    """Give a command that reads the texted code from where the stand-in's texts go."""
    script = tmp_path_factory.mktemp("sms") / "read_sms.py"
    script.write_text(
        "import json, sys, urllib.request\n"
        "phone, channel = sys.argv[1:]\n"
        f"url = '{other_process}/_mock/messages?appId=live&phoneNumber=' + phone[3:]\n"
        "messages = json.load(urllib.request.urlopen(url + '&channel=' + channel))['messages']\n"
        "print(messages[0]['passCode'])\n"
    )
    return f"cmd:{sys.executable} -S {script} {{phone}} {{channel}}"


def contract(
    *arguments: object, env: dict[str, str], cwd: Path
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "genauth_contract", *map(str, arguments)]
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, check=False)


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


def test_everything_that_is_not_configured_is_named_at_once(tmp_path: Path) -> None:
    env = {**bare_environment(), "GENAUTH_CONTRACT_CONSENT": "1"}
    done = contract("run", "--target", "live", env=env, cwd=tmp_path)
    assert done.returncode == 4
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


@attrs.frozen
class Recorded:
    """A finished run against the stand-in, and the folder with everything it wrote."""

    env: dict[str, str]
    folder: Path
    output: str
    codes: list[str]
    users: list[dict[str, Any]]


@pytest.fixture(scope="module")
def recorded(
    stand_in: StandIn, read_sms: str, tmp_path_factory: pytest.TempPathFactory
) -> Recorded:
    """Record what the stand-in answers; several tests look at it."""
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    folder = tmp_path_factory.mktemp("recorded")
    done = contract(
        "record", "-o", "live.json", "--target", "live", "--resend-gap", "0", "--json", "run.json",
        "--html", "run.html", "--junit", "run.xml", "--ledger", "ledger.json",
        "--pass-code-from", read_sms, "-k", PLAYED, env=env, cwd=folder,
    )  # fmt: skip
    query = {"appId": "live", "limit": "1000"}
    texts = httpx.get(f"{stand_in.upstream}/_mock/messages", params=query).json()["messages"]
    users = httpx.get(f"{stand_in.upstream}/_mock/users", params=query).json()["users"]
    codes = [message["passCode"] for message in texts]
    return Recorded(env, folder, done.stdout + done.stderr, codes, users)


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
    learned = json.loads((tmp_path / "learned.json").read_text())
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
    assert recorded.users
    assert all(not user.get("phone") for user in recorded.users)
    entries = json.loads((recorded.folder / "ledger.json").read_text())
    assert entries["a_texted_code_binds_the_phone"]["kind"] == "loopback"
    assert "a_wrong_code_binds_nothing" in entries


def test_a_second_run_on_the_application_waits_for_no_one_and_sends_nothing(
    stand_in: StandIn, read_sms: str, tmp_path: Path
) -> None:
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    with alone(Application(stand_in.url, "live")):
        done = contract(
            "run", "--target", "live", "--pass-code-from", read_sms, "-k",
            "a_texted_code_binds_the_phone", env=env, cwd=tmp_path,
        )  # fmt: skip
    assert done.returncode == 4
    assert "another live run uses this application" in done.stdout + done.stderr
    assert stand_in.journal == []


def test_a_spent_budget_stops_the_run_and_the_next_run_goes_on(
    stand_in: StandIn, read_sms: str, tmp_path: Path
) -> None:
    env = stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")
    common = (
        "run", "--target", "live", "--resend-gap", "0", "--pass-code-from", read_sms,
        "--ledger", "ledger.json", "--resume", "journal.jsonl", "-k",
        "a_wrong_code_binds_nothing or a_texted_code_binds_the_phone",
    )  # fmt: skip
    first = contract(*common, "--max-sms", "1", env=env, cwd=tmp_path)
    assert first.returncode == 22, first.stdout
    assert len((tmp_path / "journal.jsonl").read_text().splitlines()) == 1
    second = contract(*common, env=env, cwd=tmp_path)
    assert second.returncode == 0, second.stdout
    assert len((tmp_path / "journal.jsonl").read_text().splitlines()) == 2
