"""What the mailbox page's server answers to questions that make no sense."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.mail.serving import RunningMail, running_mail
from tests.makers.mail_servers import MAREK, OURS, lay_in, make_mail_settings

pytestmark = pytest.mark.servers


@pytest.fixture
def mail() -> Iterator[RunningMail]:
    with running_mail(make_mail_settings(), with_page=True) as running:
        yield running


@pytest.fixture
def page(mail: RunningMail) -> Iterator[httpx.Client]:
    """A visitor with the key in his cookie."""
    with httpx.Client(base_url=mail.page.partition("?")[0], timeout=5) as client:
        assert client.get("", params={"key": mail.office.settings.key}).status_code == 200
        yield client


def send(page: httpx.Client, **wish: Any) -> tuple[int, dict[str, Any]]:
    answer = page.post("api/send", json={"account": MAREK, "to": OURS, "text": "OK"} | wish)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    "path",
    [
        "api/folders/999",
        "api/messages/999",
        "api/messages/999/raw",
        "api/messages/999/draft",
        "api/messages/999/files/0/x",
    ],
)
def test_what_is_gone_is_not_found(page: httpx.Client, path: str) -> None:
    answer = page.get(path)
    assert (answer.status_code, answer.json()["error"].endswith("-gone")) == (404, True)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"account": "stranger@x.example"}, "account-gone"),
        ({"original": 999}, "message-gone"),
        ({"style": "lotus"}, "bad-command"),
        ({"files": ["x"]}, "bad-command"),
        ({"files": [{"name": "x", "base64": "%%%"}]}, "bad-command"),
        ({"to": "no\r\naddress"}, "bad-address"),
    ],
)
def test_a_mail_that_cannot_be_written_is_refused_by_name(page: httpx.Client, wish: dict[str, Any], code: str) -> None:
    status, body = send(page, **wish)
    assert (status >= 400, body["error"]) == (True, code)


@pytest.mark.parametrize("body", [b"", b"[]", b"{"])
def test_a_command_that_is_no_object_is_refused(page: httpx.Client, body: bytes) -> None:
    assert page.post("api/send", content=body).json()["error"] == "bad-command"


def test_a_recipient_without_a_mailbox_is_named_as_the_server_said(page: httpx.Client) -> None:
    status, body = send(page, to="nobody@x.example")
    assert (status, body["error"], "nobody@x.example" in body["why"]) == (502, "not-sent", True)


def test_another_site_in_the_same_browser_can_do_nothing(page: httpx.Client) -> None:
    answer = page.post("api/send", json={"account": MAREK, "to": OURS}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


def test_a_mail_is_never_served_as_a_page(mail: RunningMail, page: httpx.Client) -> None:
    lay_in(mail, "<script>")
    answer = page.get("api/messages/1/raw")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
