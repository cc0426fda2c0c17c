"""Whether the extra ``mock`` is installed, which a server needs and the SDK alone does not."""

from __future__ import annotations

from importlib import import_module


class MissingExtra(ImportError):  # noqa: N818 - named by what is wrong
    """The extra ``mock`` is not installed; the text says how to install it."""


def check_extra(who: str) -> None:
    """Check that what signs tokens is installed.

    Args:
        who: What needs it, for the text of the error.

    Raises:
        MissingExtra: It is not.
    """
    try:
        import_module("joserfc")
    except ImportError as error:
        message = f"{who} needs its extra: pip install 'aiogenauth[mock]' ({error})"
        raise MissingExtra(message) from None
