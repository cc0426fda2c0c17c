"""Plays the scenarios of the SDK against an offline GenAuth in this process, which answers by a profile."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from threading import Thread, current_thread
from typing import TypeVar

import attrs
import httpx

from genauth_contract.api import openapi
from genauth_contract.api.http import Application
from genauth_contract.api.sdk import ThroughSdk
from genauth_contract.play.run import Layer, Run
from genauth_contract.play.scenario import Scenario
from genauth_contract.play.target import ScenarioSetup
from genauth_contract.scenarios import every_scenario
from genauth_contract.targets.kinds import DrivenTarget, fresh_app_ids
from genauth_contract.targets.mock import Control, HttpMockControl, MockFixtures
from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.request import ControlRequest
from genauth_mock.testing.in_process import InProcessGenAuth

CALLS = {(call.method, call.path): call for call in CONTROL_CALLS}

ResultT = TypeVar("ResultT")


@attrs.frozen
class OneLoop:
    """One event loop for all calls of a thread; calls of other threads each have their own.

    The runner's own `run` listens to Ctrl-C anew for each call.
    """

    runner: asyncio.Runner
    thread: Thread = attrs.field(factory=current_thread)

    def run(self, coroutine: Coroutine[object, object, ResultT]) -> ResultT:
        """Run a coroutine to its end."""
        if current_thread() is self.thread:
            return self.runner.get_loop().run_until_complete(coroutine)
        return asyncio.run(coroutine)


@attrs.frozen
class InProcessControl(Control):
    """Drives an application without a socket."""

    genauth: InProcessGenAuth
    loop: OneLoop

    def _answered(
        self,
        method: str,
        name: str,
        *,
        body: Mapping[str, object] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Mapping[str, object]:
        app_id, query = self.application.app_id, params or {}
        asked = ControlRequest(
            self.genauth.deployment, app_id, query, body or {}, {}, self.genauth.app_host
        )

        async def answer() -> Mapping[str, object]:
            return await CALLS[method, f"/_mock/{name}"].answer(asked)

        return self.loop.run(answer())


@attrs.define(kw_only=True)
class InProcessTarget(DrivenTarget):
    """The mock in this process, answering as a profile does; codes live as long as scenarios wait."""

    profile: str
    genauth: InProcessGenAuth
    loop: OneLoop

    def setup(self) -> ScenarioSetup:
        """Set up an application that answers so."""
        application = Application(self.url, next(self.app_ids), self.app_secret)
        control = InProcessControl(self.client, application, self.genauth, self.loop)
        control.post("settings", {"profile": self.profile, "passCodeLifetimeSeconds": 300})
        return ScenarioSetup(application, MockFixtures(control), HttpMockControl(control))

    def through_sdk(self, application: Application) -> ThroughSdk:
        """Speak through the SDK, without a socket."""
        return ThroughSdk(application, self.genauth.transport, self.loop.run)


def sdk_scenarios() -> list[Scenario]:
    """Return every scenario that the SDK has calls for, and that needs no strict applications."""
    return [
        one
        for one in every_scenario()
        if not (one.wire_only or one.needs_strict_apps or one.is_staged)
    ]


def misunderstood(profile: str) -> list[str]:
    """Play every scenario of the SDK under a profile; return what the SDK did not understand."""
    genauth = InProcessGenAuth()
    with httpx.Client() as nobody, asyncio.Runner() as runner:
        target = InProcessTarget(
            url=genauth.app_host, client=nobody, is_strict=False, app_ids=fresh_app_ids(),
            is_exact=False, profile=profile, genauth=genauth, loop=OneLoop(runner),
        )  # fmt: skip
        run = Run(target, openapi.declared(), {Layer.SDK: target.through_sdk})
        played = [run.play(one, Layer.SDK) for one in sdk_scenarios()]
    return [f"{one.scenario.name}: {one.failure}" for one in played if one.failure]
