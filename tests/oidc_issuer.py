"""An issuer of access tokens in a process of its own: discovery, keys, and tokens for whoever asks.

Run as a program it is the issuer; :class:`Issuer` starts, asks and stops one.
``POST /token`` signs the claims in its body, ``POST /rotate`` makes a new key
and forgets the old one. ``/oauth/authorize`` and ``/oauth/token`` are what OAuth2
clients know: one person signs in, in a browser or by name and password, for a second at a time; for some
seconds where nothing can renew the token. A browser
says at the first whether the person agreed (``agreed=yes``); ``POST /sign-out`` has them sign in again.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

PERSON, PASSWORD = "a.nowak", "Zażółć 8"
CLIENT = "kmzb-desk"
IMPLICIT_SECONDS = 5
"""How long a token is good that a browser brings."""
_OF_THE_PERSON = {"preferred_username": PERSON, "kmzb_role": "coordinator", "kmzb_reach": "country"}


class Issuer:
    """The process, on a port that it keeps when it starts again."""

    def __init__(self) -> None:
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._port)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        self._port = int(re.fullmatch(r"Issuing on port (\d+)\n", line)[1])

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.communicate(timeout=30)
            self._process = None

    def token(self, **claims: Any) -> str:
        """A token of this issuer for ``kmzb``, good for a minute; claims and ``_alg`` change that."""
        return str(self._ask("/token", claims)["token"])

    def rotate(self) -> None:
        self._ask("/rotate", {})

    def asked(self) -> int:
        """How often it was asked for its keys."""
        return int(self._ask("/asked", {})["asked"])

    def grants(self) -> list[str]:
        """How the person has signed in so far, by type of grant; ``refused`` where that failed."""
        return list(self._ask("/grants", {})["grants"])

    def sign_out(self) -> None:
        """Renew no token that was given so far."""
        self._ask("/sign-out", {})

    def public_key(self) -> str:
        """The RSA key, as PEM."""
        return str(self._ask("/pem", {})["pem"])

    def _ask(self, path: str, document: dict[str, Any]) -> Any:
        request = urllib.request.Request(self.url + path, json.dumps(document).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


class _Keys:
    def __init__(self) -> None:
        self.asked = 0
        self.grants: list[str] = []
        self.codes: dict[str, str] = {}
        """Where the browser went with a code that was not used yet."""
        self.sign_out()
        self.rotate()

    def sign_out(self) -> None:
        self.refreshing = uuid.uuid4().hex

    def rotate(self) -> None:
        self.private = {
            "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
            "ES256": ec.generate_private_key(ec.SECP256R1()),
        }
        self.ids = {name: f"{name}-{uuid.uuid4().hex[:8]}" for name in self.private}

    def published(self) -> dict[str, Any]:
        self.asked += 1
        turn = {"RS256": RSAAlgorithm.to_jwk, "ES256": ECAlgorithm.to_jwk}
        entries = [
            {**turn[name](key.public_key(), as_dict=True), "kid": self.ids[name], "use": "sig", "alg": name}
            for name, key in self.private.items()
        ]
        # what a service has no use for must not disturb it
        secret = {"kty": "oct", "kid": "secret", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"}
        return {"keys": [secret, {"kty": "RSA", "kid": "broken"}, *entries]}

    def authorize(self, url: str, asked: Mapping[str, str]) -> str:
        """Where a browser goes when the person has answered; a token is where only the browser sees it."""
        answer = {"state": asked["state"]} if "state" in asked else {}
        agreed = asked["client_id"] == CLIENT and asked["agreed"] == "yes"
        if agreed and asked["response_type"] == "code":
            answer["code"] = uuid.uuid4().hex
            self.codes[answer["code"]] = asked["redirect_uri"]
        elif agreed and asked["response_type"] == "token":
            self.grants.append("implicit")
            answer["access_token"] = self.token(url, dict(_OF_THE_PERSON))
            answer |= {"token_type": "Bearer", "expires_in": str(IMPLICIT_SECONDS)}
        else:
            self.grants.append("refused")
            answer["error"] = "access_denied"
        mark = "#" if asked["response_type"] == "token" else "?"
        return f"{asked['redirect_uri']}{mark}{urlencode(answer)}"

    def grant(self, url: str, asked: Mapping[str, str]) -> dict[str, Any] | None:
        """What an OAuth2 client gets for the form that it sent; None where it may not."""
        kind = asked["grant_type"]
        good = {
            "password": (asked.get("username"), asked.get("password")) == (PERSON, PASSWORD),
            "refresh_token": asked.get("refresh_token") == self.refreshing,
            "authorization_code": self.codes.pop(asked.get("code", ""), None) == asked.get("redirect_uri"),
        }
        if asked["client_id"] != CLIENT or not good[kind]:
            self.grants.append("refused")
            return None
        self.grants.append(kind)
        token = self.token(url, dict(_OF_THE_PERSON))
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": 1,
            "refresh_token": self.refreshing,
        }

    def token(self, url: str, asked: dict[str, Any]) -> str:
        name = asked.pop("_alg", "RS256")
        now = int(time.time())
        claims = {"iss": url, "aud": "kmzb", "sub": "17", "iat": now, "exp": now + 60} | asked
        return jwt.encode(claims, self.private[name], name, {"kid": self.ids[name]})


class _Handler(BaseHTTPRequestHandler):
    keys: _Keys

    def do_GET(self) -> None:
        url = f"http://127.0.0.1:{self.server.server_address[1]}"
        path, query = urlsplit(self.path)[2:4]
        if path == "/oauth/authorize":
            self.send_response(302)
            self.send_header("Location", self.keys.authorize(url, dict(parse_qsl(query))))
            self.end_headers()
            return
        documents = {
            "/.well-known/openid-configuration": lambda: {"issuer": url, "jwks_uri": f"{url}/keys"},
            "/keys": self.keys.published,
        }
        self._answer(documents[path]())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        url = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path == "/oauth/token":
            granted = self.keys.grant(url, dict(parse_qsl(body.decode())))
            self._answer(granted or {"error": "invalid_grant"}, 200 if granted else 400)
            return
        asked = json.loads(body)
        pem = self.keys.private["RS256"].public_key().public_bytes
        documents = {
            "/token": lambda: {"token": self.keys.token(url, asked)},
            "/rotate": lambda: {"done": self.keys.rotate() is None},
            "/sign-out": lambda: {"done": self.keys.sign_out() is None},
            "/grants": lambda: {"grants": self.keys.grants},
            "/asked": lambda: {"asked": self.keys.asked},
            "/pem": lambda: {"pem": pem(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()},
        }
        self._answer(documents[self.path]())

    def _answer(self, document: Any, status: int = 200) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


if __name__ == "__main__":
    _Handler.keys = _Keys()
    with ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), _Handler) as server:
        print(f"Issuing on port {server.server_address[1]}", flush=True)
        server.serve_forever()
