"""The options that ``genauth-mock serve`` and ``genauth-mock exec`` share."""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable

ENVIRONMENT: Final = "GENAUTH_MOCK_"
"""What the environment variable of every option begins with."""


def option(name: str, *flags: str, **how: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's own signature
    """Make an option that can also be given by its environment variable."""
    variable = ENVIRONMENT + name.removeprefix("--").replace("-", "_").upper()
    return click.option(name, *flags, envvar=variable, show_envvar=True, **how)


def existing_file(name: str, *flags: str, help: str) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """Make an option that names a file to read."""
    file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
    return option(name, *flags, type=file, metavar="FILE", help=help)


_SHARED: Final = (
    option(
        "--app-id",
        "app_ids",
        multiple=True,
        metavar="ID",
        help="App that exists from the start; the first one is the default app. May be repeated.",
    ),
    option("--app-secret", metavar="SECRET", help="Secret of the default app."),
    option(
        "--strict-apps",
        is_flag=True,
        help="Refuse an app id not seen before (apiCode 2011) instead of creating it.",
    ),
    option(
        "--lang",
        type=click.Choice(["zh-CN", "en-US"]),
        default="zh-CN",
        show_default=True,
        help="Language of messages where a caller asks for none.",
    ),
    existing_file(
        "--seed",
        "seed_file",
        help="TOML file with users, apps and settings to begin with; read again when it changes.",
    ),
    option(
        "--codes-seed",
        metavar="TEXT",
        help="Draw the same pass codes and ids in every run, such as with 42.",
    ),
    existing_file("--faults", "fault_file", help="File with faults that are there from the start."),
    existing_file(
        "--learned",
        "learned_file",
        help="Error answers seen on a live deployment (genauth-contract), in the place of our own.",
    ),
    option(
        "--journal-size",
        type=click.IntRange(min=0),
        default=10_000,
        show_default=True,
        help="How many requests each app's journal keeps.",
    ),
    option(
        "--outbox-size",
        type=click.IntRange(min=1),
        default=100_000,
        show_default=True,
        help="How many messages each app's outbox keeps.",
    ),
    option(
        "--control-token",
        metavar="TOKEN",
        help="What calls under /_mock/ must send as Authorization: Bearer or X-GenAuth-Mock-Token.",
    ),
    option(
        "--allowed-host",
        "allowed_hosts",
        multiple=True,
        metavar="NAME",
        help="Host name under which /_mock/ answers, besides localhost. May be repeated.",
    ),
    option(
        "--log-format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How lines on stderr are written.",
    ),
)


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what is served."""
    return reduce(lambda decorated, decorate: decorate(decorated), reversed(_SHARED), command)
