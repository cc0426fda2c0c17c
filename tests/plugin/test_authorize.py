"""Signing in without a browser: the address that one would be sent back to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running_in_thread
from genauth_mock.testing.browser import NotSentBack
from genauth_mock.testing.fixture import GenAuthServer
from genauth_mock.testing.in_process import InProcessGenAuth

BACK = "http://localhost:8000/callback"


@pytest.fixture(scope="module")
def server() -> Iterator[GenAuthServer]:
    with running_in_thread(Options()) as running:
        yield GenAuthServer(running.url, "authorize-tests")


def link(where: GenAuthServer | InProcessGenAuth, **more: str) -> str:
    """Make the link that an application sends a browser to."""
    asked = {"client_id": where.app_id, "redirect_uri": BACK, "response_type": "code", **more}
    return f"{where.app_host}/oidc/auth?{urlencode(asked)}"


def test_a_user_comes_back_with_a_code_and_the_state(server: GenAuthServer) -> None:
    address = server.authorize(link(server, state="s t"), server.new_user(username="ada"))
    assert address.startswith(f"{BACK}?")
    back = parse_qs(urlsplit(address).query)
    assert (set(back), back["state"]) == ({"code", "state"}, ["s t"])
    assert server.authorize(link(server), "ada") != address


@pytest.mark.parametrize(
    ("more", "name", "said"),
    [
        pytest.param({}, "nobody", "names no user", id="unknown user"),
        pytest.param({"response_mode": "form_post"}, "eve", "form_post", id="a page"),
        pytest.param({"redirect_uri": "https://x.example/"}, "eve", "redirect_uri", id="address"),
    ],
)
def test_why_nobody_comes_back_is_said(
    server: GenAuthServer, more: dict[str, str], name: str, said: str
) -> None:
    if name == "eve":
        name = server.new_user().user_id
    with pytest.raises(NotSentBack, match=said):
        server.authorize(link(server, **more), name)


def test_a_link_to_another_server_is_refused_by_name(server: GenAuthServer) -> None:
    with pytest.raises(ValueError, match="url must lead to"):
        server.authorize("https://genauth.example/oidc/auth?client_id=x", "ada")


async def test_it_goes_without_a_socket_too() -> None:
    genauth = InProcessGenAuth()
    ada = await genauth.new_user(username="ada")
    for user in (ada, "ada"):
        assert (await genauth.authorize(link(genauth), user)).startswith(f"{BACK}?code=")
    with pytest.raises(NotSentBack, match="names no user"):
        await genauth.authorize(link(genauth), "nobody")
    with pytest.raises(ValueError, match="url must lead to"):
        await genauth.authorize("https://genauth.example/oidc/auth", "ada")
