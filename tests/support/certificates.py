"""Certificates for this machine, which nobody vouches for, and keys."""

from __future__ import annotations

import datetime as dt
import ipaddress
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa


def make_certificate(path: Path) -> Path:
    """Write a key and a certificate for this machine into one file."""
    certificate, key = _made()
    path.write_bytes(key + certificate)
    return path


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for this machine, and its key; give both files."""
    paths = folder / "cert.pem", folder / "key.pem"
    for path, content in zip(paths, _made(), strict=True):
        path.write_bytes(content)
    return paths


def _made() -> tuple[bytes, bytes]:
    """Make a certificate and its key, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a server of a test")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM), _in_pem(key)


def write_key(path: Path, bits: int = 2048, pass_phrase: bytes | None = None) -> Path:
    """Write an RSA key in PEM."""
    path.write_bytes(_in_pem(_rsa_key(bits), pass_phrase))
    return path


@cache
def _rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def _in_pem(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, pass_phrase: bytes | None = None
) -> bytes:
    locked = serialization.BestAvailableEncryption(pass_phrase) if pass_phrase else None
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        locked or serialization.NoEncryption(),
    )
