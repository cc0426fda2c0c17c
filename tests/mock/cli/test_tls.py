"""HTTPS: ``--tls-cert`` and ``--tls-key``, and the commands that ask such a server."""

from __future__ import annotations

import json
import os
import ssl
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running_in_thread
from tests.mock.support.command import first_line, said, started
from tests.mock.support.http import PATIENCE
from tests.support.certificates import write_certificate, write_key

pytestmark = pytest.mark.usefixtures("no_options_from_the_environment")


def trusting(certificate: Path) -> ssl.SSLContext:
    """Trust one certificate, and check the host name."""
    return ssl.create_default_context(cafile=str(certificate))


def test_serve_answers_over_https_and_says_so(tmp_path: Path) -> None:
    cert, key = write_certificate(tmp_path)
    files = ["--tls-cert", str(cert), "--tls-key", str(key)]
    with started("serve", "--port", "0", *files) as process:
        url = first_line(process).removeprefix("genauth-mock listening on ").rstrip("\n")
        assert url.startswith("https://127.0.0.1:")
        found = f"{url}/oidc/.well-known/openid-configuration"
        with urlopen(found, timeout=PATIENCE, context=trusting(cert)) as answer:  # noqa: S310 - loopback
            assert json.load(answer)["issuer"] == f"{url}/oidc"
        assert said("healthcheck", "--url", url, "--tls-cert", str(cert), exit_code=0) == (
            f"{url}: ok\n"
        )
        port = url.rpartition(":")[2]
        environment = {"GENAUTH_MOCK_TLS_CERT": str(cert), "GENAUTH_MOCK_PORT": port}
        assert said("healthcheck", exit_code=0, **environment) == f"{url}: ok\n"
        assert "is not trusted" in said("healthcheck", "--url", url, exit_code=1)
        process.terminate()
        _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")


def test_exec_gives_its_command_the_https_url(tmp_path: Path) -> None:
    cert, key = write_certificate(tmp_path)
    script = "import os; print(os.environ['GENAUTH_APP_HOST'])"
    files = ["--tls-cert", str(cert), "--tls-key", str(key)]
    with started("exec", *files, "--", sys.executable, "-c", script) as process:
        output, errors = process.communicate(timeout=PATIENCE)
    assert output.startswith("https://127.0.0.1:"), errors


def test_a_server_in_a_thread_answers_over_https(tmp_path: Path) -> None:
    cert, key = write_certificate(tmp_path)
    with (
        running_in_thread(Options(tls_cert=cert, tls_key=os.fspath(key))) as server,
        urlopen(f"{server.url}/_mock/health", context=trusting(cert)) as answer,  # noqa: S310 - loopback
    ):
        assert json.load(answer)["status"] == "ok"
    assert server.url.startswith("https://")


def test_files_that_cannot_be_used_are_refused_with_their_names(tmp_path: Path) -> None:
    cert, key = write_certificate(tmp_path)
    locked = write_key(tmp_path / "locked.pem", pass_phrase=b"secret")
    other = write_key(tmp_path / "other.pem", bits=3072)
    no_key = tmp_path / "none.pem"
    no_key.write_text("none")
    for wrong in (locked, other, no_key):
        files = ["--tls-cert", str(cert), "--tls-key", str(wrong)]
        output = said("serve", "--port", "0", *files, exit_code=2)
        assert "--tls-cert" in output
        assert wrong.name in output.replace("\n", "")
    alone = said("serve", "--port", "0", "--tls-key", str(key), exit_code=2)
    assert "--tls-cert and --tls-key belong together" in alone
    with pytest.raises(ValueError, match="tls_cert and tls_key belong together"):
        Options(tls_cert=cert)
    with (
        pytest.raises(ValueError, match=r"none\.pem"),
        running_in_thread(Options(tls_cert=cert, tls_key=no_key)),
    ):
        pass
