"""Known differences are taken out for as long as they are true, and cannot rot."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from genauth_contract.records.known import (
    BadKnown,
    Known,
    apply_known,
    read_known,
)
from tests.contract.support.world import a_drift

T0 = dt.date(2026, 1, 1)


def known(path: str = "apiCode", expires: dt.date = T0) -> Known:
    return Known("a_story", path, "we wait for an answer", T0, expires)


def test_a_known_difference_is_taken_out() -> None:
    applied = apply_known(a_drift(), [known()], T0)
    assert applied.drift.differences == ()
    assert applied.stale == ()


def test_a_known_difference_is_not_counted_as_the_same() -> None:
    same = a_drift().summary.replace("1 differ", "0 differ")
    assert apply_known(a_drift(), [known()], T0).drift.summary == same


def test_an_expired_one_stays_in_and_is_rotten() -> None:
    applied = apply_known(a_drift(), [known()], T0 + dt.timedelta(days=1))
    assert len(applied.drift.differences) == 1
    assert "expired" in applied.stale[0]


def test_one_that_is_no_longer_true_is_rotten() -> None:
    applied = apply_known(a_drift(), [known(path="message")], T0)
    assert "no longer differs" in applied.stale[0]


def test_the_packaged_list_can_be_read() -> None:
    assert read_known() == []


ENTRY = """
[[known]]
scenario = "a_story"
path = "{path}"
reason = "we wait for an answer"
opened = {opened}
expires = 2026-01-01
"""


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ENTRY.format(path="data.*", opened="2026-01-01"), "wildcard"),
        (ENTRY.format(path="", opened="2026-01-01"), "lacks path"),
        (ENTRY.format(path="apiCode", opened='"yesterday"'), "dates"),
        ("known = [", "not TOML"),
        ("known = 1", r"\[\[known\]\]"),
        ("known = [1]", "not a table"),
    ],
    ids=["wildcard", "lacking", "no date", "no TOML", "no list", "no table"],
)
def test_a_bad_entry_is_refused(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(text)
    with pytest.raises(BadKnown, match=complaint):
        read_known(path)


def test_a_good_entry_is_read(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(ENTRY.format(path="apiCode", opened="2026-01-01"))
    assert read_known(path) == [known()]
