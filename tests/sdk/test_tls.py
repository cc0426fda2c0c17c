"""TLS: verified always, by the system or by what the caller names, unless asked for loudly."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from aiogenauth import AuthenticationClient, InsecureTlsWarning, NotDelivered
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    Kind,
    connected,
    fake_server,
)
from tests.support.certificates import make_certificate


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a self-signed certificate of 127.0.0.1 and its key, in one file."""
    return make_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    """Give the server's side of TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_leaves(
    server_tls: ssl.SSLContext, kind: Kind
) -> None:
    async with (
        fake_server(ssl=server_tls) as genauth,
        connected(genauth.url, kind, retries=0) as client,
    ):
        for call in (client.bind_phone(CODE, NUMBER), client.get_profile()):
            with pytest.raises(NotDelivered):
                await call
    assert genauth.received == []


async def test_a_ca_file_or_a_context_vouches_for_it(
    server_tls: ssl.SSLContext, certificate: Path
) -> None:
    context = ssl.create_default_context(cafile=certificate)
    async with fake_server(ssl=server_tls) as genauth:
        async with connected(genauth.url, ca_file=certificate) as client:
            await client.bind_phone(CODE, NUMBER)
        async with connected(genauth.url, ssl_context=context) as client:
            await client.bind_phone(CODE, NUMBER)


async def test_verification_is_off_only_when_asked_for_loudly(
    server_tls: ssl.SSLContext,
) -> None:
    async with fake_server(ssl=server_tls) as genauth:
        with pytest.warns(InsecureTlsWarning):
            client = AuthenticationClient(
                "a", genauth.url, access_token="t", dangerously_disable_tls_verification=True
            )
        async with client:
            await client.bind_phone(CODE, NUMBER)
