import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog

from scheduler.app.loglines import KEYS, UnlistedInLog
from scheduler.app.logs import start_logging
from scheduler.clock import SteppingClock
from scheduler.model.cases import CaseKey
from scheduler.model.decisions import Reason
from scheduler.settings import Mode

DOCS = Path(__file__).parents[3] / "docs" / "reference"
CLOCK = SteppingClock(datetime(2026, 4, 14, 1, 2, 3, tzinfo=UTC))
CASE = CaseKey(team="T1", channel="C1", ts="1776128523.000100")
TEXT = "押印は要りますか"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Broken(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


def started(
    *, mode: Mode = Mode.LIVE, strict: bool = False, stream: io.StringIO | None = None
) -> io.StringIO:
    stream = io.StringIO() if stream is None else stream
    start_logging(mode=mode, clock=CLOCK, stream=stream, strict=strict)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(from_: Exception | None = None) -> None:
    raise RuntimeError(TEXT) from from_


def test_a_line_is_json_where_nobody_looks():
    stream = started()

    structlog.get_logger().info("alert_sent", case=CASE, member="U1", seconds=1.5, reason=Reason.UNTOUCHED)

    assert stream.getvalue() == (
        '{"timestamp": "2026-04-14T01:02:03.000+00:00", "level": "info", "mode": "live", '
        '"event": "alert_sent", "case": "T1:C1:1776128523.000100:1", "member": "U1", '
        '"seconds": 1.5, "reason": "untouched"}\n'
    )


def test_a_line_is_for_people_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    stream = started(stream=Terminal())

    structlog.get_logger().info("alert_sent", member="U1")

    assert stream.getvalue().split() == [
        *("2026-04-14T01:02:03.000+00:00", "[info", "]", "alert_sent", "mode=live", "member=U1")
    ]


def test_shadow_stands_out_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    stream = started(mode=Mode.SHADOW, stream=Terminal())

    structlog.get_logger().info("alert_sent")

    assert "] SHADOW alert_sent" in stream.getvalue()
    assert "mode=SHADOW" in stream.getvalue()


def test_every_line_says_the_mode():
    stream = started(mode=Mode.SHADOW)

    structlog.get_logger().info("started")
    logging.getLogger("slack_sdk").warning("careful")

    assert [line["mode"] for line in lines(stream)] == ["SHADOW", "SHADOW"]


def test_what_is_not_on_the_list_is_dropped():
    stream = started()

    structlog.get_logger().info("folded", text=TEXT, message=TEXT, count=1)

    assert TEXT not in stream.getvalue()
    assert lines(stream)[0]["count"] == 1


@pytest.mark.parametrize("event", [f"folded {TEXT}", "Folded", "", "folded: x"])
def test_an_event_is_a_name_and_no_sentence(event: str):
    stream = started()

    structlog.get_logger().info(event)

    assert lines(stream)[0]["event"] == "unnamed"


def test_in_tests_what_is_not_on_the_list_raises():
    started(strict=True)

    with pytest.raises(UnlistedInLog, match="text"):
        structlog.get_logger().info("folded", text=TEXT)
    with pytest.raises(UnlistedInLog, match="event"):
        structlog.get_logger().info(f"folded {TEXT}")


@pytest.mark.parametrize("value", [{"text": TEXT}, [TEXT], (TEXT,), ValueError(TEXT), TEXT.encode()])
def test_a_value_that_can_hold_anything_is_told_by_its_type(value: object):
    stream = started()

    structlog.get_logger().info("folded", code=value)

    assert lines(stream)[0]["code"] == type(value).__name__


@pytest.mark.parametrize("token", ["xoxb-1111-2222-AbCd", "xapp-1-A111-2222-ef01", "xoxe.xoxp-1-Mi0yLTEx"])
def test_a_token_is_cut(token: str):
    stream = started()

    structlog.get_logger().info("refused", code=f"invalid {token}!")

    assert re.fullmatch(r"invalid x[a-z.xop]+-…!", lines(stream)[0]["code"])


def test_a_value_is_one_short_line():
    stream = started()

    structlog.get_logger().info("refused", code="a\n\x1b[31mb" + "c" * 500)

    assert lines(stream)[0]["code"] == ("a [31mb" + "c" * 500)[:200]


def test_an_exception_is_told_by_its_types_and_places():
    stream = started()

    try:
        fail(from_=ValueError(TEXT))
    except RuntimeError:
        structlog.get_logger().exception("folding_failed", envelope="Ev1")

    (line,) = lines(stream)
    assert (line["level"], line["error"]) == ("error", "RuntimeError < ValueError")
    assert re.fullmatch(r"app/test_logs\.py:\d+ < app/test_logs\.py:\d+", line["where"])
    assert TEXT not in stream.getvalue()


def test_libraries_are_heard_from_warning_on():
    stream = started()

    logging.getLogger("slack_sdk.web").info("calling")
    logging.getLogger("aiohttp.access").info("GET /")
    logging.getLogger("slack_sdk.web").warning("A retry is needed")
    logging.getLogger("apscheduler").error("Error running job %s", TEXT)

    assert [(line["level"], line["logger"], line["said"]) for line in lines(stream)] == [
        ("warning", "slack_sdk.web", "A retry is needed"),
        ("error", "apscheduler", "Error running job"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        f"Failed to process a message: {TEXT}, session: s_1",
        "Failed to connect (error: wss://wss-primary.slack.com/link/?ticket=0000-secret); Retrying...",
        f"Failed to parse the value from {TEXT}",
    ],
)
def test_a_librarys_values_are_left_out(said: str):
    stream = started()

    logging.getLogger("slack_sdk").error(said)

    assert lines(stream)[0]["said"].startswith("Failed to ")
    assert TEXT not in stream.getvalue()
    assert "ticket" not in stream.getvalue()


def test_a_librarys_exception_is_told_without_its_words():
    stream = started()

    try:
        fail()
    except RuntimeError:
        logging.getLogger("slack_sdk").exception("Failed to run a listener")

    (line,) = lines(stream)
    assert (line["said"], line["error"]) == ("Failed to run a listener", "RuntimeError")
    assert TEXT not in stream.getvalue()


def test_a_log_that_nobody_can_read_any_more_stops_nothing():
    stream = started(stream=Broken())

    structlog.get_logger().info("started")

    assert stream.getvalue() == ""


def test_started_again_it_says_the_new_mode_and_says_it_once():
    log = structlog.get_logger()
    started(mode=Mode.SHADOW)
    stream = started(mode=Mode.LIVE)

    log.info("reloaded")
    logging.getLogger("slack_sdk").warning("careful")

    assert [(line["event"], line["mode"]) for line in lines(stream)] == [
        ("reloaded", "live"),
        ("library", "live"),
    ]


@pytest.mark.parametrize("page", ["service.md", "service.ja.md"])
def test_the_reference_names_every_key_in_order_and_no_other(page: str):
    text = (DOCS / page).read_text(encoding="utf-8")
    section = text.partition("<!-- log keys -->")[2].partition("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| `")]

    assert tuple(key for row in rows for key in re.findall(r"`([a-z]+)`", row.split("|")[1])) == KEYS
