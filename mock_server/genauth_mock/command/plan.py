"""What to serve, made of what was given on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from genauth_mock.deployment import Options
    from genauth_mock.error_codes import ErrorCode
    from genauth_mock.faults.fault import Fault
    from genauth_mock.seeds.seed import Seed
    from genauth_mock.verdict import Verdict

NOT_ASKED: Final = {"host": "127.0.0.1", "store": "memory", "workers": 1, "ready_file": None}
"""What holds for a command that has no option for it."""


@frozen
class ServePlan:
    """What to serve, and how.

    Attributes:
        seed_file: Read again whenever it changes.
        ready_file: Holds the URL while the server answers.
        workers: How many processes answer.
    """

    options: Options
    host: str
    port: int
    workers: int
    seed_file: Path | None
    ready_file: Path | None


def made_plan(given: Mapping[str, Any]) -> ServePlan:
    """Make a plan of what click read, by the names of the options.

    Raises:
        click.BadParameter: A file cannot be used, and the text names the file and what is wrong with it; or several
            workers have no store to share.
    """
    given = {**NOT_ASKED, **given}
    if given["workers"] > 1 and given["store"] == "memory":
        msg = "several workers need one state: give --store, such as redis://localhost:6379/0"
        raise click.BadParameter(msg, param_hint="--workers")
    return ServePlan(
        options=_options(given),
        host=given["host"],
        port=given["port"],
        workers=given["workers"],
        seed_file=given["seed_file"],
        ready_file=given["ready_file"],
    )


def _options(given: Mapping[str, Any]) -> Options:
    from genauth_mock.deployment import Options  # noqa: PLC0415 - keeps --help fast
    from genauth_mock.seeds.seed import Seed  # noqa: PLC0415 - as above

    app_id, *known_apps = given["app_ids"] or (Options().app_id,)
    seed = Seed() if given["seed_file"] is None else _seed(given["seed_file"], app_id)
    return Options(
        app_id=app_id,
        app_secret=given["app_secret"] or Options().app_secret,
        language=given["lang"],
        strict_apps=given["strict_apps"],
        known_apps=tuple(known_apps),
        settings=seed.settings,
        seeded_apps=seed.apps,
        codes_seed=given["codes_seed"],
        control_token=given["control_token"],
        allowed_hosts=(given["host"], *given["allowed_hosts"]),
        store=given["store"],
        outbox_size=given["outbox_size"],
        journal_size=given["journal_size"],
        faults=tuple(_read_faults(given["fault_file"])),
        learned=_read_learned(given["learned_file"]),
    )


def _read_faults(path: Path | None) -> Sequence[Fault]:
    if path is None:
        return ()
    from genauth_mock.faults.file import read_faults  # noqa: PLC0415
    from genauth_mock.faults.values import BadFault  # noqa: PLC0415 - only who gives a file

    try:
        return read_faults(path)
    except BadFault as error:
        raise click.BadParameter(str(error), param_hint="--faults") from None


def _read_learned(path: Path | None) -> Mapping[Verdict, ErrorCode]:
    if path is None:
        return {}
    from genauth_mock.learned import BadTable, read_learned  # noqa: PLC0415 - only who gives a file

    try:
        return read_learned(path)
    except BadTable as error:
        raise click.BadParameter(str(error), param_hint="--learned") from None


def _seed(path: Path, default_app_id: str) -> Seed:
    from genauth_mock.seeds.seed_file import BadSeed, read_seed  # noqa: PLC0415 - only who gives a file

    try:
        return read_seed(path, default_app_id)
    except BadSeed as error:
        raise click.BadParameter(str(error), param_hint="--seed") from None
