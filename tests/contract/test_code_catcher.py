"""Texted codes that are caught from a provider of texts, or from an app that forwards them."""

from __future__ import annotations

import socket
from typing import Any

import attrs
import httpx
import pytest

from genauth_contract.outcomes.models import PassCode
from genauth_contract.play.clock import SystemClock
from genauth_contract.targets.codes import pass_code_source
from genauth_contract.targets.codes.catcher import Catcher
from genauth_contract.targets.codes.source import NoPassCode
from tests.contract.support.codes import PHONE, around


def as_sent(form: str, text: dict[str, str]) -> dict[str, Any]:
    """Say how httpx sends a text: as JSON, or as a form."""
    return {form: text}


@pytest.mark.parametrize("form", ["json", "data"])
def test_a_text_is_caught_from_an_sms_provider_of_ones_own(form: str) -> None:
    with pass_code_source("catch:0", around()) as source:
        assert isinstance(source, Catcher)
        url = f"http://127.0.0.1:{source.port}/"
        httpx.request(
            "POST", url, **as_sent(form, {"to": "+8618812348888", "text": "an old code 1111"})
        )
        source.forget()
        httpx.request(
            "POST", url, **as_sent(form, {"to": "+8618800000000", "text": "for somebody else 3333"})
        )
        httpx.request(
            "POST", url, **as_sent(form, {"to": "+8618812348888", "text": "your code 2222"})
        )
        assert source.code(PHONE, "CHANNEL_LOGIN") == PassCode("2222")


def test_a_text_that_names_no_number_is_nobodys_and_is_told_of() -> None:
    """Such as what a forwarder app posts that tells only who sent the text."""
    quick = attrs.evolve(around(), time=SystemClock(lambda _: None), timeout_seconds=0.05)
    with pass_code_source("catch:0", quick) as source:
        assert isinstance(source, Catcher)
        httpx.post(f"http://127.0.0.1:{source.port}/", json={"text": "your code 2222"})
        with pytest.raises(NoPassCode, match="1 came that do not name this number") as refused:
            source.code(PHONE, "CHANNEL_LOGIN")
    assert "2222" not in str(refused.value)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-length": "-1"}, 411),
        ({"content-length": "many"}, 411),
        ({"content-length": "٣"}, 411),
        ({"content-length": "65537"}, 413),
        ({"content-length": "9" * 5000}, 413),
    ],
    ids=str,
)
def test_what_no_provider_sends_is_refused(headers: dict[str, str], status: int) -> None:
    """A web page may not slip in a code, nor a length make the catcher read without end."""
    with pass_code_source("catch:0", around()) as source:
        assert isinstance(source, Catcher)
        told = {"content-length": "2", **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        with socket.create_connection(("127.0.0.1", source.port), timeout=10) as connection:
            connection.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{lines}\r\n22".encode())
            assert connection.makefile("rb").readline().split()[1] == str(status).encode()
        assert source.bodies.empty()


def test_a_port_that_is_in_use_is_told_so() -> None:
    with pass_code_source("catch:0", around()) as source:
        assert isinstance(source, Catcher)
        taken = pass_code_source(f"catch:{source.port}", around())
        with pytest.raises(ValueError, match="cannot be listened on"), taken:
            pass


def test_a_text_that_never_comes_is_given_up() -> None:
    quick = attrs.evolve(around(), timeout_seconds=0.0)
    with pass_code_source("catch:0", quick) as source, pytest.raises(NoPassCode, match="caught"):
        source.code(PHONE, "CHANNEL_LOGIN")
