"""A stand-in for a live deployment: the offline GenAuth behind TLS, with an account to lend, for rehearsals."""

from __future__ import annotations

import datetime as dt
import ipaddress
import secrets
import ssl
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs
import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from genauth_contract.api.http import Application
from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.targets.account import PHONES
from genauth_contract.targets.live import APP_ID, HOST
from genauth_contract.targets.mock import Control, MockFixtures, fresh_app_id, fresh_secret
from genauth_contract.targets.offline import mock_behind_tls

_NUMBERS: Final = ("+8618800000001", "+8618800000002")
"""Of nobody's phones: nothing is texted to them."""

_HOST: Final = "127.0.0.1"


@attrs.frozen
class StandIn:
    """What a rehearsal plays, and what a person would have configured for it.

    Its time stands still, but for what the run waits: so no wait takes long, and none too short.

    Attributes:
        environment: The variables that a live run reads.
        certificate: What the stand-in is trusted by.
    """

    environment: Mapping[str, str] = attrs.field(repr=False)
    certificate: Path
    _fixtures: MockFixtures = attrs.field(repr=False)

    def forget(self) -> None:
        """The outbox has the newest text first."""

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Read the newest text, as a person reads it on the phone."""
        return self._fixtures.texted(phone, channel)

    def clock(self, say: Callable[[str], None]) -> SkippingClock:
        """Return the time of the stand-in, which tells what it skips."""
        return SkippingClock(self._fixtures, say)


@attrs.define
class SkippingClock:
    """Skips every wait, on the clock of the stand-in too."""

    _fixtures: MockFixtures
    _say: Callable[[str], None]
    _skipped: float = 0.0

    def now(self) -> float:
        """Return what was skipped so far."""
        return self._skipped

    def wait(self, seconds: float, why: str) -> None:
        """Skip that much time."""
        if seconds >= 1:
            self._say(f"{why}: {seconds:.0f} s, skipped")
        self._fixtures.advance(seconds)
        self._skipped += seconds


@contextmanager
def standing_in() -> Generator[StandIn, None, None]:
    """Serve a stand-in, with users and phones that a whole live run can be played with."""
    with tempfile.TemporaryDirectory(prefix="genauth-rehearsal-") as folder:
        certificate, key = make_certificate(Path(folder))
        token, application = secrets.token_hex(16), Application("", fresh_app_id(), fresh_secret())
        with (
            mock_behind_tls(application, (certificate, key), token) as url,
            _client(certificate, token) as client,
        ):
            control = Control(client, attrs.evolve(application, host=url))
            control.post("clock", {"frozen": True})
            yield StandIn(_lend(control), certificate, MockFixtures(control))


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate of this machine, which signs itself and lasts a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a rehearsal of genauth-contract")])
    address = x509.IPAddress(ipaddress.ip_address(_HOST))
    now, day = dt.datetime.now(dt.UTC), dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(encoding))
    paths[1].write_bytes(key.private_bytes(encoding, private, serialization.NoEncryption()))
    return paths


def _client(certificate: Path, token: str) -> httpx.Client:
    """Return what drives the stand-in; nothing of the environment leads it elsewhere."""
    trusted = ssl.create_default_context(cafile=certificate)
    return httpx.Client(verify=trusted, headers={"x-genauth-mock-token": token}, trust_env=False)


def _lend(control: Control) -> Mapping[str, str]:
    """Make two users as they are in a test application, and return what a live run is configured with."""
    username, other_username, password = (secrets.token_hex(8) for _ in range(3))
    user = {"username": username, "password": password, "email": f"{username}@example.com"}
    other = {"username": other_username, "email": f"{other_username}@example.com"}
    return {
        HOST: control.application.host,
        APP_ID: control.application.app_id,
        "GENAUTH_APP_SECRET": control.application.app_secret,
        "GENAUTH_ACCESS_TOKEN": control.made_user(user).access_token,
        "GENAUTH_CONTRACT_OTHER_ACCESS_TOKEN": control.made_user(other).access_token,
        "GENAUTH_CONTRACT_USERNAME": username,
        "GENAUTH_CONTRACT_PASSWORD": password,
        **dict(zip(PHONES, _NUMBERS, strict=True)),
    }
