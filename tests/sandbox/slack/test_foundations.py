"""The small parts that everything stands on: ids, clock, records, faults, wire log, triggers, limits."""

import sqlite3
from pathlib import Path

import pytest

from sandbox.slack.books.people import People
from sandbox.slack.clock import WorkspaceClock
from sandbox.slack.faults import FOREVER, Faults
from sandbox.slack.ids import hashed_id, named_id
from sandbox.slack.links import MOST_SOCKETS, Link, Links
from sandbox.slack.records import Book, Records
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.triggers import RESPONSE_SECONDS, RESPONSE_USES, ResponseAddress, Triggers
from sandbox.slack.web_api.limits import POSTS_BURST, RateLimits
from sandbox.slack.wire import KEPT_ENTRIES, LONGEST_BODY, WireLog


def test_an_id_shows_the_name_and_is_the_same_each_time() -> None:
    assert named_id("U", "magda").startswith("U0MAGDA")
    assert named_id("U", "magda") == named_id("U", "magda")


def test_names_that_begin_alike_have_different_ids() -> None:
    assert named_id("U", "quartermaster one") != named_id("U", "quartermaster two")


@pytest.mark.parametrize("an_id", [named_id("C", "o"), named_id("C", "żółć"), "F0BU1DVIOPL", hashed_id("D", "a+b")])
def test_ids_have_eleven_characters(an_id: str) -> None:
    assert len(an_id) == 11
    assert an_id[1:].isalnum()


def test_timestamps_rise_even_when_the_clock_stands() -> None:
    clock = WorkspaceClock(lambda: 1795500000.0)
    assert [clock.new_ts() for _ in range(3)] == ["1795500000.000000", "1795500000.000001", "1795500000.000002"]


def test_timestamps_rise_when_the_clock_is_shifted_back() -> None:
    clock = WorkspaceClock(lambda: 1795500000.0)
    first = clock.new_ts()
    clock.shift = -3600
    assert clock.new_ts() > first


def test_a_second_start_goes_on_after_the_last_message() -> None:
    clock = WorkspaceClock(lambda: 1000.0)
    clock.not_before("1795500000.000009")
    assert clock.new_ts() == "1795500000.000010"


def test_a_book_is_read_back_in_the_order_of_writing(tmp_path: Path) -> None:
    first = Book(Records(tmp_path / "state.db"), "message")
    for key in ("b", "a", "c"):
        first.save(key, {"n": key})
    first.save("b", {"n": "changed"})
    second = Book(Records(tmp_path / "state.db"), "message")
    assert list(second.values()) == [{"n": "changed"}, {"n": "a"}, {"n": "c"}]


def test_forgotten_records_and_contents_are_gone(tmp_path: Path) -> None:
    records = Records(tmp_path / "state.db")
    book = Book(records, "file")
    book.save("F1", {})
    records.put_content("F1", b"bytes")
    book.forget("F1")
    records.remove_content("F1")
    assert records.content("F1") is None
    assert dict(Book(Records(tmp_path / "state.db"), "file")) == {}


def test_a_closed_memory_takes_nothing_more() -> None:
    records = Records(None)
    records.close()
    with pytest.raises(sqlite3.ProgrammingError):
        records.put("kind", "key", {})


def test_a_fault_counts_down_and_then_rests() -> None:
    faults = Faults(strict=True, lose_acks=2)
    assert [faults.loses_this_ack() for _ in range(3)] == [True, True, False]


def test_a_fault_may_hold_until_switched_off() -> None:
    faults = Faults(strict=True, duplicate=FOREVER)
    assert all(faults.doubles_this_delivery() for _ in range(5))
    faults.change({"duplicate": 0})
    assert not faults.doubles_this_delivery()


def test_a_rate_limit_fault_hits_its_method_only() -> None:
    faults = Faults(strict=True)
    faults.change({"rate_limit": {"method": "views.open", "times": 1}})
    assert not faults.limits_this_call("chat.postMessage")
    assert faults.limits_this_call("views.open")
    assert not faults.limits_this_call("views.open")
    assert faults.rate_limit.retry_after == 3


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"gravity": 1}, "unknown_fault"),
        ({"lose_acks": "many"}, "bad_fault_value"),
        ({"strict": 1}, "bad_fault_value"),
        ({"rate_limit": 3}, "bad_fault_value"),
        ({"rate_limit": {"nope": 3}}, "bad_fault_value"),
    ],
)
def test_a_wish_without_sense_changes_no_fault(wish: Json, code: str) -> None:
    with pytest.raises(CallRefused) as refused:
        Faults(strict=True).change(wish)
    assert refused.value.error == code


def make_log() -> tuple[WireLog, list[Json]]:
    heard: list[Json] = []
    return WireLog(heard.append), heard


