"""`quartermaster mail segments-many` prints how each mail of a folder divides."""

import json
from pathlib import Path

from typer.testing import CliRunner

from quartermaster.cli import app
from tests.makers.mails import SHOP, raw_mail

ORDER = "Please deliver to our shop:\n1. BF-1001 Oat drink 1 l, 120 pcs\n2. BF-1002 Rye bread 500 g, 24 pcs"


def run(*arguments: str) -> tuple[int, list[dict[str, object]], str]:
    result = CliRunner().invoke(app, ["mail", "segments-many", *arguments])
    return (
        result.exit_code,
        [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")],
        result.stderr,
    )


def test_every_mail_is_one_line_of_json(tmp_path: Path) -> None:
    (tmp_path / "b.eml").write_bytes(raw_mail("No.", subject="Automatic reply: x"))
    (tmp_path / "a.eml").write_bytes(raw_mail("OK\n\n> order"))
    status, lines, _ = run(str(tmp_path), "--json")
    assert status == 0
    assert lines == [
        {"file": "a.eml", "reply": "OK", "segments": [{"label": "supplier", "text": "OK"}, {"label": "ours", "text": "order"}], "machine": "no"},
        {"file": "b.eml", "reply": "No.", "segments": [{"label": "supplier", "text": "No."}], "machine": "auto_reply"},
    ]  # fmt: skip


def test_mails_that_we_sent_tell_what_was_edited(tmp_path: Path) -> None:
    sent, replies = tmp_path / "sent", tmp_path / "replies"
    sent.mkdir()
    replies.mkdir()
    (sent / "po.eml").write_bytes(raw_mail(ORDER, from_=SHOP, message_id="<po@sklep.example>"))
    answer = f"See below.\n\n{ORDER.replace('24', '12')}"
    (replies / "re.eml").write_bytes(raw_mail(answer, in_reply_to="<po@sklep.example>"))
    _, lines, _ = run(str(replies), "--json", "--sent", str(sent))
    assert lines[0]["reply"] == "See below.\n2. BF-1002 Rye bread 500 g, 12 pcs"


def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    status, lines, told = run(str(tmp_path / "nowhere"), "--json")
    assert (status, lines) == (2, [])
    assert "no such folder" in told


def test_broken_bytes_are_answered_like_any_mail(tmp_path: Path) -> None:
    (tmp_path / "x.eml").write_bytes(b"\xff\xfe\x00" * 50)
    (tmp_path / "y.eml").write_bytes(b"")
    status, lines, _ = run(str(tmp_path), "--json")
    assert (status, [line["file"] for line in lines]) == (0, ["x.eml", "y.eml"])
