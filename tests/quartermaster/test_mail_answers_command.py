"""`quartermaster mail corrections`, `mail reread` and `mail autonomy` on a shop's database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from typer.testing import CliRunner, Result

from handlers.answer_reading import CorrectAnswer, correct_answer
from mail.mailbox import RawMail
from orders.correcting import TypedLine
from quartermaster.cli import app
from store.sessions import Store, open_store
from store.tables.decisions import ReplyProposalRow
from store.tables.inbox import InboxRow
from tests.mail.test_intake import arrive, intake_of, keeper_of, mail
from tests.makers.story import sent
from tests.makers.world import World, make_world

pytestmark = pytest.mark.store
RUN = CliRunner()


@pytest.fixture
def own_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "shop.db"
    path.write_bytes(sqlite_template.read_bytes())
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def world(own_store: Store) -> World:
    return make_world(own_store)


@pytest.fixture
def config(world: World, tmp_path: Path) -> Path:
    settings = {
        "shop": {"timezone": "Europe/Warsaw"},
        "database": {"url": f"sqlite:///{tmp_path / 'shop.db'}"},
        "mail": {"address": world.house.shop.mailbox},
    }
    path = tmp_path / "quartermaster.toml"
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return path


def run(config: Path, *words: str) -> Result:
    return RUN.invoke(app, ["mail", *words, "--config", str(config)])


def corrected(world: World) -> None:
    """A mail about fewer pieces whose figure a person put right."""
    order = sent(world)
    arrive(world, mail(order, "Dzień dobry,\n\npozycja 1: tylko 96 szt., reszta potwierdzona.\n"))
    with world.store.reading() as session:
        proposal = session.query(ReplyProposalRow).one()
    command = CorrectAnswer(proposal.id, world.order(order.number).revision, (TypedLine(1, "84", "4.20"),))
    world.do(correct_answer, command, world.people.maya)


def test_corrections_are_written_as_labelled_examples(world: World, config: Path, tmp_path: Path) -> None:
    corrected(world)
    result = run(config, "corrections", "export", str(tmp_path / "examples"))
    assert (result.exit_code, result.output) == (0, f"1 corrections are in {tmp_path / 'examples'}.\n")
    label = json.loads((tmp_path / "examples" / "corrected-00001.json").read_text(encoding="utf-8"))
    lines = label["responses"][0]["lines"]
    assert [(line["outcome"], line["quantity"]) for line in lines] == [("changed", 84), ("accepted", 60)]
    assert (label["kind"], label["supplier"], label["decision"]) == ("order_response", "BALTIC", "review")


def test_what_is_exported_can_be_read_again(world: World, config: Path, tmp_path: Path) -> None:
    corrected(world)
    run(config, "corrections", "export", str(tmp_path / "examples"))
    result = RUN.invoke(app, ["mail", "explain-many", str(tmp_path / "examples"), "--json"])
    told: dict[str, Any] = json.loads(result.output)
    assert told["file"] == "corrected-00001.eml"
    assert told["responses"][0]["lines"][0]["quantity"] == 96


def test_the_order_is_exported_as_it_stood_when_the_mail_came(world: World, config: Path, tmp_path: Path) -> None:
    corrected(world)
    run(config, "corrections", "export", str(tmp_path / "examples"))
    context = json.loads((tmp_path / "examples" / "context.json").read_text(encoding="utf-8"))
    assert [line["quantity"] for line in context["orders"][0]["lines"]] == [120, 60]


def test_without_corrections_the_folder_holds_only_the_context(config: Path, tmp_path: Path) -> None:
    assert run(config, "corrections", "export", str(tmp_path / "none")).exit_code == 0
    assert [path.name for path in (tmp_path / "none").iterdir()] == ["context.json"]


def test_the_same_reader_reads_old_mail_as_before(world: World, config: Path) -> None:
    corrected(world)
    assert run(config, "reread").output == "1 mails were read again, 0 of them otherwise than before.\n"


def test_what_is_read_otherwise_is_told_line_by_line(world: World, config: Path) -> None:
    corrected(world)
    with world.store.transaction() as session:
        row = session.query(InboxRow).one()
        payload = json.loads(json.dumps(row.payload))
        payload["reading"]["responses"][0]["lines"][0]["quantity"] = 12
        row.payload = payload
    told = run(config, "reread").output
    assert "line 1: quantity: 12 → 96" in told
    assert "1 of them otherwise than before" in told


def test_reading_again_changes_nothing(world: World, config: Path) -> None:
    corrected(world)
    with world.store.reading() as session:
        before = session.query(InboxRow).one().payload
    run(config, "reread", "--json")
    with world.store.reading() as session:
        assert session.query(InboxRow).one().payload == before


def test_only_mails_since_a_day_are_read_again(world: World, config: Path) -> None:
    corrected(world)
    assert run(config, "reread", "--since", "2026-11-24").output.startswith("0 mails")
    assert run(config, "reread", "--since", "2026-11-23").output.startswith("1 mails")


def test_more_mails_than_one_batch_are_all_read(world: World, config: Path) -> None:
    order = sent(world)
    keeper, intake = keeper_of(world), intake_of(world)
    for uid in range(1, 54):
        raw = mail(order, f"Thanks, {uid}.\n", Message_ID=f"<m{uid}@baltic.example>")
        keeper.keep("INBOX", [RawMail(uid, 7, raw)])
    while intake.read_next():
        pass
    assert run(config, "reread").output.startswith("53 mails")


def test_the_ladder_is_shown_and_set(world: World, config: Path) -> None:
    assert "No answer has been judged yet" in run(config, "autonomy", "list").output
    told = run(config, "autonomy", "set", "BALTIC", "later", "granted").output
    assert told.startswith("BALTIC later: granted\n")
    assert "may_earn" in told
    (row,) = map(json.loads, run(config, "autonomy", "list", "--json").output.splitlines())
    assert (row["supplier"], row["sort"], row["rung"], row["booked_alone"]) == ("BALTIC", "later", "granted", False)


def test_the_setting_allows_what_was_granted(world: World, config: Path) -> None:
    with config.open("a", encoding="utf-8") as file:
        file.write('\n[mail.autonomy]\nmay_earn = ["later"]\n')
    assert run(config, "autonomy", "set", "BALTIC", "later", "granted").output == "BALTIC later: granted\n"
    assert "booked with nobody looking" in run(config, "autonomy", "list").output


@pytest.mark.parametrize("words", [("BALTIC", "dearer", "granted"), ("BALTIC", "later", "always")])
def test_what_can_never_be_set_is_said_with_what_can(world: World, config: Path, words: tuple[str, ...]) -> None:
    result = run(config, "autonomy", "set", *words)
    assert result.exit_code == 2
    assert "accepted, fewer" in result.stderr.replace("\n", " ").replace("│", "").replace("  ", " ")


def test_an_unknown_supplier_is_said_in_one_line(world: World, config: Path) -> None:
    result = run(config, "autonomy", "set", "BALTYC", "later", "held")
    assert (result.exit_code, "BALTYC" in result.stderr) == (2, True)
