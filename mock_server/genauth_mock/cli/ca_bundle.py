"""Imports a server quickly: without the CA bundle that aiohttp's client reads, and without looking for garbage."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

_NO_CA_BUNDLE: Final = {"SSL_CERT_FILE": os.devnull, "SSL_CERT_DIR": os.devnull}
"""Source: OpenSSL, SSL_CTX_set_default_verify_paths."""


@contextmanager
def without_ca_bundle() -> Generator[None]:
    """Keep what is imported meanwhile from reading the CA bundle.

    aiohttp's client reads it when it is imported, which is most of the time that the import takes; this process calls
    nobody. The environment is as it was afterwards. It would break TLS in a process that calls others: never use it
    in a user's process.
    """
    before = {name: os.environ.get(name) for name in _NO_CA_BUNDLE}
    os.environ.update(_NO_CA_BUNDLE)
    collects = gc.isenabled()
    gc.disable()  # an import makes many objects, and hardly any garbage
    try:
        yield
    finally:
        gc.freeze()  # what was imported stays: the first search would look at all of it
        if collects:
            gc.enable()
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
