"""The demo tells the truth: it says whether every answer was the expected one."""

from __future__ import annotations

import io

from rich.console import Console

from genauth_mock.cli.demo import Call, Told, tell
from genauth_mock.engine.outcomes import Outcome


def test_the_story_comes_true_and_shows_each_refusal() -> None:
    shown = io.StringIO()
    assert tell(Console(file=shown, width=200))
    story = shown.getvalue()
    for said in (
        "499/2001 The verification code is incorrect",
        "422/4004",
        "499/1320004",
        "499/2226",
    ):
        assert said in story
    assert "The profile says: +86 18812348888, verified: True" in story


def test_an_answer_that_is_not_the_expected_one_does_not_come_true() -> None:
    bind = Call("Bind", Outcome.WRONG_CODE, "bind-phone", {})
    assert not Told(bind, {"statusCode": 200, "message": "ok"}).came_true
