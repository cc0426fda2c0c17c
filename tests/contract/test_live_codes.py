"""A live run gets its codes from a person, a file or an HTTP request: each by the command itself."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from tests.contract.support.fake_live import StandIn

PLAYED = "a_wrong_code_binds_nothing or a_texted_code_binds_the_phone"
LEDGER = ("--ledger", "ledger.json")

Deliver = Callable[[str], object]


@contextmanager
def delivering(stand_in: StandIn, deliver: Deliver) -> Generator[None, None, None]:
    """Deliver every text of the stand-in as a phone would get it."""
    over = Event()
    query = {"appId": "live", "wait": "1"}

    def work() -> None:
        with httpx.Client(base_url=stand_in.upstream) as client:
            after: dict[str, str] = {}
            while not over.is_set():
                answered = client.get("/_mock/messages", params={**query, **after}).json()
                after = {"after": answered["cursor"]}
                for text in reversed(answered["messages"]):
                    number = f"{text['phoneCountryCode']}{text['phoneNumber']}"
                    deliver(f"To {number}: your code is {text['passCode']}.")

    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.fixture
def env(stand_in: StandIn) -> dict[str, str]:
    return stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")


def command(source: str) -> list[str]:
    live = [sys.executable, "-m", "genauth_contract", "run", "--target", "live"]
    return [*live, "--resend-gap", "0", "--pass-code-from", source, "-k", PLAYED, *LEDGER]


def assert_all_is_well(stand_in: StandIn, output: str, folder: Path) -> None:
    """Both scenarios passed, nothing is left behind, and no code was said or written."""
    assert "2 passed" in output
    assert stand_in.phones() == []
    written = "".join(path.read_text() for path in folder.glob("*.json"))
    for text in stand_in.texts():
        assert not re.search(rf"(?<!\d){text['passCode']}(?!\d)", output + written)


def test_codes_come_from_a_file(stand_in: StandIn, env: dict[str, str], tmp_path: Path) -> None:
    inbox = tmp_path / "inbox.txt"
    with delivering(stand_in, inbox.write_text):
        done = subprocess.run(
            command(f"file:{inbox}"), env=env, cwd=tmp_path, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert_all_is_well(stand_in, done.stdout + done.stderr, tmp_path)


def test_codes_are_caught_by_http(stand_in: StandIn, env: dict[str, str], tmp_path: Path) -> None:
    with subprocess.Popen(
        command("catch:0"), env=env, cwd=tmp_path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stderr
        where = running.stderr.readline().split()[-1]
        with delivering(stand_in, lambda text: httpx.post(where, json={"content": text})):
            output, errors = running.communicate()
    assert running.returncode == 0, output + errors
    assert_all_is_well(stand_in, output + errors, tmp_path)


PERSON = """
import os, pty, re, subprocess, sys, urllib.request, json
upstream, arguments = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if not child:
    os.execv(arguments[0], arguments)
shown = ""
answered = 0
while True:
    try:
        read = os.read(terminal, 4096).decode(errors="replace")
    except OSError:
        break
    if not read:
        break
    shown += read
    questions = re.findall(r"Code texted to .*? for (CHANNEL_\\w+): ", shown)
    if len(questions) > answered:
        url = f"{upstream}/_mock/messages?appId=live&channel={questions[-1]}"
        code = json.load(urllib.request.urlopen(url))["messages"][0]["passCode"]
        os.write(terminal, code.encode() + b"\\n")
        answered = len(questions)
_, status = os.waitpid(child, 0)
print(shown)
print("asked", answered, "times")
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Somebody at a terminal who reads the phone and types the code."""


def test_codes_are_typed_by_a_person(
    stand_in: StandIn, env: dict[str, str], tmp_path: Path
) -> None:
    person = tmp_path / "person.py"
    person.write_text(PERSON)
    typing = [sys.executable, str(person), stand_in.upstream, *command("prompt")]
    done = subprocess.run(
        typing, env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Code texted to +86 188****0001 for CHANNEL_BIND_PHONE: " in done.stdout
    assert f"asked {len(stand_in.texts())} times" in done.stdout
    assert_all_is_well(stand_in, done.stdout + done.stderr, tmp_path)


def test_a_code_that_does_not_come_is_said_and_fails_the_scenario(
    env: dict[str, str], tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox.txt"
    done = subprocess.run(
        [*command(f"file:{inbox}"), "--pass-code-timeout", "0.3"], env=env, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "no new code for +86 188****0001 and CHANNEL_BIND_PHONE in the file" in done.stdout
