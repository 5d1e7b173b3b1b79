"""What people type becomes what is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.slack.page_api.pictures import avatar
from sandbox.slack.page_api.typed import link_domains, stored_text
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.workspace import Workspace


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    workspace = Workspace(WorkspaceSettings(address="http://127.0.0.1:1"))
    workspace.people.add("magda", "Magda Nowak", id="U1")
    workspace.people.add("jan.kowalski", "Jan Kowalski", id="U2")
    channel = workspace.channels.create("orders", creator="U1", now=1.0)
    channel["id"] = "C1"
    workspace.usergroups.add("buyers", "Buyers", ["U1"], creator="U1", now=1.0)["id"] = "S1"
    return workspace


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("hello", "hello"),
        ("@magda look", "<@U1> look"),
        ("ask @jan.kowalski.", "ask <@U2>."),
        ("see #orders", "see <#C1|orders>"),
        ("@buyers!", "<!subteam^S1|@buyers>!"),
        ("@here and @channel", "<!here> and <!channel>"),
        ("@nobody #nowhere", "@nobody #nowhere"),
        ("write to magda@example.com", "write to magda@example.com"),
        ("3 < 4 & 5 > 4", "3 &lt; 4 &amp; 5 &gt; 4"),
        ("<script>", "&lt;script&gt;"),
        ("<@U1> already", "<@U1> already"),
        ("<https://x.pl|label>", "<https://x.pl|label>"),
    ],
)
def test_typed_text_is_escaped_and_mentions_are_found(workspace: Workspace, typed: str, stored: str) -> None:
    assert stored_text(workspace, typed) == stored


@given(st.text(max_size=60))
def test_no_markup_comes_from_arbitrary_text(text: str) -> None:
    workspace = Workspace(WorkspaceSettings(address="http://127.0.0.1:1"))
    plain = text.replace("@", "").replace("#", "").replace("!", "").replace("http", "").replace("mailto", "")
    assert "<" not in stored_text(workspace, plain)


def test_links_are_found_with_their_hosts() -> None:
    text = "see https://orders.example.com/1 and <http://Example.com/a|x>"
    assert link_domains(text) == [
        ("orders.example.com", "https://orders.example.com/1"),
        ("example.com", "http://Example.com/a"),
    ]


def test_a_picture_shows_initials_and_escapes_names() -> None:
    picture = avatar({"real_name": 'Ewa "<b>" Wójcik', "color": "4A7C59"})
    assert "<b>" not in picture
    assert ">EW<" in avatar({"real_name": "Ewa Wójcik", "color": "4A7C59"})
