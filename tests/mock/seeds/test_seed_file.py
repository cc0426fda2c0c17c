"""The seed file: what it may say, and what a mistake in it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from genauth_mock.seeds.seed_file import BadSeed, read_seed
from tests.mock.support.seeds import APP

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a = [", "is not TOML"),
        ("colour = 1", "top level: colour is unknown; there are: settings, users, apps"),
        ("settings = 1", "top level: settings must be a table"),
        ("users = 1", "top level: users must be tables, each under [[...users]]"),
        (
            "[settings]\ncolour = 1",
            "[settings]: colour is not a setting; there are: passCodeLength",
        ),
        ("[settings]\npassCodeLength = 99", "[settings]: passCodeLength must be"),
        ("[[users]]\nphone = 1", "[[users]] 1: phone is unknown; there are: userId, username"),
        ("[[users]]\nusername = 1", "[[users]] 1: username must be a string"),
        ('[[users]]\nphoneNumber = "1"', "[[users]] 1: phoneNumber must be"),
        ('[[users]]\nemail = "nobody"', "[[users]] 1: email must be an email"),
        ('[[users]]\nstatus = "Lost"', "[[users]] 1: status must be one of Activated, Suspended"),
        (
            '[[users]]\nusername = "a"\n[[users]]\nusername = "a"',
            "[[users]] 2: username is that of [[users]] 1",
        ),
        ("[[apps]]\nappSecret = 'x'", "[[apps]] 1: appId is missing"),
        ("[[apps]]\nappId = 'a'\n[[apps]]\nappId = 'a'", "[[apps]] 2: appId 'a' is there already"),
        (
            "[[apps]]\nappId = 'a'\n[[apps.users]]\nemail = 1",
            "[[apps]] 1, [[apps.users]] 1: email must be a string",
        ),
        (
            "[[apps]]\nappId = 'a'\n[apps.settings]\nresendGapSeconds = -1",
            "[[apps]] 1, [apps.settings]: resendGapSeconds must be a number of seconds",
        ),
    ],
)
def test_a_mistake_is_named_by_file_table_and_key(
    seed_file: Path, content: str, problem: str
) -> None:
    seed_file.write_text(content)
    with pytest.raises(BadSeed) as caught:
        read_seed(seed_file, APP)
    assert str(caught.value).startswith(f"{seed_file}: {problem}")


def test_all_mistakes_are_named_at_once(seed_file: Path) -> None:
    seed_file.write_text('[settings]\npassCodeLength = 0\n[[users]]\nemail = "x"')
    with pytest.raises(BadSeed) as caught:
        read_seed(seed_file, APP)
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSeed, match="cannot be read: No such file"):
        read_seed(tmp_path / "nothing.toml", APP)


def test_a_seed_shows_no_secret(seed_file: Path) -> None:
    shown = repr(read_seed(seed_file, APP))
    for secret in ("424242", "secret", "token-of-ada", "13912345678"):
        assert f"'{secret}'" not in shown
