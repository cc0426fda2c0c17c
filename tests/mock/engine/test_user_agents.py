"""What is read out of a user agent: the browser or program, the system, and the kind of device."""

from __future__ import annotations

import pytest

from genauth_mock.engine.user_agents import read_user_agent

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("text", "browser", "system", "kind", "form"),
    [
        (f"{MAC} Chrome/120.0 Safari/537.36", "Chrome", "Mac OS", "Browser", "Desktop"),
        (f"{MAC} Version/17 Safari/605.1.15", "Safari", "Mac OS", "Browser", "Desktop"),
        (f"{MAC} Chrome/120.0 Safari/537.36 Edg/120.0", "Edge", "Mac OS", "Browser", "Desktop"),
        (f"{PHONE} Version/17.0 Mobile/15E148 Safari/604.1", "Safari", "iOS", "Browser", "Mobile"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Firefox", "Linux", "Browser", "Desktop"),
        ("MyApp/3.1 (Android 14)", "MyApp", "Android", "Mobile", "Mobile"),
        ("python-requests/2.31", "python-requests", "unknown", "Desktop", "Desktop"),
        ("", "unknown", "unknown", "Desktop", "Desktop"),
    ],
)  # fmt: skip
def test_a_user_agent_is_read(text: str, browser: str, system: str, kind: str, form: str) -> None:
    read = read_user_agent(text)
    assert (read.browser, read.system, read.kind, read.form) == (browser, system, kind, form)
