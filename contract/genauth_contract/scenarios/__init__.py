"""Every scenario of the contract: the modules of this package are found, not listed."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from genauth_contract.play.scenario import Scenario


@cache
def every_scenario() -> tuple[Scenario, ...]:
    """Return all scenarios, module by module, in the order they are written."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(
        value
        for name in names
        for value in vars(import_module(f"{__name__}.{name}")).values()
        if isinstance(value, Scenario)
    )
