"""Which machine is meant: the fence around this one, the names of others, and how a deployment is named."""

from __future__ import annotations

import socket

import pytest

from genauth_contract.outcomes.models import Phone
from genauth_contract.targets.kinds import host_kind
from genauth_contract.targets.live import account, missing
from genauth_contract.targets.offline import LeftLoopback, LoopbackGuard, is_loopback


def test_inside_the_fence_nothing_leaves_this_machine() -> None:
    fence = LoopbackGuard()
    with fence.active(), pytest.raises(LeftLoopback), socket.socket() as door:
        door.connect(("192.0.2.1", 80))
    with fence.active(), socket.socket() as door, pytest.raises(ConnectionRefusedError):
        door.connect(("127.0.0.1", 1))


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])
def test_this_machine_has_many_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "example.genauth.ai", "localhost.example"])
def test_other_machines_have_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.genauth.ai", "genauth"),
        ("https://example.authing.cn", "authing"),
        ("https://id.example.com", "private"),
        ("https://127.0.0.1:8443", "loopback"),
    ],
)
def test_a_report_names_the_kind_of_host_and_not_the_host(url: str, kind: str) -> None:
    assert host_kind(url) == kind


def test_a_phone_is_configured_with_or_without_its_country_calling_code() -> None:
    configured = {
        "GENAUTH_APP_HOST": "https://id.example.com/",
        "GENAUTH_CONTRACT_PHONE": "18812348888",
        "GENAUTH_CONTRACT_OTHER_PHONE": "+1 202 555 0123",
    }
    assert account(configured).phones == (Phone("18812348888"), Phone("2025550123", "+1"))
    with pytest.raises(ValueError, match="GENAUTH_CONTRACT_PHONE"):
        account({**configured, "GENAUTH_CONTRACT_PHONE": "not a number"})


@pytest.mark.parametrize("host", ["id.example.com", "http://[::1", "https://"])
def test_a_host_that_is_no_url_is_refused_by_its_name(host: str) -> None:
    with pytest.raises(ValueError, match="GENAUTH_APP_HOST"):
        account({"GENAUTH_APP_HOST": host})


def test_host_and_application_are_always_needed() -> None:
    assert missing({"GENAUTH_ACCESS_TOKEN"}, {"GENAUTH_APP_ID": "x"}) == [
        "GENAUTH_ACCESS_TOKEN",
        "GENAUTH_APP_HOST",
    ]
