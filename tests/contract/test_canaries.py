"""A target that gives everybody's secrets away fails, and none of them is in anything written or said."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import genauth_contract
from genauth_contract.outcomes.models import is_object
from tests.contract.support.fake_live import bare_environment
from tests.contract.support.mutants import Exchange
from tests.contract.support.mutating_proxy import proxy

PLAYED = (
    "a_wrong_code_binds_nothing or a_user_signs_in_with_username or a_phone_is_changed_once"
    " or a_refresh_token_gives_new_tokens or a_mailed_code_binds_the_address"
)
SECRET = re.compile(
    "(token|passcode|password|secret|phone|phonenumber|email|username)$", re.IGNORECASE
)
SUITE = Path(genauth_contract.__file__).with_name("suite")


@attrs.define
class Betrayal:
    """Repeats every secret it sees in messages, in names, in fields nobody knows."""

    known: set[str] = attrs.field(factory=set[str])

    def __call__(self, exchange: Exchange) -> None:
        secrets = [*_secrets(exchange.asked), *_secrets(exchange.answer), *_texted(exchange)]
        self.known.update(secrets)
        if not secrets or "statusCode" not in exchange.answer:
            return
        told, last = " and ".join(secrets), secrets[-1]
        exchange.answer["message"] += f" for {told}"
        exchange.answer["hint"] = {"who": secrets, last: "a name", "deep": [{"x": {"why": told}}]}
        exchange.answer["number"] = int(last) if last.isdigit() else 0
        if isinstance(exchange.answer.get("data"), dict):
            exchange.answer["data"]["note"] = f"+86{last}/{secrets[0]}"

    def found_in(self, text: str) -> set[str]:
        """Return what it gave away and a text has."""
        return {
            secret for secret in self.known if re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", text)
        }


def _secrets(node: Any, name: str = "") -> Iterator[str]:  # noqa: ANN401 - decoded JSON
    if is_object(node):
        for key, value in node.items():
            yield from _secrets(value, str(key))
    elif isinstance(node, str) and SECRET.search(name):
        yield node


def _texted(exchange: Exchange) -> Iterator[str]:
    for text in exchange.upstream(exchange.app_id, "/_mock/messages", {})["messages"]:
        yield text["passCode"]


def written(folder: Path) -> dict[str, str]:
    """Return the text of every file, by name."""
    return {path.name: path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        ["genauth_contract", "record", "-o", "r.json", "--json", "j.json", "--html", "h.html",
         "--junit", "x.xml", "--ledger", "l.json"],
        ["pytest", SUITE, "-p", "genauth_contract.plugin", "-c", SUITE / "pytest.ini", "-vv", "-rA",
         "--showlocals", "--tb=long", "--log-level=DEBUG", "-o",
         "junit_logging=all", "--contract-record", "r.json", "--contract-json", "j.json",
         "--contract-html", "h.html", "--junitxml", "x.xml", "-p", "no:asyncio"],
    ],
    ids=["the command", "pytest at its most talkative"],
)  # fmt: skip
def test_what_a_target_gives_away_is_nowhere(
    command: list[object], mock_url: str, tmp_path: Path
) -> None:
    betrayal = Betrayal()
    with proxy(mock_url, betrayal) as url:
        whole = [sys.executable, "-m", *map(str, command), "--target", url, "-k", PLAYED]
        whole += ["-o", f"cache_dir={tmp_path / 'cache'}"] if command[0] == "pytest" else []
        done = subprocess.run(
            whole, cwd=tmp_path, env=bare_environment(), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1, done.stdout + done.stderr
    files = written(tmp_path)
    assert {"r.json", "j.json", "h.html", "x.xml"} <= files.keys()
    assert json.loads(files["r.json"])["scenarios"]["a_wrong_code_binds_nothing"]["passed"] is False
    assert len(betrayal.known) > 10
    for name, text in {**files, "stdout": done.stdout, "stderr": done.stderr}.items():
        assert not betrayal.found_in(text), f"a secret is in {name}"
