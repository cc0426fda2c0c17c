"""A live run that is stopped goes on later, and says what it could not put back."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

import pytest

from genauth_contract.session.guards import Stops, stopping_as_by_hand
from tests.contract.support.fake_live import StandIn, contract

PLAYED = "a_wrong_code_binds_nothing or a_texted_code_binds_the_phone"
FILES = ("--ledger", "ledger.json", "--resume", "journal.jsonl")
LIVE = ("run", "--target", "live", "--resend-gap", "0", *FILES)


@pytest.fixture
def env(stand_in: StandIn) -> dict[str, str]:
    return stand_in.environment(GENAUTH_CONTRACT_CONSENT="1")


@pytest.mark.parametrize(
    ("name", "code"), [("SIGINT", 2), ("SIGTERM", 128 + 15), ("SIGHUP", 128 + 1)]
)
def test_a_run_that_somebody_stops_goes_on_where_it_stopped(
    stand_in: StandIn, env: dict[str, str], tmp_path: Path, name: str, code: int
) -> None:
    """By Ctrl-C, by the end of a job, or by a closed terminal: what was changed is put back."""
    stopping = tmp_path / "stopping.py"
    stopping.write_text(
        "import os, signal, subprocess, sys, time\n"
        "if os.path.exists('journal.jsonl'):\n"
        f"    os.kill(os.getppid(), signal.{name})\n"
        "    signal.sigtimedwait({signal.SIGTERM}, 30)\n"
        f"command = {stand_in.read_sms.removeprefix('cmd:').split()[:-2]!r}\n"
        "sys.exit(subprocess.call(command + sys.argv[1:]))\n"
    )
    source = f"cmd:{sys.executable} {stopping} {{phone}} {{channel}}"
    stopped = contract(*LIVE, "--pass-code-from", source, "-k", PLAYED, env=env, cwd=tmp_path)
    assert stopped.returncode == code, stopped.stdout + stopped.stderr
    assert len((tmp_path / "journal.jsonl").read_text().splitlines()) == 1
    assert stand_in.phones() == []
    went_on = contract(
        *LIVE, "--pass-code-from", stand_in.read_sms, "-k", PLAYED, env=env, cwd=tmp_path
    )
    assert went_on.returncode == 0, went_on.stdout + went_on.stderr
    assert "passed in an earlier run" in went_on.stdout
    assert "passed: 1 (" in went_on.stdout


def test_what_could_not_be_undone_is_listed_and_the_next_run_begins_with_it(
    stand_in: StandIn, env: dict[str, str], tmp_path: Path
) -> None:
    read_sms = stand_in.read_sms.removeprefix("cmd:")
    deaf = tmp_path / "deaf.sh"
    deaf.write_text(f'case "$2" in *UNBIND*) exit 3;; esac\nexec {read_sms[:-18]} "$1" "$2"\n')
    source = f"cmd:sh {deaf} {{phone}} {{channel}}"
    played = "a_texted_code_binds_the_phone"
    done = contract(
        *LIVE, "--pass-code-from", source, "--json", "run.json", "-k", played, env=env, cwd=tmp_path
    )
    told = " ".join(done.stdout.split())
    assert "clean-up failed: A texted code binds the phone: the user still has +86 188" in told
    [note] = json.loads((tmp_path / "run.json").read_text())["notes"]
    assert "exit code 3" in note
    assert stand_in.phones() == ["18812340001"]
    again = contract(
        *LIVE[:-2], "--pass-code-from", stand_in.read_sms, "-k", "what_success or a_wrong_code_binds",
        env=env, cwd=tmp_path,
    )  # fmt: skip
    assert again.returncode == 0, again.stdout + again.stderr
    assert again.stderr.count("the user was found with +86 188****0001") == 1


def test_a_token_that_is_no_longer_good_ends_the_run(
    stand_in: StandIn, env: dict[str, str], tmp_path: Path
) -> None:
    """It says nothing about the deployment: nothing after it is played, or counted as failed."""
    done = contract(
        *LIVE, "--pass-code-from", stand_in.read_sms, "-k", PLAYED,
        env={**env, "GENAUTH_ACCESS_TOKEN": "expired-access-token-7431"}, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 4, done.stdout + done.stderr
    assert "sign in again, and go on with --resume" in done.stderr
    assert " failed" not in done.stdout


def test_a_run_that_nohup_started_goes_on_when_its_terminal_closes() -> None:
    stops = Stops(lambda: False, print)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopping_as_by_hand(stops):
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert stops.number == 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_is_being_put_back_is_put_back_before_the_run_stops(name: str) -> None:
    """A second signal is obeyed at once."""
    said: list[str] = []
    number = getattr(signal, name)
    stops = Stops(lambda: True, said.append)
    with stopping_as_by_hand(stops):
        signal.raise_signal(number)
        assert stops.is_waiting
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert said == ["the account is being put back first; once more, and it stays as it is"]
    assert stops.number == (0 if name == "SIGINT" else number)


@pytest.mark.parametrize(("signals", "code"), [(1, 128 + 15), (2, 128 + 15)])
def test_a_run_that_is_stopped_while_it_puts_back_leaves_nothing_changed_in_silence(
    stand_in: StandIn, env: dict[str, str], tmp_path: Path, signals: int, code: int
) -> None:
    stopping = tmp_path / "stopping.py"
    stopping.write_text(
        "import os, signal, subprocess, sys, time\n"
        "if 'UNBIND' in sys.argv[2]:\n"
        f"    for _ in range({signals}):\n"
        "        os.kill(os.getppid(), signal.SIGTERM)\n"
        "        until = time.monotonic() + 30\n"
        "        while 'back first' not in open('stderr').read() and time.monotonic() < until:\n"
        "            time.sleep(0.01)\n"
        f"command = {stand_in.read_sms.removeprefix('cmd:').split()[:-2]!r}\n"
        "sys.exit(subprocess.call(command + sys.argv[1:]))\n"
    )
    source = f"cmd:{sys.executable} {stopping} {{phone}} {{channel}}"
    played = "a_texted_code_binds_the_phone"
    with (tmp_path / "stderr").open("w") as file:
        done = contract(
            *LIVE, "--pass-code-from", source, "-k", played, env=env, cwd=tmp_path, stderr=file
        )
    said = (tmp_path / "stderr").read_text()
    assert done.returncode == code, done.stdout + said
    assert said.count("being put back first") == 1
    told = " ".join(done.stdout.split())
    assert ("stopped the run before all was put back" in told) is (signals > 1)
    assert bool(stand_in.phones()) is (signals > 1)
