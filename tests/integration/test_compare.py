"""Two configs over one history: the sample community as people read it, the document, and the command."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from scheduler.app.loading import Loaded, load_all
from scheduler.app.simulation import simulate
from scheduler.catalogue import LANGUAGES
from scheduler.cli import app
from scheduler.report import History, Names, Period, local_period
from scheduler.report.compare import (
    SCHEMA,
    Comparison,
    Side,
    compare,
    show_comparison,
    side_of,
    write_comparison,
)
from scheduler.report.compare.pairs import CaseDiffers, MessageDiffers
from scheduler.report.compare.whynot import Missing
from scheduler.simulate.sources import Source, source_of
from tests.exports import joined, message, user, write_export
from tests.integration.test_command_line import at

REPO = Path(__file__).parents[2]
SHIPPED = (REPO / "config.yaml").read_text(encoding="utf-8")

#: The first step waits half as long, and one channel is not watched.
HALF = ("- id: first-look\n      when: untouched\n      after: 1h", "after: 1h", "after: 30m")
DOCUMENTS_OFF = ('- match: [文書*, "*公印*"]\n    kind: chat', "kind: chat", "kind: off")


def with_changes(*changes: tuple[str, str, str]) -> str:
    """The shipped config; each change replaces a word in a place that is there exactly once."""
    text = SHIPPED
    for place, old, new in changes:
        assert text.count(place) == 1
        text = text.replace(place, place.replace(old, new))
    return text


@dataclass(frozen=True)
class Lived:
    """The sample community under both configs."""

    comparison: Comparison
    names: Names
    history: History

    def shown(self, language: str) -> str:
        file = StringIO()
        show_comparison(
            Console(file=file, width=80, _environ={}),
            language,
            self.comparison,
            zone=self.comparison.a.calendar.zone,
            names=self.names,
            history=self.history,
            workspace_url="https://example.slack.com",
        )
        return file.getvalue()

    def written(self) -> str:
        file = StringIO()
        write_comparison(
            file,
            self.comparison,
            timezone="Asia/Tokyo",
            names=self.names,
            history=self.history,
            workspace_url="https://example.slack.com",
        )
        return file.getvalue()


def lived(source: Source, loaded: Loaded, period: Period, config: str) -> tuple[Side, Names, History]:
    with simulate(loaded, source) as run:
        names = run.count.names()
        side = side_of(
            run.results, loaded.settings, config=config, names=names, open_time=run.open_time, period=period
        )
        return side, names, run.count.history()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("configs")
    files = {"config.yaml": SHIPPED, "try.yaml": with_changes(HALF, DOCUMENTS_OFF)}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    first, second = load_all(*(folder / name for name in files))
    source = source_of(None)
    period = local_period(first.settings.workspace.zone, source.first_on, source.last_on)
    a, names, history = lived(source, first, period, "config.yaml")
    b, _, _ = lived(source, second, period, "try.yaml")
    return Lived(compare(a, b, period=period), names, history)


@pytest.mark.parametrize("language", LANGUAGES)
def test_half_the_wait_and_a_channel_less_read_like_this(
    language: str, sample: Lived, snapshot: SnapshotAssertion
):
    assert sample.shown(language) == snapshot


def quotes(page: str) -> list[str]:
    """The code blocks of a page that hold neither a command nor YAML."""
    text = (REPO / "docs" / "howto" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [block for kind, block in blocks if not kind and not block.startswith((".venv/", "cp "))]


@pytest.mark.parametrize(("page", "language"), [("try-a-change.md", "en"), ("try-a-change.ja.md", "ja")])
def test_what_the_page_shows_is_what_is_printed(page: str, language: str, sample: Lived):
    assert quotes(page)
    assert [quote for quote in quotes(page) if quote not in sample.shown(language)] == []


def names_in(value: object, path: str = "") -> Iterator[str]:
    """Every name of a document with the way to it, as the page writes it."""
    if isinstance(value, list):
        for item in value:
            yield from names_in(item, f"{path}[]")
    elif isinstance(value, dict) and not is_described_elsewhere(value, path):
        for name, inner in value.items():
            here = f"{path}.{name}".removeprefix(".")
            here = re.sub(r"^[ab](?=$|\.)", "SIDE", here)
            here = re.sub(r"^(cases\[\]|cases\[\]\.alerts\[\]|messages\[\])\.[ab](?=$|\.)", r"\1.SIDE", here)
            yield here
            yield from names_in(inner, here)


def is_described_elsewhere(value: dict[str, object], path: str) -> bool:
    is_simulates = path in {"history", "period", "SIDE.figures"} or tuple(value) == ("cases", "median", "p90")
    return is_simulates or tuple(value) == ("alert", "thanks", "welcome")


def page(language: str) -> str:
    name = "compare-json.md" if language == "en" else "compare-json.ja.md"
    return (REPO / "docs" / "reference" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_documented_in_the_order_in_which_it_comes(language: str, sample: Lived):
    names, _, _ = page(language).partition("## Values" if language == "en" else "## 値")
    documented = re.findall(r"^\| `([^`]+)` \|", names, re.MULTILINE)

    assert documented == list(dict.fromkeys(names_in(json.loads(sample.written()))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_a_difference_is_documented(language: str):
    _, _, values = page(language).partition("## Values" if language == "en" else "## 値")
    described = re.findall(r"^\| `([^`]+)` \|", values, re.MULTILINE)

    shown = ["no_longer", "newly", "spared", "added"]
    assert described == [*CaseDiffers, *shown, *MessageDiffers, *Missing]
    assert f"`{SCHEMA}`" in page(language)


def test_the_document_holds_every_difference(sample: Lived):
    told = json.loads(sample.written())
    counted = told["differences"]

    assert (told["schema"], told["same"]) == ("ambassador.compare/1", False)
    assert sum(counted["cases"].values()) == len(told["cases"])
    assert sum(sum(kinds.values()) for kinds in counted["messages"].values()) == len(told["messages"])
    for name in "ab":
        to_anybody = sum(week[name] for week in told["alerts_by_week"])
        assert to_anybody == told[name]["figures"]["messages"]["sent"]["alert"]


def test_the_document_names_nobody(sample: Lived):
    assert [name for name in sample.names.members.values() if name in sample.written()] == []


def test_a_case_of_the_channel_that_is_off_tells_both_reasons(sample: Lived):
    told = json.loads(sample.written())
    off = [case for case in told["cases"] if case["channel_name"] == "文書・公印"]

    assert off != []
    assert {(case["differs"], case["b"]["no_case_because"]) for case in off} == {("only_a", "channel_off")}
    assert [case for case in off if case["a"]["opened_because"] is None] == []


def ambassador(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One asks in the morning, and another one answers 45 minutes later."""
    folder = tmp_path_factory.mktemp("export")
    question = message("U1", at("2026-04-14 10:00"), "様式の押印は、まだ要りますでしょうか")
    answer = message("U2", at("2026-04-14 10:45"), "もう要りません", thread_ts=question["ts"])
    write_export(
        folder,
        users=[user("U1"), user("U2")],
        channels={
            "質問": [
                joined("U1", at("2026-04-13 09:00")),
                joined("U2", at("2026-04-13 09:05")),
                question,
                answer,
                message("U2", at("2026-04-20 10:00"), "おはようございます"),
            ]
        },
    )
    return folder


