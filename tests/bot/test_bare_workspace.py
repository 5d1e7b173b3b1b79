"""On another project's workspace, with only the base URL changed: the bot starts, speaks, and does without what is not there."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import typer
from slack_sdk import WebClient

from bot.app import build_app
from bot.cards.blocks import card, section
from bot.desk import Desk
from bot.posting import Poster
from quartermaster.settings import Settings
from quartermaster.slack_connection import serve, wait_for_slack
from store.outbox import Outgoing, TryLater, enqueue
from tests.makers.bare_slack import BareSlack, bare_slack
from tests.makers.world import World

pytestmark = pytest.mark.servers
POSTED = {"ok": True, "channel": "C1", "ts": "1.2"}
HELLO = card("Hello", [section("Hello")])


@pytest.fixture
def bare() -> Iterator[BareSlack]:
    with bare_slack(chat_postMessage=POSTED) as serving:
        yield serving


@pytest.fixture
def poster(bare: BareSlack, world: World) -> Poster:
    return Poster(WebClient("xoxb-1", base_url=bare.api), world.store, world.clock)


def make_outgoing(attempts: int = 1, surface: str = "") -> Outgoing:
    return Outgoing(7, "order_card", "order_card:7", {}, surface, attempts, datetime(2026, 11, 23, tzinfo=UTC))


def settings_for(bare: BareSlack) -> Settings:
    return Settings.model_validate({"slack": {"bot_token": "xoxb-1", "app_token": "xapp-1", "base_url": bare.api}})


@pytest.fixture
def serving(bare: BareSlack, desk: Desk) -> Callable[[threading.Event], None]:
    app = build_app(WebClient("xoxb-1", base_url=bare.api), desk)
    return lambda stop: serve(app, settings_for(bare), stop)


def test_a_workspace_without_socket_mode_is_asked_again_and_again(
    bare: BareSlack, serving: Callable[[threading.Event], None]
) -> None:
    stop = threading.Event()
    listening = threading.Thread(target=serving, args=(stop,))
    listening.start()
    bare.wait_for("apps.connections.open", times=2)
    stop.set()
    listening.join(5)
    assert not listening.is_alive()


def test_a_wrong_app_token_ends_the_program_with_a_sentence(
    bare: BareSlack, serving: Callable[[threading.Event], None], capsys: pytest.CaptureFixture[str]
) -> None:
    bare.answers["apps.connections.open"] = {"ok": False, "error": "invalid_auth"}
    with pytest.raises(typer.Exit):
        serving(threading.Event())
    assert "Slack refuses the app token: invalid_auth" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "may_pass"), [("token_revoked", False), ("internal_error", True)])
def test_only_what_no_waiting_mends_ends_the_program(bare: BareSlack, error: str, *, may_pass: bool) -> None:
    bare.answers["auth.test"] = {"ok": False, "error": error}
    stop = threading.Event()

    def stop_when_asked() -> None:
        bare.wait_for("auth.test")
        stop.set()

    threading.Thread(target=stop_when_asked).start()
    client = WebClient("xoxb-1", base_url=bare.api)
    if may_pass:
        assert not wait_for_slack(client, stop)
    else:
        with pytest.raises(typer.Exit):
            wait_for_slack(client, stop)


def test_where_history_cannot_be_read_a_second_attempt_is_posted(poster: Poster) -> None:
    assert poster.say(make_outgoing(attempts=2), "C1", HELLO) == ("C1", "1.2")


def test_where_messages_cannot_be_changed_a_new_one_is_posted(bare: BareSlack, poster: Poster, world: World) -> None:
    with world.store.transaction() as session:
        row = enqueue(session, "order_card", "order_card:7", {}, now=world.clock.now(), surface="order:7")
    outgoing = replace(make_outgoing(surface="order:7"), id=row or 0)
    poster.show(outgoing, "C1", HELLO)
    poster.show(outgoing, "C1", HELLO)
    assert len(bare.called_with("chat.postMessage")) == 2


def test_where_pictures_cannot_be_uploaded_the_row_waits(poster: Poster) -> None:
    with pytest.raises(TryLater):
        poster.picture(make_outgoing(attempts=2), ("C1", "1.2"), "chart.png", b"png", "a chart")
