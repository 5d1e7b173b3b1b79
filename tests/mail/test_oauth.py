"""Access tokens are had from the provider, kept, renewed in time, and a refusal is told in words."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest

from mail.access import TokenRefused
from mail.oauth import TokenSource
from tests.makers.clock import StandingClock

pytestmark = pytest.mark.servers


@dataclass
class Provider:
    """Plays Microsoft's or Google's token address: gives `answers` one after another, the last one for ever."""

    answers: list[tuple[int, bytes]]
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def answer(self, form: dict[str, str]) -> tuple[int, bytes]:
        self.asked.append(form)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def token(word: str, **more: Any) -> tuple[int, bytes]:
    return 200, json.dumps({"access_token": word, "expires_in": 3600} | more).encode()


@contextmanager
def provider(*answers: tuple[int, bytes]) -> Iterator[Provider]:
    played = Provider(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            status, body = played.answer({name: values[0] for name, values in form.items()})
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        played.url = f"http://127.0.0.1:{server.server_port}/token"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield played
        server.shutdown()
        thread.join()


def make_source(played: Provider, clock: StandingClock, **more: str) -> TokenSource:
    return TokenSource(
        provider=more.get("provider", "microsoft"),
        client_id="id",
        client_secret="hush",
        refresh_token=more.get("refresh_token", ""),
        tenant="sklep.example",
        clock=clock,
        url=played.url,
    )


def test_a_token_is_asked_for_once_and_kept_till_five_minutes_before_its_end() -> None:
    clock = StandingClock()
    with provider(token("one"), token("two")) as played:
        source = make_source(played, clock)
        first = [source(), source()]
        clock.move(minutes=54)
        first.append(source())
        clock.move(minutes=2)
        assert (first, source(), len(played.asked)) == (["one"] * 3, "two", 2)


def test_without_a_refresh_token_the_program_stands_for_itself() -> None:
    with provider(token("one")) as played:
        make_source(played, StandingClock())()
    assert played.asked == [
        {
            "client_id": "id",
            "client_secret": "hush",
            "grant_type": "client_credentials",
            "scope": "https://outlook.office365.com/.default",
        }
    ]


def test_a_refresh_token_is_used_and_replaced_by_the_one_that_comes_back() -> None:
    clock = StandingClock()
    with provider(token("one", refresh_token="second"), token("two")) as played:
        source = make_source(played, clock, provider="google", refresh_token="first")
        source()
        clock.move(hours=2)
        source()
    assert [each["refresh_token"] for each in played.asked] == ["first", "second"]


def test_a_forgotten_token_is_replaced_before_its_time() -> None:
    with provider(token("one"), token("two")) as played:
        source = make_source(played, StandingClock())
        source()
        source.forget()
        assert source() == "two"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((400, b'{"error": "invalid_grant", "error_description": "The refresh token has expired."}'), "has expired"),
        ((401, b'{"error": "invalid_client"}'), "invalid_client"),
        ((503, b"<html>busy</html>"), "status 503"),
        ((200, b"{}"), "status 200"),
        ((200, b'"token"'), "status 200"),
    ],
)
def test_a_refusal_is_told_in_the_providers_words(answer: tuple[int, bytes], words: str) -> None:
    with provider(answer) as played, pytest.raises(TokenRefused, match=words):
        make_source(played, StandingClock())()


def test_a_provider_that_is_away_is_a_refusal_too() -> None:
    source = make_source(Provider([], url="http://127.0.0.1:1/token"), StandingClock())
    with pytest.raises(TokenRefused, match="microsoft cannot be reached"):
        source()


def test_two_threads_ask_only_once() -> None:
    with provider(token("one")) as played:
        source = make_source(played, StandingClock())
        threads = [threading.Thread(target=source) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(played.asked) == 1
