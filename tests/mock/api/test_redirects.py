"""Where a browser may be sent: no spelling of an address leads it to another machine, or out of a header."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from genauth_mock.api.redirects import is_allowed
from genauth_mock.engine.setting_values import urls

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext


@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost/cb", "http://127.0.0.1:8000/cb?a=1", "http://[::1]:8000/", "http://testserver/cb",
        "https://app.localhost/cb", "HTTP://LOCALHOST./", "http://127.9.9.9/", "http://localhost/回调",
    ],
)  # fmt: skip
def test_addresses_of_this_machine_need_no_list(uri: str) -> None:
    remarks = Remarks()
    assert is_allowed(cast("CallContext", remarks), uri, (), "redirectUris")
    assert list(remarks.said) == ["real"]


@pytest.mark.parametrize(
    "uri",
    [
        # What a browser takes for a dot, and for the end of a host
        "http://./", "http://evil%2ecom/", "http://evil。com/", "http://evil．com/", "http://evil｡com/",
        "http://localhost\\.evil.com/", "http://localhost\\@evil.com/", "http:\\\\evil.com/",
        # Addresses in numbers
        "http://134744072/", "http://0x08080808/", "http://0/", "http://0x/", "http://010.8.8.8/",
        "http://8.8.8.8/", "http://[::ffff:8.8.8.8]/", "http://[::1%25eth0]/", "http://[v1.x]/",
        # More than a host
        "http://[::1]evil.com/", "http://[::1].evil.com/", "http://localhost.evil.com/", "http://@evil.com/",
        "http://localhost@evil.com/", "http://localhost:80@evil.com/", "http://evil.com#@localhost/",
        "http:///evil.com/", "//evil.com/", "http:evil.com", "ftp://localhost/", "data:text/html,x",
        # What would end a header, a rule of a policy, or a port
        "http://localhost/\r\nSet-Cookie: a=b", "http://local\thost/", "http://localhost/a b", "http://localhost/\x00",
        "http://localhost;script-src *;x/", "http://localhost,x/", "http://'localhost'/", "http://localhost:99999/",
        "http://localhost:0/", "http://localhost:-1/", "http://localhost:x/", "http://localhost/\ud800",
    ],
    ids=ascii,
)  # fmt: skip
def test_no_spelling_leads_a_browser_away_from_this_machine(uri: str) -> None:
    remarks = Remarks()
    assert not is_allowed(cast("CallContext", remarks), uri, (), "redirectUris")
    assert list(remarks.said) == ["wayOut"]


class Remarks:
    """Stands in for a call: keeps what the journal is to say."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}

    def remark(self, **said: str) -> None:
        self.said |= said


@pytest.mark.parametrize(
    "uri", ["https://a.example/\r\nX: y", "https://a.example/a b", "https://a;b/", "https://a\\b/"]
)
def test_an_address_that_would_end_a_header_cannot_be_configured(uri: str) -> None:
    with pytest.raises(ValueError, match="absolute URLs"):
        urls([uri])
