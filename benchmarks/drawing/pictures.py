"""What is drawn of each file of results, and what stands beside it as a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from attrs import frozen

from benchmarks.drawing.svg import bars, lines, shown
from benchmarks.keeping import RESULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.drawing.svg import Groups

Json = dict[str, object]

BENCH: Final = "make bench"


@frozen
class Shown:
    """Results as pictures and a table.

    Attributes:
        command: What makes them again.
        pictures: SVG, by the name of its file without the ending.
        columns: Heads of the table.
        rows: Its rows.
    """

    command: str
    pictures: dict[str, str]
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class NotMeasured(Exception):  # noqa: N818 - it says what happened
    """A file of results is not there; the text says which command makes it."""


def read(name: str, folder: Path = RESULTS) -> Shown:
    """Read a file of results and show it.

    Args:
        name: ``mock``, ``sdk``, ``sign_in`` or ``soak``.
        folder: Where the files are.

    Raises:
        NotMeasured: It is not there.
    """
    path = folder / f"{name}.json"
    if not path.exists():
        command = "make soak" if name == "soak" else BENCH
        message = f"benchmarks/results/{name}.json is not there: {command} makes it"
        raise NotMeasured(message)
    return SHOWN[name](cast("Json", json.loads(path.read_text(encoding="utf-8"))))


def soak(report: Json) -> Shown:
    """Show the memory of the servers over the soak, and how far each part came."""
    series: dict[str, list[float]] = {}
    for name in ("load", "requests"):
        memory = cast("Json", cast("Json", report[name])["memoryMib"])
        series[name] = cast("list[float]", memory["each"])
    ends = "; ".join(
        f"{name}: from {each[0]:g} to {each[-1]:g} MiB" for name, each in series.items() if each
    )
    title = "Resident memory of a worker during the soak, MiB"
    command = str(report["command"])
    told = f"{title}. {ends}."
    picture = lines(title, told, series, f"{command}, {report['date']}")
    return Shown(command, {"soak": picture}, COLUMNS, rows(report))


def mock(report: Json) -> Shown:
    """Show the offline GenAuth beside its peers: speed as a share of a bare aiohttp handler's, and memory."""
    figures = cast("dict[str, float]", report)
    speed, memory = _speed(figures), _memory(figures)
    pictures = {
        "mock-speed": bars(
            "Requests per second, as a share of a bare aiohttp handler's",
            speed,
            f"{BENCH}; the line is the bare handler",
            mark=1.0,
        ),
        "mock-memory": bars("Resident memory, MiB", memory, BENCH),
    }
    table = [(name, shown(figure)) for name, figure in figures.items()]
    return Shown(BENCH, pictures, ("figure", "measured"), table)


def _speed(figures: dict[str, float]) -> Groups:
    """Take the shares of the bare handler's speed: ours by call, and each peer's."""
    ending = " / bare"
    shares = {
        name.removesuffix(ending): figure
        for name, figure in figures.items()
        if name.endswith(ending) and not name.startswith("start")
    }
    calls = ("send-sms", "bind-phone")
    ours = {f"genauth-mock: {k}": v for k, v in shares.items() if k.startswith(calls)}
    peers = {k: v for k, v in shares.items() if not k.startswith(calls)}
    return {"The offline GenAuth": ours} | (
        {"Other mocks, one call that each knows": peers} if peers else {}
    )


def _memory(figures: dict[str, float]) -> Groups:
    ending = ", memory, MiB"
    ours = {"genauth-mock, idle": figures["memory idle, MiB"]}
    peers = {k.removesuffix(ending): v for k, v in figures.items() if k.endswith(ending)}
    return {"The offline GenAuth": ours} | ({"Other mocks, after the load": peers} if peers else {})


def sdk(report: Json) -> Shown:
    """Show calls per second through the SDK, and through others, as a share of raw aiohttp's."""
    groups: Groups = {}
    table: list[tuple[str, ...]] = []
    for setting, loads in _settings(report).items():
        for load, by_name in loads.items():
            for name, figures in by_name.items():
                rate, ratio = figures["calls_per_second"], figures["ratio"]
                table.append((setting, load, name, shown(rate), shown(ratio)))
            if setting.startswith("http,"):
                groups[f"{setting} stack, {load}"] = {
                    name: figures["ratio"] for name, figures in by_name.items()
                }
    title = "Calls per second, as a share of raw aiohttp's"
    picture = bars(title, groups, f"{BENCH}; the line is raw aiohttp", mark=1.0)
    columns = ("over", "load", "who", "calls per second", "share")
    return Shown(BENCH, {"sdk-speed": picture}, columns, table)


def _settings(report: Json) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Take what compares calls: ``http, plain`` and its like."""
    compared = {name: each for name, each in report.items() if name.startswith("http")}
    return cast("dict[str, dict[str, dict[str, dict[str, float]]]]", compared)


def sign_in(report: Json) -> Shown:
    """Show what signing in costs, in times of what does the same without the SDK."""
    costs = cast("dict[str, float]", report["times_the_cost"])
    title = "Processor time, in times of raw aiohttp's (calls) and of joserfc's (checks)"
    ours = {"aiogenauth": {f"aiogenauth: {name}": cost for name, cost in costs.items()}}
    picture = bars(title, ours, f"{BENCH}; the line is the other", mark=1.0)
    table: list[tuple[str, ...]] = []
    for name in costs:
        by_name = cast("dict[str, dict[str, float]]", report[name])
        table += [
            (name, who, shown(each["calls_per_second"]), shown(each["cpu_us_per_call"]))
            for who, each in by_name.items()
        ]
    columns = ("what", "who", "a second", "microseconds of a processor")
    return Shown(BENCH, {"sign-in-cost": picture}, columns, table)


COLUMNS: Final = ("part", "sent", "seconds", "failures", "MiB, warm and at the end", "flat")
NAMES: Final = {
    "load": "mixed load, faults, kills",
    "requests": "malformed requests",
    "attacks": "slow readers, half requests, absurd values",
    "answers": "spoiled answers",
}


def rows(report: Json) -> list[tuple[str, ...]]:
    """Give a row for each part, in words."""
    return [
        _row(name, cast("Json", report[part])) for part, name in NAMES.items() if part in report
    ]


def _row(name: str, part: Json) -> tuple[str, ...]:
    sent = f"{part.get('requests', part.get('calls')):,}"
    wanted = part.get("wanted")
    failures = str(len(cast("list[str]", part["failures"])))
    memory = cast("Json | None", part.get("memoryMib"))
    return (
        name,
        sent if wanted is None else f"{sent} of {wanted:,}",
        str(part["seconds"]),
        failures,
        *(("-", "-") if memory is None else _memory_shown(memory)),
    )


def _memory_shown(memory: Json) -> tuple[str, str]:
    if memory["isFlat"] is None:
        return "-", "too short to tell"
    return f"{memory['warm']:g}, {memory['end']:g}", "yes" if memory["isFlat"] else "no"


SHOWN: Final[dict[str, Callable[[Json], Shown]]] = {
    "mock": mock,
    "sdk": sdk,
    "sign_in": sign_in,
    "soak": soak,
}
