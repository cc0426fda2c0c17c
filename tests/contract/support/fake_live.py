"""A stand-in for a live deployment: a mock in another process behind TLS that answers differently."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

import attrs
import httpx

from tests.contract.support.mutants import Exchange, Spoil
from tests.contract.support.mutating_proxy import proxy
from tests.support.certificates import make_certificate

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
    " or whether_a_change_takes_codes_of_other_channels"
)
"""Scenarios that need no waiting where texts may follow each other at once."""

_READ_SMS = (
    "import json, sys, urllib.request\n"
    "phone, channel = sys.argv[1:]\n"
    "url = '{upstream}/_mock/messages?appId=live&phoneNumber=' + phone[3:]\n"
    "messages = json.load(urllib.request.urlopen(url + '&channel=' + channel))['messages']\n"
    "print(messages[0]['passCode'])\n"
)


@attrs.frozen
class StandIn:
    """A deployment that is not the mock: other codes, texts and lifetimes, no `/_mock/`.

    Attributes:
        url: Where it answers, over TLS.
        upstream: The mock behind it.
        certificate: What it is trusted by.
        journal: Every path that was asked for.
        read_sms: A `--pass-code-from` that reads the codes it texts.
    """

    url: str
    upstream: str
    certificate: Path
    journal: list[str]
    read_sms: str

    def environment(self, **more: str) -> dict[str, str]:
        """Make the users anew, and give the environment a person would set.

        Texts may follow each other at once, until `settle` says otherwise.
        """
        self.reset()
        token, other = (self._token(**login) for login in (_login(), _other_login()))
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
        """Forget every user and text."""
        self.control("reset", {"appId": "live"})
        self.control("clock", {"scale": 1})
        self.settle(resendGapSeconds=0, accessTokenLifetimeSeconds=86400)
        self.journal.clear()

    def settle(self, **settings: float) -> None:
        """Change settings."""
        self.control("settings", settings)

    def hurry(self, pace: float) -> None:
        """Let its time run faster: a short wait here is a long one there."""
        self.control("clock", {"scale": pace})

    def texts(self) -> list[dict[str, Any]]:
        """Return every text it sent, newest first."""
        query = {"appId": "live", "limit": "1000"}
        answered = httpx.get(f"{self.upstream}/_mock/messages", params=query).json()
        texts: list[dict[str, Any]] = answered["messages"]
        return texts

    def phones(self) -> list[str]:
        """Return the phones its users have."""
        answered = httpx.get(f"{self.upstream}/_mock/users", params={"appId": "live"}).json()
        assert answered["users"]
        return [user["phoneNumber"] for user in answered["users"] if user["phoneNumber"]]

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


def _other_login() -> dict[str, str]:
    """Give a second user, whose username is a word that many a scenario has in its name."""
    return {"username": "other", "password": CANARIES["GENAUTH_CONTRACT_PASSWORD"]}


def changed(exchange: Exchange) -> None:
    """Answer as the mock does, but for codes, texts, a lifetime and a field."""
    answer = exchange.answer
    if answer.get("apiCode") == 2001 and "不正确" in answer["message"]:
        answer["message"] = "验证码错误"
    if answer.get("apiCode") == 1320004:
        answer["apiCode"] = 2035
    if isinstance(answer.get("data"), dict) and "tokenExpiresIn" in answer["data"]:
        answer["data"]["tokenExpiresIn"] = 120
    if exchange.operation == "get-security-info" and not exchange.is_refused:
        answer["data"]["wisdom"] = 42


@contextmanager
def mock_in_another_process() -> Generator[str, None, None]:
    """Serve a mock elsewhere, and give its URL."""
    secret = CANARIES["GENAUTH_APP_SECRET"]
    application = ("--strict-apps", "--app-id", "live", "--app-secret", secret)
    command = [sys.executable, "-m", "genauth_mock", "serve", "--port", "0", *application]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as mock:
        assert mock.stdout
        try:
            yield mock.stdout.readline().split()[-1]
        finally:
            mock.terminate()


@contextmanager
def standing_in(folder: Path, spoil: Spoil) -> Generator[StandIn, None, None]:
    """Serve a stand-in that answers as `spoil` makes it answer."""
    certificate, journal = make_certificate(folder / "stand-in.pem"), list[str]()
    with (
        mock_in_another_process() as upstream,
        proxy(upstream, spoil, certificate, journal) as url,
    ):
        script = folder / "read_sms.py"
        script.write_text(_READ_SMS.format(upstream=upstream))
        read_sms = f"cmd:{sys.executable} -S {script} {{phone}} {{channel}}"
        yield StandIn(url, upstream, certificate, journal, read_sms)


def contract(
    *arguments: object, env: dict[str, str], cwd: Path, stderr: int | IO[str] = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run the command, as a person would, in a process of its own; Ctrl-C ends it however the tests were started."""
    command = [sys.executable, "-m", "genauth_contract", *map(str, arguments)]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.run(
        command, env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=stderr, text=True, check=False,
        preexec_fn=heard,
    )  # fmt: skip
