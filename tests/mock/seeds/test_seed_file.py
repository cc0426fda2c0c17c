"""The seed file: what it may say, and what a mistake in it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.seeds.seed_file import read_seed
from tests.mock.support.seeds import APP

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a = [", "is not TOML"),
        ("colour = 1", "unknown field 'colour'; expected one of: settings, users, answers, apps"),
        ("settings = 1", "settings must be a table"),
        ("users = 1", "users must be a list of tables"),
        (
            "[settings]\ncolour = 1",
            "settings: unknown setting 'colour'; expected one of: passCodeLength",
        ),
        ("[settings]\npassCodeLength = 99", "settings.passCodeLength must be"),
        (
            "[[users]]\nphone = 1",
            "unknown field 'users[0].phone'; expected one of: roles, groups",
        ),
        ("[[users]]\nusername = 1", "users[0].username must be a string"),
        ('[[users]]\nphoneNumber = "1"', "users[0].phoneNumber must be"),
        ('[[users]]\nemail = "nobody"', "users[0].email must be an email"),
        ('[[users]]\nstatus = "Lost"', "users[0].status must be one of Activated, Suspended"),
        (
            '[[users]]\nusername = "a"\n[[users]]\nusername = "a"',
            "users[1].username is that of users[0]",
        ),
        (
            "[[answers]]\nroute = 'get-profile'",
            "answers[0] /api/v3/get-profile is imitated: its own rules answer it",
        ),
        ("[[apps]]\nappSecret = 'x'", "apps[0].appId is missing"),
        ("[[apps]]\nappId = 'a'\n[[apps]]\nappId = 'a'", "apps[1].appId 'a' is there already"),
        (
            "[[apps]]\nappId = 'a'\n[[apps.users]]\nemail = 1",
            "apps[0].users[0].email must be a string",
        ),
        (
            "[[apps]]\nappId = 'a'\n[apps.settings]\nresendGapSeconds = -1",
            "apps[0].settings.resendGapSeconds must be a number of seconds",
        ),
    ],
)
def test_a_mistake_is_named_by_file_table_and_key(
    seed_file: Path, content: str, problem: str
) -> None:
    seed_file.write_text(content)
    with pytest.raises(InvalidInput) as caught:
        read_seed(seed_file, APP)
    assert str(caught.value).startswith(f"{seed_file}: {problem}")


def test_all_mistakes_are_named_at_once(seed_file: Path) -> None:
    seed_file.write_text('[settings]\npassCodeLength = 0\n[[users]]\nemail = "x"')
    with pytest.raises(InvalidInput) as caught:
        read_seed(seed_file, APP)
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        read_seed(tmp_path / "nothing.toml", APP)


def test_a_seed_shows_no_secret(seed_file: Path) -> None:
    shown = repr(read_seed(seed_file, APP))
    for secret in ("424242", "secret", "token-of-ada", "13912345678"):
        assert f"'{secret}'" not in shown
