"""Pictures and tables say what the files of results say, to eyes and to screen readers, and what is missing."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from aiogenauth import AuthenticationClient
from benchmarks.drawing.pictures import NotMeasured, Shown, read
from benchmarks.drawing.story import FILE, STORY, story
from benchmarks.processes import Memory

SVG = "{http://www.w3.org/2000/svg}"


def calls(rate: int, ratio: float) -> dict[str, float]:
    """Give the figures of one way to call."""
    return {"calls_per_second": rate, "ratio": ratio, "cpu_us_per_call": 1.0, "cpu_ratio": 1.0}


RESULTS: dict[str, dict[str, object]] = {
    "sdk": {
        "http, plain": {
            "1 in flight": {"raw aiohttp": calls(4321, 1.0), "aiogenauth": calls(4200, 0.972)},
        },
        "https, plain": {"1 in flight": {"raw aiohttp": calls(1234, 1.0)}},
        "import": {"ratio": 1.0},
        "memory": {"growth_kib": 0},
    },
    "sign_in": {
        "refresh": {"raw aiohttp": calls(4321, 1.0), "aiogenauth": calls(4200, 0.972)},
        "times_the_cost": {"refresh": 1.03},
    },
    "mock": {
        "start to first answer / bare": 1.25,
        "send-sms / bare": 0.81,
        "bind-phone, fast / bare": 1.17,
        "memory idle, MiB": 43.2,
        "a peer <1> / bare": 0.11,
        "a peer <1>, memory, MiB": 210.5,
    },
    "soak": {
        "command": "SOAK_SECONDS=60 make soak",
        "date": "2026-01-01",
        "workers": 4,
        "load": {
            "seconds": 60,
            "calls": 1202,
            "failures": [],
            "memoryMib": {"warm": None, "end": None, "isFlat": None, "each": [59.8, 62.5]},
        },
        "requests": {
            "seconds": 30,
            "requests": 45000,
            "wanted": 100000,
            "failures": ["one"],
            "memoryMib": {"warm": 60.5, "end": 61.5, "isFlat": True, "each": [60.0, 61.5]},
        },
        "answers": {"seconds": 12, "calls": 2000, "wanted": 20000, "failures": []},
    },
}
TOLD = {
    "sdk": ["aiogenauth", "0.97", "1.00", "http, plain stack, 1 in flight", "make bench"],
    "sign_in": ["aiogenauth: refresh", "1.03", "make bench"],
    "mock": ["0.81", "1.17", "a peer <1>", "0.11", "43.20", "210", "make bench"],
    "soak": ["load", "62.5", "requests", "61.5", "SOAK_SECONDS=60 make soak, 2026-01-01"],
}


def shown(name: str, folder: Path) -> Shown:
    """Give what is shown of a file of results."""
    (folder / f"{name}.json").write_text(json.dumps(RESULTS[name]), encoding="utf-8")
    return read(name, folder)


@pytest.mark.parametrize("name", RESULTS)
def test_a_picture_says_every_figure_in_words(tmp_path: Path, name: str) -> None:
    pictures = [ET.fromstring(each) for each in shown(name, tmp_path).pictures.values()]  # noqa: S314 - our own
    drawn = " | ".join(each.text or "" for one in pictures for each in one.iter(f"{SVG}text"))
    assert not [each for each in TOLD[name] if each not in drawn]
    for picture in pictures:
        [description] = picture.iter(f"{SVG}desc")
        assert picture.get("role") == "img"
        assert picture.get("aria-label") == description.text
        assert any(character.isdigit() for character in description.text or "")


def test_a_picture_is_readable_in_light_and_in_dark(tmp_path: Path) -> None:
    for picture in shown("mock", tmp_path).pictures.values():
        assert "@media(prefers-color-scheme:dark)" in picture


def test_the_bare_handlers_start_is_no_speed(tmp_path: Path) -> None:
    speed = shown("mock", tmp_path).pictures["mock-speed"]
    assert "1.25" not in speed


def test_the_story_in_the_readme_is_the_one_that_is_drawn() -> None:
    """`python -m benchmarks.drawing.story` draws it again."""
    assert FILE.read_text(encoding="utf-8") == story()


def test_the_story_is_told_in_words_and_readable_in_light_and_in_dark() -> None:
    picture = ET.fromstring(story())  # noqa: S314 - our own
    [description] = picture.iter(f"{SVG}desc")
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == description.text
    assert "@media(prefers-color-scheme:dark)" in story()
    steps = [step for steps in STORY.values() for step in steps]
    assert not [step for step in steps if step.said not in str(description.text)]


def test_the_story_names_methods_that_there_are() -> None:
    named = [step.said for steps in STORY.values() for step in steps if step.is_code]
    assert named
    assert not [name for name in named if not hasattr(AuthenticationClient, name)]


def test_a_table_tells_how_far_a_soak_came(tmp_path: Path) -> None:
    load, requests, answers = shown("soak", tmp_path).rows
    assert load[1:] == ("1,202", "60", "0", "-", "too short to tell")
    assert requests[1:] == ("45,000 of 100,000", "30", "1", "60.5, 61.5", "yes")
    assert answers[1:] == ("2,000 of 20,000", "12", "0", "-", "-")


def test_every_comparison_of_the_sdk_is_in_the_table(tmp_path: Path) -> None:
    rows = [tuple(row) for row in shown("sdk", tmp_path).rows]
    assert ("https, plain", "1 in flight", "raw aiohttp", "1,234", "1.00") in rows
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("sdk", "make bench"),
        ("sign_in", "make bench"),
        ("mock", "make bench"),
        ("soak", "make soak"),
    ],
)
def test_what_was_not_measured_names_the_command_that_does(
    tmp_path: Path, name: str, command: str
) -> None:
    with pytest.raises(NotMeasured, match=f"{name}.json is not there: {command} makes it"):
        read(name, tmp_path)


@pytest.mark.parametrize(
    ("each", "is_flat"),
    [
        ([50.0 + i for i in range(39)], None),
        ([*range(60, 90), *[90] * 90], True),
        ([50.0 + i / 4 for i in range(120)], False),
    ],
    ids=["too few", "filled, then flat", "growing all along"],
)
def test_memory_is_flat_if_it_stays_where_it_was_once_warm(
    each: list[float], is_flat: bool | None
) -> None:
    assert Memory(pid=0, mib=each).report()["isFlat"] is is_flat
