"""``genauth-mock exec``: what the command finds, and how both end."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.mock.support.command import first_line, started
from tests.mock.support.http import PATIENCE

pytestmark = pytest.mark.usefixtures("no_options_from_the_environment")


def test_exec_gives_the_command_a_server_and_a_user_who_can_bind_and_unbind() -> None:
    script = """
import json, os
from urllib.request import Request, urlopen
def call(path, body):
    headers = {"x-genauth-app-id": os.environ["GENAUTH_APP_ID"], "authorization": os.environ["GENAUTH_ACCESS_TOKEN"]}
    return json.load(urlopen(Request(os.environ["GENAUTH_APP_HOST"] + path, json.dumps(body).encode(), headers)))
def code(channel):
    call("/api/v3/send-sms", {"channel": channel, "phoneNumber": "18812348888"})
    url = os.environ["GENAUTH_APP_HOST"] + "/_mock/messages?phoneNumber=18812348888&channel=" + channel
    return json.load(urlopen(url))["messages"][0]["passCode"]
bound = call("/api/v3/bind-phone", {"phoneNumber": "18812348888", "passCode": code("CHANNEL_BIND_PHONE")})
free = call("/api/v3/unbind-phone", {"passCode": code("CHANNEL_UNBIND_PHONE")})
assert (bound["statusCode"], free["statusCode"]) == (200, 200), (bound, free)
assert os.environ["GENAUTH_APP_SECRET"]
print("done")
raise SystemExit(7)
"""
    with started("exec", "--", sys.executable, "-c", script) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output, errors) == (7, "done\n", "")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_exec_forwards_signals_to_the_command(number: signal.Signals) -> None:
    script = f"""
import signal
signal.signal({int(number)}, signal.SIG_DFL)  # a run in the background ignores SIGINT
signal.pthread_sigmask(signal.SIG_BLOCK, [{int(number)}])  # it is kept until it is waited for
print("runs", flush=True)
signal.sigwait([{int(number)}])
print("told")
raise SystemExit(5)
"""
    with started("exec", "--", sys.executable, "-c", script) as process:
        assert first_line(process) == "runs\n"
        process.send_signal(number)
        output, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (5, "told\n")


def test_exec_that_nohup_started_goes_on_when_its_terminal_closes() -> None:
    script = """
import sys
print("runs", flush=True)
sys.stdin.readline()
"""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = started("exec", "--", sys.executable, "-c", script, stdin=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGHUP, before)
    with process:
        assert first_line(process) == "runs\n"
        process.send_signal(signal.SIGHUP)
        process.communicate("go on\n", timeout=PATIENCE)
    assert process.returncode == 0


def test_exec_of_a_command_that_a_signal_ended_says_so_as_a_shell_does() -> None:
    script = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    with started("exec", "--", sys.executable, "-c", script) as process:
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + signal.SIGKILL


def test_exec_of_what_does_not_exist_ends_with_127() -> None:
    with started("exec", "--", "no-such-command") as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (127, "")
    assert "unknown command 'no-such-command'" in errors
