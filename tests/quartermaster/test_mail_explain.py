import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quartermaster.cli import app
from tests.makers.corpus import FOLDER

RUNNER = CliRunner()
REPLY = FOLDER / "en-blanket-yes-polite.eml"
CONTEXT = FOLDER / "context.json"
FIELDS = {"message_id", "kind", "supplier", "sender_trusted", "responses", "decision", "reasons"}


def test_one_mail_is_explained_as_one_json_object() -> None:
    answer = RUNNER.invoke(app, ["mail", "explain", str(REPLY), "--context", str(CONTEXT), "--json"])
    assert answer.exit_code == 0
    assert set(json.loads(answer.stdout)) == FIELDS


def test_a_folder_is_explained_a_line_a_mail(tmp_path: Path) -> None:
    for path in (REPLY, FOLDER / "pl-except-one.eml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "context.json").write_bytes(CONTEXT.read_bytes())
    answer = RUNNER.invoke(app, ["mail", "explain-many", str(tmp_path), "--json"])
    told = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [each["file"] for each in told] == [REPLY.name, "pl-except-one.eml"]


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"Subject: x\n\n", b"Content-Type: multipart/mixed; boundary=a\n\n--a"]
)
def test_broken_mail_is_answered_all_the_same(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "broken.eml").write_bytes(raw)
    answer = RUNNER.invoke(app, ["mail", "explain", str(tmp_path / "broken.eml"), "--context", str(CONTEXT), "--json"])
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["decision"] == "review"


@pytest.mark.parametrize("content", [None, "{", '{"today": "soon"}', '{"today": "2026-11-23", "orders": [{}]}'])
def test_an_unusable_context_is_one_clear_line_and_status_2(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "context.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    answer = RUNNER.invoke(app, ["mail", "explain", str(REPLY), "--context", str(path), "--json"])
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert len(answer.stderr.strip().splitlines()) == 1