@pytest.fixture
def configs(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "config.yaml", tmp_path / "try.yaml"
    one.write_text(SHIPPED, encoding="utf-8")
    other.write_text(with_changes(HALF), encoding="utf-8")
    return one, other


def test_an_export_is_compared_under_two_configs(export: Path, configs: tuple[Path, Path]):
    one, other = configs

    done = ambassador("simulate", export, "--config", one, "--compare", other, "--lang", "en")

    assert (done.exit_code, done.stderr) == (0, "")
    assert "B sends one alert more (1 instead of 0)." in done.stdout
    assert "no first-look (somebody has replied)" in done.stdout.replace("\n       ", " ")


def test_the_other_direction_takes_the_alert_back(export: Path, configs: tuple[Path, Path]):
    one, other = configs

    told = json.loads(ambassador("simulate", export, "--config", other, "--compare", one, "--json").stdout)

    assert [(case["differs"], case["shown"]) for case in told["cases"]] == [("alerts", "spared")]
    assert told["differences"]["messages"]["only_a"] == {"alert": 1, "thanks": 0, "welcome": 0}


def test_only_the_days_asked_for_are_compared(export: Path, configs: tuple[Path, Path]):
    one, other = configs

    done = ambassador(
        "simulate", export, "--config", one, "--compare", other, "--from", "2026-04-15", "--lang", "en"
    )

    assert "No difference" in done.stdout


@pytest.mark.parametrize(("lang", "sentence"), [("en", "No difference"), ("ja", "違いはありません")])
def test_a_config_beside_itself_makes_no_difference(
    lang: str, sentence: str, export: Path, configs: tuple[Path, Path]
):
    one, _ = configs

    done = ambassador("simulate", export, "--config", one, "--compare", one, "--lang", lang)

    assert (done.exit_code, sentence in done.stdout) == (0, True)


def test_configs_that_differ_in_nothing_that_matters_make_no_difference(
    export: Path, configs: tuple[Path, Path]
):
    one, other = configs
    other.write_text(f"# the same in other words\n{SHIPPED.replace('after: 1h', 'after: 60m')}", "utf-8")

    told = json.loads(ambassador("simulate", export, "--config", one, "--compare", other, "--json").stdout)

    assert (told["same"], told["cases"], told["messages"]) == (True, [], [])


def test_the_words_beside_the_other_config_are_its_own(
    export: Path, configs: tuple[Path, Path], tmp_path: Path
):
    one, _ = configs
    folder = tmp_path / "elsewhere"
    for language in ("ja", "en"):
        (folder / "messages" / language).mkdir(parents=True)
        for file in (REPO / "messages" / language).glob("*.yaml"):
            text = file.read_text(encoding="utf-8").replace("ようこそ", "いらっしゃい")
            (folder / "messages" / language / file.name).write_text(text, encoding="utf-8")
    (folder / "try.yaml").write_text(SHIPPED, encoding="utf-8")

    told = json.loads(
        ambassador("simulate", export, "--config", one, "--compare", folder / "try.yaml", "--json").stdout
    )

    assert {(each["kind"], each["differs"]) for each in told["messages"]} == {("welcome", "words")}


def test_problems_of_both_configs_are_told_at_once(export: Path, configs: tuple[Path, Path]):
    one, other = configs
    for file in configs:
        file.write_text(SHIPPED.replace("mode: shadow", "mode: shaddow"), encoding="utf-8")

    done = ambassador("simulate", export, "--config", one, "--compare", other, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert [name for name in ("config.yaml", "try.yaml") if f"{name}:" in done.stderr] == [
        "config.yaml",
        "try.yaml",
    ]
    assert done.stderr.splitlines()[-1] == "Problems found: 2. Please mend them and try again."


def test_another_config_that_is_not_there_is_told(configs: tuple[Path, Path]):
    one, _ = configs

    done = ambassador("simulate", "--config", one, "--compare", one.parent / "none.yaml", "--lang", "en")

    assert (done.exit_code, done.stdout, "none.yaml" in done.stderr) == (2, "", True)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--story",), id="story"),
        pytest.param(("--html", "page.html"), id="html"),
        pytest.param(("--keep", "kept.db"), id="keep"),
        pytest.param(("--database", "sqlite:///kept.db"), id="database"),
    ],
)
def test_what_belongs_to_one_run_does_not_go_with_two(arguments: tuple[str, ...], configs: tuple[Path, Path]):
    one, other = configs

    done = ambassador("simulate", "--config", one, "--compare", other, *arguments, "--lang", "en")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("--compare does not go with --story,")
    assert len(done.stderr.splitlines()) == 1
