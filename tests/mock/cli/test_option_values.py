"""Options whose values leave the server open, or a name without effect; and what Kubernetes sets."""

from __future__ import annotations

import socket

import pytest

from genauth_mock.cli.option_values import port_of_environment
from genauth_mock.control.guard import Guard
from genauth_mock.runtime.host_names import read_hosts
from genauth_mock.runtime.options import Options
from tests.mock.support.command import said

pytestmark = pytest.mark.usefixtures("no_options_from_the_environment")

LINK = "tcp://10.96.0.12:9480"


@pytest.mark.parametrize("command", [("serve",), ("exec",)])
@pytest.mark.parametrize(
    "option", ["--control-token", "--allowed-host", "--app-id", "--app-secret"]
)
@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_option_is_refused(command: tuple[str, ...], option: str, value: str) -> None:
    output = said(*command, option, value, "--", "true", exit_code=2)
    assert f"Invalid value for '{option}'" in output
    assert "must not be empty" in output


@pytest.mark.parametrize("command", ["healthcheck", "dump"])
def test_an_empty_token_is_refused_where_it_is_shown(command: str) -> None:
    assert "must not be empty" in said(command, "--control-token", "", exit_code=2)


def test_an_empty_variable_is_no_option(url: str) -> None:
    assert said("healthcheck", "--url", url, exit_code=0, GENAUTH_MOCK_CONTROL_TOKEN="").endswith(
        "ok\n"
    )


@pytest.mark.parametrize("token", ["", " ", "token ", "to\nken"])
def test_a_token_that_cannot_be_shown_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="control_token must not be empty"):
        Options(control_token=token)


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ("genauth", ("genauth",)),
        ("GenAuth:9480", ("genauth",)),
        ("http://genauth:9480/", ("genauth",)),
        ("https://genauth", ("genauth",)),
        ("genauth,other", ("genauth", "other")),
        ("genauth, other", ("genauth", "other")),
        ("genauth.", ("genauth",)),
        ("genauth.internal.:80", ("genauth.internal",)),
        ("my_service", ("my_service",)),
        ("bücher.example", ("xn--bcher-kva.example",)),
        ("10.0.0.1:80", ("10.0.0.1",)),
        ("[::1]:80", ("::1",)),
        ("0.0.0.0", ("0.0.0.0",)),  # noqa: S104 - read, not bound
        ("::", ("::",)),
    ],
)
def test_a_host_name_is_taken_as_it_is_meant(given: str, hosts: tuple[str, ...]) -> None:
    assert read_hosts([given]) == hosts
    guard = Guard(frozenset(Options(allowed_hosts=(given,)).allowed_hosts))
    assert guard.denial({"host": f"{hosts[0]}:9480" if ":" not in hosts[0] else "[::1]:1"}) is None


@pytest.mark.parametrize(
    "given",
    ["*.internal", "*", "genauth/path", "user@genauth", "ftp://genauth", "", ",", "a..b", "-a"],
)
def test_what_is_no_host_name_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="allowed_hosts must "):
        Options(allowed_hosts=(given,))
    assert "Invalid value for '--allowed-host'" in said(
        "serve", "--allowed-host", given, exit_code=2
    )


def test_exec_takes_no_link_for_its_port() -> None:
    said("exec", "--", "true", exit_code=0, GENAUTH_MOCK_PORT=LINK)


@pytest.mark.parametrize("link", [LINK, "udp://10.96.0.12:9480", "TCP://10.96.0.12:9480", ""])
def test_a_link_is_no_port(monkeypatch: pytest.MonkeyPatch, link: str) -> None:
    monkeypatch.setenv("GENAUTH_MOCK_PORT", link)
    assert port_of_environment() is None
    asked = said("healthcheck", exit_code=None)
    assert "http://127.0.0.1:9480" in asked


def test_serve_takes_no_link_for_its_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        output = said("serve", "--port", port, exit_code=3, GENAUTH_MOCK_PORT=LINK)
    assert "tcp://" not in output


def test_a_port_that_is_none_is_still_refused() -> None:
    assert "'eighty' is not a valid integer" in said(
        "serve", exit_code=2, GENAUTH_MOCK_PORT="eighty"
    )