def test_the_wire_log_tells_of_the_beginning_and_the_end() -> None:
    log, heard = make_log()
    entry = log.begin("call", "from_app", "chat.postMessage", at=1.0, app="A1", body={"token": "xoxb-1", "text": "hi"})
    log.finish(entry, "ok", 0.0034, {"ok": True})
    assert len(heard) == 2
    assert (entry["took_ms"], entry["outcome"], entry["body"]) == (3.4, "ok", {"token": "…", "text": "hi"})


def test_the_wire_log_masks_secrets_deep_inside() -> None:
    log, _ = make_log()
    entry = log.begin("call", "from_app", "x", at=1.0, app="", body={"a": [{"token": "xoxb-1"}], "file": b"12345"})
    assert entry["body"] == {"a": [{"token": "…"}], "file": "5 bytes"}


def test_the_wire_log_cuts_long_bodies_and_forgets_old_entries() -> None:
    log, _ = make_log()
    for number in range(KEPT_ENTRIES + 5):
        log.begin("call", "from_app", str(number), at=1.0, app="", body="x" * (LONGEST_BODY + 1))
    entries = list(log)
    assert len(entries) == KEPT_ENTRIES
    assert entries[-1]["body"]["truncated"]


def test_a_trigger_opens_one_modal_within_three_seconds() -> None:
    triggers = Triggers(3.0)
    trigger = triggers.new_trigger("A1", "U1", 100.0)
    assert triggers.exchange(trigger, "A1", 102.9) == "U1"
    with pytest.raises(CallRefused, match="exchanged_trigger_id"):
        triggers.exchange(trigger, "A1", 102.9)


def test_a_trigger_expires_and_is_no_good_to_another_app() -> None:
    triggers = Triggers(3.0)
    trigger = triggers.new_trigger("A1", "U1", 100.0)
    with pytest.raises(CallRefused, match="expired_trigger_id"):
        triggers.exchange(trigger, "A1", 103.1)
    with pytest.raises(CallRefused, match="invalid_trigger_id"):
        triggers.exchange(trigger, "A2", 100.0)


def test_a_response_address_works_five_times_for_half_an_hour() -> None:
    triggers = Triggers(3.0)
    key = triggers.new_address(ResponseAddress("A1", "U1", "C1", 100.0))
    for _ in range(RESPONSE_USES):
        triggers.use_address(key, 100.0)
    with pytest.raises(CallRefused, match="used_url"):
        triggers.use_address(key, 100.0)
    late = triggers.new_address(ResponseAddress("A1", "U1", "C1", 100.0))
    with pytest.raises(CallRefused, match="expired_url"):
        triggers.use_address(late, 101.0 + RESPONSE_SECONDS)


@pytest.mark.parametrize(("tier", "calls"), [(1, 3), (2, 20), (3, 50), (4, 100)])
def test_a_tier_allows_so_many_calls_a_minute(tier: int, calls: int) -> None:
    limits = RateLimits()
    assert [limits.wait_for("A1", "users.list", tier, 10.0) for _ in range(calls)] == [0] * calls
    assert limits.wait_for("A1", "users.list", tier, 10.0) == 60
    assert limits.wait_for("A1", "users.info", tier, 10.0) == 0
    assert limits.wait_for("A1", "users.list", tier, 71.0) == 0


def test_a_channel_takes_a_burst_and_then_a_message_a_second() -> None:
    limits = RateLimits()
    assert [limits.wait_for_post("A1", "C1", 10.0) for _ in range(POSTS_BURST)] == [0] * POSTS_BURST
    assert limits.wait_for_post("A1", "C1", 10.0) == 1
    assert limits.wait_for_post("A1", "C2", 10.0) == 0
    assert limits.wait_for_post("A1", "C1", 11.0) == 0


def test_an_eleventh_socket_is_too_many() -> None:
    links = Links()
    assert all(links.add(Link("A1")) for _ in range(MOST_SOCKETS))
    assert not links.add(Link("A1"))
    assert links.add(Link("A2"))


def test_deliveries_go_round_and_avoid_a_socket_that_is_leaving() -> None:
    links = Links()
    first, second = Link("A1"), Link("A1")
    links.add(first)
    links.add(second)
    assert {links.pick("A1"), links.pick("A1")} == {first, second}
    first.is_leaving = True
    assert [links.pick("A1"), links.pick("A1")] == [second, second]


def test_a_ticket_opens_one_socket() -> None:
    links = Links()
    ticket = links.new_ticket("A1")
    assert links.redeem(ticket) == "A1"
    assert links.redeem(ticket) is None


def test_a_workspaces_domain_is_fit_for_an_address() -> None:
    assert WorkspaceSettings(address="", name="Green Grocer & Co").domain == "green-grocer---co"
    assert WorkspaceSettings(address="http://127.0.0.1:1").socket_address == "ws://127.0.0.1:1"


def test_people_are_told_apart_by_their_colours() -> None:
    people = People(Records(None))
    for name in ("maya", "tom", "ola", "zoe", "jan"):
        people.add(name, name.title())
    people.add("tom", "Tom B")
    assert len({person["color"] for person in people.humans()}) == 5
