"""A workspace that is not Slack and offers few methods: what it lacks it answers as any web server would, with a 404."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

Json = dict[str, Any]
WHO = {"ok": True, "url": "http://127.0.0.1/", "team": "Bare", "team_id": "T1", "user": "bot", "user_id": "U1"}


class BareSlack:
    """Knows `answers` by method and keeps the calls it got."""

    def __init__(self, **answers: Json) -> None:
        self.answers: dict[str, Json] = {
            "auth.test": WHO,
            **{name.replace("_", "."): of for name, of in answers.items()},
        }
        self.calls: deque[tuple[str, Json]] = deque()
        self.called = threading.Condition()
        self.api = ""

    def called_with(self, method: str) -> list[Json]:
        """The arguments of each call of this method."""
        return [arguments for name, arguments in list(self.calls) if name == method]

    def wait_for(self, method: str, times: int = 1) -> None:
        """Wait till the method was called so often."""
        with self.called:
            assert self.called.wait_for(lambda: len(self.called_with(method)) >= times, 10), f"{method} was not called"

    def take(self, method: str, arguments: Json) -> Json | None:
        """Keep the call; its answer, or nothing."""
        with self.called:
            self.calls.append((method, arguments))
            self.called.notify_all()
        return self.answers.get(method)


@contextmanager
def bare_slack(**answers: Json) -> Iterator[BareSlack]:
    """Serve it on a free port; methods are written with underscores: chat_postMessage={"ok": True}."""
    bare = BareSlack(**answers)

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            is_json = self.headers.get("content-type", "").startswith("application/json")
            arguments = json.loads(body or "{}") if is_json else dict(parse_qsl(body))
            answer = bare.take(self.path.removeprefix("/api/"), arguments)
            told = json.dumps({"message": "Not Found"} if answer is None else answer).encode()
            self.send_response(HTTPStatus.NOT_FOUND if answer is None else HTTPStatus.OK)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        bare.api = f"http://127.0.0.1:{server.server_port}/api/"
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield bare
        server.shutdown()
        serving.join(5)
