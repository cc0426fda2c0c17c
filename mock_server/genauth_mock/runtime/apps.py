"""The apps of a deployment: which there are, what each begins with, and its secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from genauth_mock.engine.settings import with_profile
from genauth_mock.seeds.seed import Seed

if TYPE_CHECKING:
    from genauth_mock.runtime.options import Options
    from genauth_mock.seeds.seed import AppSeed


class Apps:
    """Knows the apps.

    Attributes:
        seed: What they begin with.
        settings: What every app starts with: those of the seed.
        secrets: The secrets of the apps that have one.
        pending: The seeds of apps that may not have grown from them yet.

    Args:
        options: How the deployment is set up.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.follow(Seed(options.settings, options.seeded_apps))
        self.pending = dict(self.seed.apps)

    def follow(self, seed: Seed) -> None:
        """Use another seed; apps that have begun keep what they have."""
        apps = {app_id: self._profiled(app) for app_id, app in seed.apps.items()}
        self.seed = Seed(seed.settings, apps)
        self.settings = with_profile(seed.settings, self._options.profile)
        options = evolve(self._options, settings=seed.settings, seeded_apps=seed.apps)
        self.secrets = options.secrets()

    def knows(self, app_id: str) -> bool:
        """Return whether an app exists, or may be created by being named."""
        options = self._options
        return (
            not options.strict_apps
            or app_id == options.app_id
            or app_id in options.known_apps
            or app_id in self.seed.apps
        )

    def reapply(self, app_id: str) -> bool:
        """Have the next transaction of an app apply its seed again; return whether it has one."""
        seed = self.seed.apps.get(app_id)
        if seed is not None:
            self.pending[app_id] = seed
        return seed is not None

    def _profiled(self, app: AppSeed) -> AppSeed:
        if app.settings is None:
            return app
        return evolve(app, settings=with_profile(app.settings, self._options.profile))
