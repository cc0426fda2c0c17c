"""The calls under `/_mock/`, as they are made for one application."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import httpx

from genauth_contract.json_values import is_list, is_object
from genauth_contract.people import PassCode, User
from genauth_contract.stage import NotPlayable
from genauth_contract.wire import Application, Unreachable

Json = Mapping[str, object]


@attrs.frozen
class Control:
    """Drives an application of a mock, or of whatever answers under `/_mock/` as one does."""

    client: httpx.Client
    application: Application

    def made_user(self, fields: Mapping[str, str]) -> User:
        """Create a user with exactly these fields."""
        return User(str(self.post("users", fields).get("accessToken")))

    def newest_code(self, query: Mapping[str, str], whom: str) -> PassCode:
        """Read the newest message of the outbox.

        Raises:
            NotPlayable: There is none; `whom` says in the text to whom it would have been.
        """
        messages = self._answered("GET", "messages", params=query).get("messages")
        if not is_list(messages) or not messages:
            msg = f"the outbox has no message to {whom} for {query['channel']}"
            raise NotPlayable(msg)
        newest = messages[0]
        return PassCode(str(newest["passCode"] if is_object(newest) else ""))

    def post(self, name: str, body: Json) -> Json:
        """Have something done.

        Raises:
            NotPlayable: It is refused.
            Unreachable: Nobody answers.
        """
        return self._answered("POST", name, body=body)

    def _answered(
        self,
        method: str,
        name: str,
        *,
        body: Json | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Json:
        try:
            response = self.client.request(
                method,
                f"{self.application.host}/_mock/{name}",
                json=body,
                params=params,
                headers={"x-genauth-app-id": self.application.app_id},
            )
        except httpx.HTTPError as error:
            msg = f"/_mock/{name}: no answer ({type(error).__name__})"
            raise Unreachable(msg) from error
        if not response.is_success:
            msg = f"/_mock/{name} answered HTTP {response.status_code}"
            raise NotPlayable(msg)
        answered: Json = response.json()
        return answered
