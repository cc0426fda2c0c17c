"""Writes files: whole or not at all, and never with a secret of the run in them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from genauth_contract.play.secrets import Secrets


class SecretFound(Exception):
    """A file would have held a secret; it was not kept. The text names kinds, not secrets."""


class CannotWrite(Exception):
    """A file cannot be written; the text says which, and why."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"{path} cannot be written: {error.strerror}")


class CannotRead(Exception):
    """A file of an earlier run is not what it should be; the text says which file."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} is not {what}; name another file, or take it away")


def write_atomically(path: Path, text: str, secrets: Secrets) -> None:
    """Write a file beside its place, read it again, look for secrets, then move it there.

    Raises:
        SecretFound: It holds a secret of the run; what was there before is still there.
        CannotWrite: It cannot be written; what was there before is still there.
    """
    try:
        if _is_device(path):
            _write_through(path, text, secrets)
        else:
            _replace(path, text, secrets)
    except OSError as error:
        raise CannotWrite(path, error) from error


def refuse_unwritable(paths: Iterable[Path]) -> None:
    """Raise before anything is sent if one of the files cannot be written.

    Raises:
        CannotWrite: One cannot.
    """
    for path in paths:
        try:
            if not _is_device(path):
                _draft(path, ".").unlink()
        except OSError as error:
            raise CannotWrite(path, error) from error


def refuse_secrets(path: Path, secrets: Secrets, *, called: str) -> None:
    """Raise if a file that was written holds a secret.

    Raises:
        SecretFound: It holds a secret; it has been deleted.
    """
    try:
        _refuse_secrets_in(path.read_text("utf-8"), secrets, called)
    except SecretFound:
        path.unlink()
        raise


def _replace(path: Path, text: str, secrets: Secrets) -> None:
    draft = _draft(path, text)
    try:
        refuse_secrets(draft, secrets, called=path.name)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _draft(path: Path, text: str) -> Path:
    """Write a file beside a place; nothing is left where that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", text=True)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)


def _is_device(path: Path) -> bool:
    """Return whether it is a pipe or a device, which would be lost if a file were put in its place."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _write_through(path: Path, text: str, secrets: Secrets) -> None:
    _refuse_secrets_in(text, secrets, path.name)
    with path.open("w", encoding="utf-8") as device:
        device.write(text)


def _refuse_secrets_in(text: str, secrets: Secrets, called: str) -> None:
    kinds = secrets.found_in(text)
    if kinds:
        msg = f"{called} would have held a {', a '.join(sorted(kinds))}; it was not kept"
        raise SecretFound(msg)
