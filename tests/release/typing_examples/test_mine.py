"""What a user's test does with the fixture."""

from __future__ import annotations

from typing import assert_type

from genauth_mock.testing import GenAuthServer


def test_with_an_offline_genauth(genauth_server: GenAuthServer) -> None:
    """Everything that the fixture gives has its type."""
    user = genauth_server.new_user(username="me", phone_number="18812348888")
    assert_type(user.access_token, str)
    assert_type(genauth_server.app_host, str)
    assert_type(genauth_server.app_id, str)
    assert_type(genauth_server.app_secret, str)
    assert genauth_server.requests() == []
