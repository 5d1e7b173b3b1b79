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


WRONG = """
[shop]
needs_two_above = -5
rulebook = "nowhere.toml"
[mail]
address = "nobody"
[mail.imap]
security = "none"
host = "mail.example.com"
ca_file = "nowhere.pem"
[clock]
report_weekdays = "mon-noday"
"""


@pytest.mark.parametrize(
    "problem",
    [
        "shop.needs_two_above: Input should be greater than or equal to 0 (given: -5)",
        "shop.rulebook: there is no such file (given: 'nowhere.toml')",
        "mail.address: must be a mail address, such as orders@example.com (given: 'nobody')",
        "mail.imap.security: an unencrypted connection to mail.example.com is refused; use tls or starttls",
        "mail.imap.ca_file: there is no such file (given: 'nowhere.pem')",
        "clock.report_weekdays: must be days such as mon-fri or mon,wed,sat (given: 'mon-noday')",
    ],
)
def test_what_would_fail_later_is_told_at_the_start(tmp_path: Path, problem: str) -> None:
    assert any(problem in each for each in problems(written(tmp_path, WRONG)))


def test_a_password_in_a_wrong_database_address_is_not_told(tmp_path: Path) -> None:
    (problem,) = problems(written(tmp_path, '[database]\nurl = "mysql://shop:hush@host/db"\n'))
    assert problem.endswith("database.url: must begin with sqlite:/// or postgresql://")


def test_a_secret_of_the_wrong_kind_is_not_told(tmp_path: Path) -> None:
    (problem,) = problems(written(tmp_path, "[slack]\nbot_token = 4711\n"))
    assert "4711" not in problem


def test_a_misspelt_variable_of_the_environment_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERMASTER_SLAK__BOT_TOKEN", "xoxb-very-secret")
    (problem,) = problems(written(tmp_path, ""))
    assert problem == "environment: QUARTERMASTER_SLAK__BOT_TOKEN is not a setting; did you mean slack?"


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert "there is no such file" in problem


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


def test_there_may_be_several_mailboxes_but_each_only_once(tmp_path: Path) -> None:
    more = '[mail.imap]\nhost = "a"\n[[mail.more_imap]]\nhost = "{host}"\nusername = ""\n'
    settings = load_settings(written(tmp_path, more.format(host="b")))
    assert [box.host for box in settings.mail.mailboxes] == ["a", "b"]
    (problem,) = problems(written(tmp_path, more.format(host="a")))
    assert "mail.more_imap" in problem
    assert "stands twice" in problem
