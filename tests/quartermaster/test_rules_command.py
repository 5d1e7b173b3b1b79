"""`quartermaster rules`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from quartermaster.cli import app
from rules.rulefile import house_rulebook

RUN = CliRunner()


def test_the_house_rulebook_is_fine() -> None:
    result = RUN.invoke(app, ["rules", "check"])
    assert (result.exit_code, "fine" in result.output) == (0, True)


@pytest.mark.parametrize(
    ("language", "suggestion"), [("en", "Did you mean quantity?"), ("pl", "Czy chodziło o quantity?")]
)
def test_a_broken_rulebook_is_refused_with_file_line_and_suggestion(
    tmp_path: Path, language: str, suggestion: str
) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[rule]]\ncode = "pack-multiple"\nwhen = "quantty > 3"\n', encoding="utf-8")
    result = RUN.invoke(app, ["rules", "check", str(file), "--language", language])
    assert result.exit_code == 1
    assert f"{file}:3: " in result.stderr
    assert suggestion in result.stderr


def test_a_rulebook_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["rules", "check", str(tmp_path / "none.toml")])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_rulebook_in_another_encoding_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes("# żółć".encode("cp1250"))
    result = RUN.invoke(app, ["rules", "check", str(file)])
    assert (result.exit_code, "save it as UTF-8" in result.stderr) == (2, True)


def test_the_list_shows_every_rule_and_which_are_off(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('[[rule]]\ncode = "new-supplier"\nenabled = false\n', encoding="utf-8")
    lines = RUN.invoke(app, ["rules", "list", str(file)]).output.splitlines()
    assert len(lines) == 1 + len(house_rulebook().rules)
    assert [line.split()[:3] for line in lines if " off " in line] == [["R-S2", "new-supplier", "off"]]


def test_the_reference_is_written_to_standard_output() -> None:
    assert RUN.invoke(app, ["rules", "reference"]).output.startswith("# Rules and the words they use")
