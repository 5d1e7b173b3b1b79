"""The settings file and the environment."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from quartermaster.settings import Settings, SettingsUnusable, load_settings

SHIPPED = (files("quartermaster") / "data" / "settings.toml").read_text(encoding="utf-8")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "quartermaster.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(SettingsUnusable) as unusable:
        load_settings(path)
    return unusable.value.problems


def test_the_file_that_init_writes_is_usable_as_it_is(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, SHIPPED)).shop.timezone == "Europe/Warsaw"


def test_the_file_that_init_writes_names_every_setting() -> None:
    named = set(re.findall(r"^#? ?(\w+) =", SHIPPED, flags=re.MULTILINE))
    models, known = [Settings], set()
    while models:
        for name, field in models.pop().model_fields.items():
            inner = getattr(field.annotation, "model_fields", None)
            if inner is None:
                known.add(name)
            else:
                models.append(field.annotation)  # type: ignore[arg-type]
    assert known - {"oauth"} <= named


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    found = problems(
        written(tmp_path, '[shop]\ntimezone = "Europe/Warsow"\ncurrency = "zloty"\n[mail.imap]\nport = 0\n')
    )
    assert len(found) == 3
    assert "did you mean 'Europe/Warsaw'?" in "\n".join(found)


def test_a_misspelt_setting_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    (problem,) = problems(written(tmp_path, "[shop]\nunde_minutes = 3\n"))
    assert problem.endswith("shop.unde_minutes is not a setting; did you mean undo_minutes?")


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems(written(tmp_path, "[shop\n"))
    assert "line 1" in problem


def test_a_named_file_that_is_missing_is_told(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "nowhere.toml")
    assert "quartermaster init" in problem


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERMASTER_SHOP__NAME", "From outside")
    assert load_settings(written(tmp_path, '[shop]\nname = "From the file"\n')).shop.name == "From outside"


def test_a_secret_does_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, '[slack]\nbot_token = "xoxb-very-secret"\n'))
    assert "very-secret" not in repr(settings)


def test_the_core_gets_the_shops_own_choices(tmp_path: Path) -> None:
    shop = load_settings(
        written(tmp_path, '[shop]\nname = "Sklep"\n[mail]\naddress = "orders@sklep.example"\n')
    ).as_shop()
    assert (shop.name, shop.mailbox) == ("Sklep", "orders@sklep.example")
