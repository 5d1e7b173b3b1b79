"""PLAN.toml."""

import pytest

from planning.problems import UnusableSettings
from planning.settings import PlanSettings, read_settings


def test_an_empty_file_leaves_every_default() -> None:
    assert read_settings("", "PLAN.toml") == PlanSettings()


def test_each_kind_of_value_is_taken() -> None:
    chosen = read_settings(
        'service_level = 0.9\nnew_days = 30\nweights = [0.1, 0.2]\nservice_type = "cycle"', "PLAN.toml"
    )
    assert (chosen.service_level, chosen.new_days, chosen.weights, chosen.service_type) == (
        0.9,
        30,
        (0.1, 0.2),
        "cycle",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("service_lvl = 0.9", "there is no setting service_lvl; did you mean service_level?"),
        ("zzz = 1", "there is no setting zzz; known are"),
        ("service_level = 2", "service_level is 2.0; it must lie between 0.5 and 0.9999"),
        ('service_level = "high"', "service_level is 'high'; it must be a number"),
        ("new_days = 1.5", "new_days is 1.5; it must be a whole number"),
        ('service_type = "best"', "service_type is 'best'; it must be fill or cycle"),
        ("weights = []", "weights must be a list of numbers between 0 and 1"),
        ("weights = [true]", "weights is [True]; it must be a list of numbers"),
        ("service_level = ", "not readable as TOML"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(text: str, sentence: str) -> None:
    with pytest.raises(UnusableSettings) as problem:
        read_settings(text, "PLAN.toml")
    assert sentence in str(problem.value)
    assert str(problem.value).startswith("PLAN.toml: ")
