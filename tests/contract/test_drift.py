"""What differs is said field by field, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest

from genauth_contract.records.drift import Kind, compare
from genauth_contract.records.recording import (
    NotARecording,
    RecordedScenario,
    Recording,
    read_recording,
)
from genauth_contract.reports.html import drift_page
from genauth_contract.reports.junit import drift_junit
from tests.contract.support.world import a_drift, changed, recorded


def found(*recordings: Recording) -> list[tuple[str, Kind]]:
    drift = compare(recordings, ["a", "b", "c"][: len(recordings)])
    return [(one.path, one.kind) for one in drift.differences]


def test_the_same_answers_do_not_differ() -> None:
    assert found(recorded(), recorded("mock")) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"apiCode": 500}, [("apiCode", Kind.MOCK_DRIFTED)]),
        ({"apiCode": "2001"}, [("apiCode", Kind.MOCK_DRIFTED)]),
        ({"message": "nay"}, [("message", Kind.TEXT_ONLY)]),
        ({"data": {"wisdom": 42}}, [("data.wisdom", Kind.NEW_FIELD)]),
        ({"data": {"lastLogin": "<time>"}}, []),
        ({"data": {"email": "<email:1>", "totalCount": 9}}, []),
        ({"data": {"list": [{"a": 1}, {"a": 2}, {"b": 3}]}}, [("data.list.0.a", Kind.NEW_FIELD)]),
        ({"requestId": "<uuid:7>"}, []),
        ({"requestId": "<text:1>"}, [("requestId", Kind.MOCK_DRIFTED)]),
        ({"data": ["x"]}, [("data.0", Kind.NEW_FIELD)]),
    ],
)  # fmt: skip
def test_a_difference_is_told_by_its_kind(
    body: dict[str, object], expected: list[tuple[str, Kind]]
) -> None:
    assert found(recorded(), changed("mock", body)) == expected


def test_an_empty_list_has_no_entry_to_compare() -> None:
    full = changed("private", {"data": {"list": [{"a": 1}]}})
    empty, none = changed("mock", {"data": {"list": []}}), changed("mock", {"data": {}})
    assert found(full, empty) == []
    assert found(full, none) == [("data.list.0.a", Kind.MISSING_FIELD)]


def test_a_field_that_is_gone_is_missing() -> None:
    assert found(recorded(extra=True), recorded("mock")) == [("extra", Kind.MISSING_FIELD)]


def test_placeholders_differ_when_they_stand_for_different_things() -> None:
    same = recorded(one="<phone:1>", other="<phone:1>")
    different = recorded("mock", one="<phone:1>", other="<phone:2>")
    assert found(same, different) == [("other", Kind.MOCK_DRIFTED)]


@pytest.mark.parametrize(
    ("live", "mock", "kind"),
    [(2001, 500, Kind.MOCK_DRIFTED), (500, 2001, Kind.LIVE_DRIFTED), (500, 500, Kind.LIVE_DRIFTED)],
)
def test_three_ways_tell_who_moved(live: int, mock: int, kind: Kind) -> None:
    three = recorded(), recorded(apiCode=live), recorded("mock", apiCode=mock)
    assert found(*three) == [("apiCode", kind)]


def test_a_scenario_that_was_not_played_again_is_said_to_be() -> None:
    empty = Recording("mock", "2026-01-01", {})
    assert found(recorded(), empty) == [("scenario", Kind.NOT_PLAYED)]


def test_what_the_reference_never_saw_is_not_compared() -> None:
    assert found(Recording("private", "2026-01-01", {}), recorded("mock")) == []


@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_story_that_stopped_early_is_told_once_and_its_rest_not_compared(
    is_swapped: bool,
) -> None:
    (step,) = recorded().scenarios["a_story"].steps
    rest = attrs.evolve(step, operation="get-profile", expected="OK")
    long, short = (
        Recording(kind, "2026-01-01", {"a_story": RecordedScenario("abc", passed=True, steps=steps)})
        for kind, steps in (("private", (step, rest, rest)), ("mock", (step,)))
    )  # fmt: skip
    pair = (short, long) if is_swapped else (long, short)
    drift = compare(pair, ["a", "b"])
    assert [(one.kind, one.step) for one in drift.differences] == [(Kind.STOPPED_EARLY, 0)]
    told = ("stopped early", "whole") if is_swapped else ("whole", "stopped early")
    assert drift.differences[0].values == told
    assert not drift.only_texts


def test_stories_that_stopped_early_are_one_finding() -> None:
    (step,) = recorded().scenarios["a_story"].steps
    long, short = (
        Recording(
            "private", "2026-01-01",
            {name: RecordedScenario("abc", passed=True, steps=steps) for name in ("one", "two")},
        )
        for steps in ((step, step), (step,))
    )  # fmt: skip
    (finding,) = compare((long, short), ["a", "b"]).findings
    assert finding.places == ("one", "two")


def test_what_is_expected_of_different_accounts_is_not_compared_unless_the_story_was_edited() -> (
    None
):
    """A scenario expects another answer of an account with an e-mail than of one without."""
    one, other = recorded(), recorded(expected="OLD_EMAIL_MISMATCH", apiCode=2037)
    assert found(one, other) == []
    kept = attrs.evolve(other.scenarios["a_story"], fingerprint="edited")
    edited = attrs.evolve(other, scenarios={"a_story": kept})
    assert found(one, edited) == [("apiCode", Kind.LIVE_DRIFTED)]


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "recording.json"
    path.write_text(recorded().to_json())
    assert read_recording(path) == recorded()


@pytest.mark.parametrize("text", ["no", "[]", '{"format": 99}', "{}"])
def test_something_else_is_no_recording(text: str, tmp_path: Path) -> None:
    path = tmp_path / "recording.json"
    path.write_text(text)
    with pytest.raises(NotARecording, match=r"recording\.json"):
        read_recording(path)


def test_reports_say_the_same_and_escape_what_they_say() -> None:
    drift = a_drift()
    assert json.loads(drift.to_json())["differences"][0]["path"] == "apiCode"
    page = drift_page(drift)
    assert "&lt;mock&gt;" in page
    assert "<mock>" not in page
    assert "mock-drifted" in page
    suite = ET.fromstring(drift_junit(drift))  # noqa: S314 - we wrote it
    assert suite.attrib["failures"] == "1"
    assert "apiCode: mock drifted" in ET.tostring(suite, encoding="unicode")


def test_what_differs_in_many_places_is_said_once() -> None:
    step = recorded().scenarios["a_story"].steps[0]
    both = [
        Recording(
            "private", "2026-01-01", {"a_story": RecordedScenario("abc", passed=True, steps=steps)}
        )
        for steps in (
            (step, step),
            tuple(changed("mock", {"apiCode": 7}).scenarios["a_story"].steps) * 2,
        )
    ]
    [found] = compare(both, ("recorded", "mock now")).findings
    assert (found.path, found.values, len(found.places)) == ("apiCode", (2001, 7), 2)


def test_codes_come_before_texts() -> None:
    other = changed("mock", {"apiCode": 7, "message": "yes"})
    found = compare([recorded(), other], ("recorded", "mock now")).findings
    assert [one.kind for one in found] == [Kind.MOCK_DRIFTED, Kind.TEXT_ONLY]
