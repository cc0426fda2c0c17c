"""The files and names that options of ``genauth-mock serve`` and ``genauth-mock exec`` give, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from genauth_mock.cli.ca_bundle import without_ca_bundle
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.seeds.files import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from genauth_mock.faults.fault import Fault
    from genauth_mock.seeds.seed import Seed


def read_profile(name: str) -> str:
    """Return the profile that an option names, or that the file has which it names.

    Raises:
        click.BadParameter: It cannot be used; the text says why.
    """
    from genauth_mock.seeds.profile_file import named_profile  # noqa: PLC0415 - not where a server runs elsewhere

    try:
        return named_profile(name)
    except InvalidInput as error:
        raise click.BadParameter(str(error), param_hint="--profile") from None
    except ValueError as error:
        msg = f"must be {error}"
        raise click.BadParameter(msg, param_hint="--profile") from None


def read_faults(path: Path | None) -> Sequence[Fault]:
    """Return the faults in a file.

    Raises:
        click.BadParameter: It cannot be used; the text says why.
    """
    if path is None:
        return ()
    from genauth_mock.faults.fault_file import read_faults as read  # noqa: PLC0415 - only who gives a file

    try:
        return read(path)
    except InvalidInput as error:
        raise click.BadParameter(str(error), param_hint="--faults") from None


def read_seed(path: Path, default_app_id: str) -> Seed:
    """Return the seed in a file.

    Raises:
        click.BadParameter: It cannot be used; the text says why.
    """
    from genauth_mock.seeds.seed_file import read_seed as read  # noqa: PLC0415 - only who gives one

    try:
        return read(path, default_app_id)
    except InvalidInput as error:
        raise click.BadParameter(str(error), param_hint="--seed") from None


def read_tls(cert: Path | None, key: Path | None) -> dict[str, Path]:
    """Return the options of TLS; none where it is not asked for.

    Raises:
        click.BadParameter: One is missing, or they cannot be used.
    """
    if cert is None and key is None:
        return {}
    if cert is None or key is None:
        msg = "--tls-cert and --tls-key belong together: give both, or neither"
        raise click.BadParameter(msg, param_hint="--tls-cert" if cert is None else "--tls-key")
    with without_ca_bundle():
        from genauth_mock.server.listening import tls_context  # noqa: PLC0415 - as above
    try:
        tls_context(cert, key)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--tls-cert") from None
    return {"tls_cert": cert, "tls_key": key}


def read_signing_key(path: Path | None) -> str | None:
    """Return the signing key in a file.

    Raises:
        click.BadParameter: It is none.
    """
    if path is None:
        return None
    from genauth_mock.runtime.signing_keys import given_signer  # noqa: PLC0415 - only who gives a file

    try:
        pem = decoded(path.read_bytes())
        given_signer(pem)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}"
        raise click.BadParameter(msg, param_hint="--signing-key") from None
    except UnicodeDecodeError:
        msg = f"{path} is not PEM"
        raise click.BadParameter(msg, param_hint="--signing-key") from None
    except ValueError as error:
        msg = f"{path} {error}"
        raise click.BadParameter(msg, param_hint="--signing-key") from None
    return pem
