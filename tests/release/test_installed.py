"""The wheel in clean environments, one for each way to install it."""

import json
from pathlib import Path

import pytest

from tests.release.installed import PROJECT, Environment

LICENCES = PROJECT / "docs/reference/licences.md"

LOADED = (
    "import json, sys, aiogenauth;"
    "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
)
INSTALLED = (
    "import json; from importlib.metadata import distributions;"
    "print(json.dumps(sorted(d.name.lower().replace('_', '-') for d in distributions())))"
)
BIND = """
import asyncio, json, os, urllib.request
from aiogenauth import AuthenticationClient
async def main():
    async with AuthenticationClient() as client:
        await client.send_sms("CHANNEL_BIND_PHONE", "18812348888")
        url = f"{client.app_host}/_mock/messages?phoneNumber=18812348888&appId={client.app_id}"
        with urllib.request.urlopen(url) as answer:
            code = json.load(answer)["messages"][0]["passCode"]
        await client.bind_phone(phone_number="18812348888", pass_code=code)
        print("bound:", (await client.get_profile()).phone_verified)
asyncio.run(main())
"""
PAGE = """
import os, re, urllib.request
def fetch(path):
    with urllib.request.urlopen(os.environ["GENAUTH_APP_HOST"] + path) as answer:
        return answer.read().decode()
named = re.findall(r'(?:src|href)="/?([^":]+[.](?:js|css|svg))"', fetch("/"))
print(len([fetch("/" + name) for name in named]), "files;", len(fetch("/openapi.json")) > 1000)
"""


def of_the_page(extras: set[str]) -> set[str]:
    """Read from the page of licences what some extras bring along."""
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in LICENCES.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ][2:]
    return {name for name, _, by in rows if {"the SDK", *extras} & set(by.split(", "))}


def test_the_sdk_alone_is_small(wheel: Path, tmp_path: Path) -> None:
    """It brings few packages and loads nothing of a server; its commands say which extra is missing."""
    alone = Environment.make(tmp_path, wheel, "")
    installed = set(json.loads(alone.says(INSTALLED))) - {"aiogenauth"}
    assert installed <= of_the_page(set())
    assert {"aiohttp", "attrs", "cattrs", "phonenumberslite"} <= installed
    loaded = set(json.loads(alone.says(LOADED)))
    assert not loaded & {"genauth_mock", "genauth_contract", "pytest", "click", "rich", "httpx"}
    for command, extra in (("genauth-mock", "mock"), ("genauth-contract", "contract")):
        told = alone.command(command, "--version", exit_code=1)
        assert f"pip install 'aiogenauth[{extra}]'" in told
        assert "Traceback" not in told


def test_httpx_is_a_transport(wheel: Path, tmp_path: Path) -> None:
    """The extra brings httpx, which the transport takes."""
    with_httpx = Environment.make(tmp_path, wheel, "httpx")
    told = with_httpx.says(
        "import httpx; from aiogenauth import AuthenticationClient, HttpxTransport;"
        "print(AuthenticationClient('a', 'https://example.com', transport=HttpxTransport(httpx.AsyncClient())))"
    )
    assert told.startswith("AuthenticationClient(app_id='a'")


def test_spans_come_with_an_extra(wheel: Path, tmp_path: Path) -> None:
    """Without it the SDK makes none; with it whatever the application has set up is told."""
    watched = Environment.make(tmp_path, wheel, "otel")
    told = watched.says(
        "import json, sys, opentelemetry.trace; from aiogenauth.sending import hooks;"
        "print(json.dumps([hooks.is_on(), 'genauth_mock' in sys.modules]))"
    )
    assert json.loads(told) == [True, False]


def test_the_sdist_installs_as_the_wheel_does(sdist: Path, tmp_path: Path) -> None:
    """Whoever has no wheel builds one, and has the same."""
    built = Environment.make(tmp_path, sdist, "")
    loaded = set(json.loads(built.says(LOADED)))
    assert "aiogenauth" in loaded
    assert not loaded & {"genauth_mock", "genauth_contract", "pytest", "click", "rich", "httpx"}
    assert "pip install 'aiogenauth[mock]'" in built.command(
        "genauth-mock", "--version", exit_code=1
    )


@pytest.mark.parametrize("extras", ["mock", "mock,redis", "mock,fast"])
def test_the_mock_runs(wheel: Path, tmp_path: Path, extras: str) -> None:
    """A phone is bound on it, its page has all its files; a store and the contract tell which extra they need."""
    offline = Environment.make(tmp_path, wheel, extras)
    told = offline.command("genauth-contract", "--version", exit_code=1)
    assert told == "genauth-contract needs its extra: pip install 'aiogenauth[contract]'\n"
    python = str(offline.python)
    assert "bound: True" in offline.command("genauth-mock", "exec", "--", python, "-Ic", BIND)
    told = offline.command("genauth-mock", "exec", "--", python, "-Ic", PAGE)
    count, _, has_document = told.strip().splitlines()[-1].partition(" files; ")
    assert int(count) >= 3
    assert has_document == "True"
    store = ("genauth-mock", "serve", "--port", "0", "--store", "redis://127.0.0.1:1/0")
    if "redis" in extras:
        assert "Traceback" not in offline.command(*store, exit_code=4)
    else:
        told = offline.command(*store, exit_code=2)
        assert "pip install 'aiogenauth[" in told


def test_the_contract_runs(wheel: Path, tmp_path: Path) -> None:
    """One scenario is played on the mock, from the installed package."""
    checked = Environment.make(tmp_path, wheel, "contract")
    told = checked.command("genauth-contract", "run", "-k", "a_texted_code_binds_the_phone")
    assert "passed: 2 " in told, "once as bytes on the wire, once through the SDK"
