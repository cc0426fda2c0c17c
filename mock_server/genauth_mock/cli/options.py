"""The options that ``genauth-mock serve`` and ``genauth-mock exec`` share."""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from genauth_mock.cli.option_files import (
    read_faults,
    read_profile,
    read_seed,
    read_signing_key,
    read_tls,
)
from genauth_mock.cli.option_values import (
    ENVIRONMENT,
    PortOption,
    a_token,
    hosts,
    not_empty,
    public_url,
)
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.runtime.options import Options


def option(name: str, *flags: str, **how: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's own signature
    """Make an option that can also be given by its environment variable."""
    variable = ENVIRONMENT + name.removeprefix("--").replace("-", "_").upper()
    return click.option(name, *flags, envvar=variable, show_envvar=True, **how)


def port_option(**how: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's own signature
    """Make the option ``--port``."""
    return option("--port", type=click.IntRange(0, 65535), cls=PortOption, **how)


def existing_file(name: str, *flags: str, help: str) -> Callable[[Any], Any]:  # noqa: A002 - click's word
    """Make an option that names a file to read."""
    file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
    return option(name, *flags, type=file, metavar="FILE", help=help)


_SHARED: Final = (
    option(
        "--app-id",
        "app_ids",
        multiple=True,
        callback=not_empty(),
        metavar="ID",
        show_default="genauth-mock-app",
        help="App that exists from the start; the first one is the default app. May be repeated.",
    ),
    option(
        "--app-secret",
        callback=not_empty(),
        metavar="SECRET",
        show_default="that of --seed, else genauth-mock-secret",
        help="Secret of the default app.",
    ),
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
        help="TOML, YAML or JSON file with users, apps and settings to begin with; read again when it changes.",
    ),
    option(
        "--profile",
        default="default",
        show_default=True,
        metavar="NAME|FILE",
        help="How GenAuth is taken to answer: production-2024, shuffle, ..., or a file of genauth-contract learn.",
    ),
    option(
        "--codes-seed",
        metavar="TEXT",
        help="Draw the same pass codes and ids in every run, such as with 42.",
    ),
    existing_file("--faults", "fault_file", help="File with faults that are there from the start."),
    option(
        "--journal-size",
        type=click.IntRange(min=0),
        default=10_000,
        show_default=True,
        help="How many requests each app's journal keeps.",
    ),
    option(
        "--most-apps",
        type=click.IntRange(min=1),
        default=10_000,
        show_default=True,
        help="How many apps are kept in memory; the one unused the longest is forgotten first.",
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
        callback=a_token,
        metavar="TOKEN",
        help="What calls under /_mock/ must send as Authorization: Bearer or X-GenAuth-Mock-Token.",
    ),
    option(
        "--allowed-host",
        "allowed_hosts",
        multiple=True,
        callback=not_empty(hosts),
        metavar="NAME",
        help="Host name under which /_mock/ answers, besides localhost. May be repeated.",
    ),
    option(
        "--public-url",
        callback=not_empty(public_url),
        metavar="URL",
        help="Where callers reach the server, such as behind a proxy: the issuer of its tokens. May have a path.",
    ),
    option(
        "--load",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="State to begin with, as dump or --dump-at-exit wrote it; may be absent where both name one file.",
    ),
    option(
        "--dump-at-exit",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Written with the state of every app when the server ends. It holds secrets.",
    ),
    existing_file(
        "--signing-key",
        "signing_key",
        help="RSA key in PEM that tokens are signed with; else one is made anew, or loaded with a state.",
    ),
    existing_file(
        "--tls-cert", "tls_cert", help="Certificate in PEM: serve over HTTPS; needs --tls-key."
    ),
    existing_file(
        "--tls-key", "tls_key", help="The certificate's key in PEM, without a pass phrase."
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
    """Add to a command the options that say what is served."""
    return reduce(lambda decorated, decorate: decorate(decorated), reversed(_SHARED), command)


NOT_ASKED: Final = {
    "host": "127.0.0.1",
    "store": "memory",
    "workers": 1,
    "ready_file": None,
    "allow_eviction": None,
}
"""What holds for a command that has no option for it."""


@frozen
class ServePlan:
    """What to serve, and how.

    Attributes:
        seed_file: Read again whenever it changes.
        ready_file: Holds the URL while the server answers.
        load: Holds the state to begin with.
        dump_at_exit: Is to hold the state at the end.
        workers: How many processes answer.
    """

    options: Options
    host: str
    port: int
    workers: int
    seed_file: Path | None
    ready_file: Path | None
    load: Path | None = None
    dump_at_exit: Path | None = None


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
    if given["workers"] > 1 and (given["load"] or given["dump_at_exit"]):
        msg = "--load and --dump-at-exit are for one worker: with --store, genauth-mock load and dump do it"
        raise click.BadParameter(msg, param_hint="--workers")
    return ServePlan(
        options=_options(given),
        host=given["host"],
        port=given["port"],
        workers=given["workers"],
        seed_file=given["seed_file"],
        ready_file=given["ready_file"],
        load=given["load"],
        dump_at_exit=given["dump_at_exit"],
    )


def _options(given: Mapping[str, Any]) -> Options:

    from genauth_mock.runtime.options import Options  # noqa: PLC0415 - not where a server runs elsewhere
    from genauth_mock.seeds.seed import Seed  # noqa: PLC0415 - as above

    app_id, *known_apps = given["app_ids"] or (Options().app_id,)
    seed = Seed() if given["seed_file"] is None else read_seed(given["seed_file"], app_id)
    return Options(
        app_id=app_id,
        app_secret=given["app_secret"] or Options().app_secret,
        language=given["lang"],
        strict_apps=given["strict_apps"],
        known_apps=tuple(known_apps),
        settings=seed.settings,
        profile=read_profile(given["profile"]),
        seeded_apps=seed.apps,
        codes_seed=given["codes_seed"],
        control_token=given["control_token"],
        allowed_hosts=(given["host"], *given["allowed_hosts"]),
        store=given["store"],
        outbox_size=given["outbox_size"],
        journal_size=given["journal_size"],
        most_apps=given["most_apps"],
        allowed_eviction=given["allow_eviction"],
        public_url=given["public_url"],
        **_from_files(given),
    )


def _from_files(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that are read from files of their own."""
    return {
        "faults": tuple(read_faults(given["fault_file"])),
        "signing_key": read_signing_key(given["signing_key"]),
        **read_tls(given["tls_cert"], given["tls_key"]),
    }
