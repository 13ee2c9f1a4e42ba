"""The story of a post, told from a kept simulation of the sample community."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from scheduler.app.explaining import gather, reading
from scheduler.app.loading import load
from scheduler.app.places import new_file
from scheduler.app.simulation import simulate
from scheduler.catalogue import LANGUAGES
from scheduler.cli import app
from scheduler.model.facts import MessagePosted
from scheduler.ports import ImportProgress
from scheduler.report.explain import explain as explain_
from scheduler.report.explain import show_explanation
from scheduler.simulate.sample import SAMPLE_TEAM, Story, sample_community, stories
from scheduler.simulate.sources import source_of
from scheduler.store.connecting import file_address
from scheduler.store.engine import open_store

Explain = Callable[..., Result]
Teller = Callable[[str, str], str]

REPO = Path(__file__).parents[2]
SHIPPED = REPO / "config.yaml"
STORIES = {story.key: story for story in stories()}
ASKS = STORIES["answered-after-hours"]
TEXTS = {(fact.channel, fact.ts): fact.text for fact in sample_community() if isinstance(fact, MessagePosted)}
MAYBE = "It may be older than what was taken in, or not have been heard of yet."
FATES = (
    *("answered-in-minutes", "answered-after-hours", "introduction", "introduction-unseen"),
    *("run-of-messages", "mentioned-later", "linked-later", "answered-in-channel", "never-touched"),
    *("stamp-only", "self-resolved", "check-mark-by-author", "withdrawn", "dismissed", "author-gone"),
    *("reopened", "stamp-taken-back", "reply-deleted", "marked", "friday-evening", "plain-chat"),
    *("late-first-seen", "thanks-by-hand"),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "sample.db"
    with simulate(load(SHIPPED), source_of(None), place=new_file(path)):
        pass
    return path


@pytest.fixture
def explain(database: Path) -> Explain:
    """Runs the command on the kept sample."""

    def run(post: str, *options: object) -> Result:
        given = [str(option) for option in ("--config", SHIPPED, "--database", database, *options)]
        return CliRunner().invoke(app, ["explain", "--post", post, *given])

    return run


def address(story: Story) -> str:
    return f"{story.channel}:{story.ts}"


def link(story: Story, ts: str = "", query: str = "") -> str:
    moment = (ts or story.ts).replace(".", "")
    return f"https://example.slack.com/archives/{story.channel}/p{moment}{query}"


@pytest.fixture(scope="module")
def teller(database: Path) -> Iterator[Teller]:
    """Tells stories as the command does, without loading everything anew for each."""
    settings = load(SHIPPED).settings

    def told(key: str, language: str) -> str:
        output = io.StringIO()
        dossier = gather(work, STORIES[key].channel, [STORIES[key].ts])
        assert dossier
        show_explanation(
            Console(file=output, width=80, highlight=False), language, explain_(dossier, settings),
            names=dossier.names, zone=settings.workspace.zone,
        )  # fmt: skip
        return output.getvalue()

    with reading(f"sqlite:///{database}", None) as work:
        yield told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FATES)
def test_the_story_of_a_post(key: str, language: str, teller: Teller, snapshot: SnapshotAssertion):
    assert teller(key, language) == snapshot


@pytest.mark.parametrize("key", sorted(STORIES))
def test_no_story_quotes_its_post(key: str, teller: Teller):
    """Phrases of ours stand in it, which are shorter than this."""
    story, length = STORIES[key], 16
    text = TEXTS[story.channel, story.ts]
    told = teller(key, "ja")

    pieces = {text[start : start + length] for start in range(max(1, len(text) - length))}
    assert [piece for piece in pieces if piece in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(STORIES))
def test_no_line_of_a_story_is_wider_than_80_columns(key: str, language: str, teller: Teller):
    assert [line for line in teller(key, language).splitlines() if cell_len(line) > 80] == []


def test_the_command_prints_that_story(explain: Explain, teller: Teller):
    done = explain(address(ASKS), "--lang", "ja")

    assert (done.exit_code, done.stderr, done.stdout) == (0, "", teller(ASKS.key, "ja"))


@pytest.mark.parametrize(
    "post",
    [
        pytest.param(address(ASKS), id="id"),
        pytest.param(f"#文書・公印:{ASKS.ts}", id="name"),
        pytest.param(f"＃文書・公印：{ASKS.ts}", id="name, typed in Japanese"),
        pytest.param(link(ASKS), id="link"),
        pytest.param(f"<{link(ASKS)}|投稿>", id="link in angle brackets"),
        pytest.param(
            link(ASKS, "1999999999.000000", f"?thread_ts={ASKS.ts}&cid={ASKS.channel}"), id="unknown reply"
        ),
    ],
)
def test_a_post_is_found_however_it_is_named(post: str, explain: Explain):
    assert explain(post).stdout == explain(address(ASKS)).stdout


@pytest.mark.parametrize("shape", ["POST", "REPLY"])
def test_a_later_message_and_a_reply_lead_to_the_post_that_they_belong_to(
    shape: str, explain: Explain, database: Path
):
    story = STORIES["run-of-messages"]
    wanted = {
        "POST": "select max(ts) from messages where channel = ? and run_ts = ?",
        "REPLY": "select max(ts) from messages where channel = ? and thread_ts in"
        " (select ts from messages where run_ts = ?) and shape = 'reply'",
    }
    with sqlite3.connect(database) as connection:
        ((ts,),) = connection.execute(wanted[shape], (story.channel, story.ts))

    assert ts > story.ts
    assert explain(f"{story.channel}:{ts}").stdout == explain(address(story)).stdout


@pytest.mark.parametrize(
    ("post", "code", "sentence"),
    [
        pytest.param(
            f"{ASKS.channel}:1700000000.000100",
            1,
            f"That post is not in this record (#文書・公印, 1700000000.000100). {MAYBE}\n",
            id="unknown post",
        ),
        pytest.param(
            f"#nowhere:{ASKS.ts}", 1, "There is no channel #nowhere in this record.\n", id="unknown channel"
        ),
        pytest.param(
            f"C0123ABCD:{ASKS.ts}",
            1,
            f"That post is not in this record (C0123ABCD, {ASKS.ts}). {MAYBE}\n",
            id="unknown id",
        ),
        pytest.param(
            f"#文書・公:{ASKS.ts}",
            1,
            "There is no channel #文書・公 in this record. Did you mean #文書・公印?\n",
            id="a channel's name with a letter missing",
        ),
        pytest.param(
            f"C0NOPE:{ASKS.ts}",
            1,
            "There is no channel C0NOPE in this record.\n",
            id="an id that is too short",
        ),
        pytest.param(
            f"https://elsewhere.slack.com/archives/{ASKS.channel}/p1700000000000100",
            1,
            f"That post is not in this record (#文書・公印, 1700000000.000100). {MAYBE}\n"
            "The link is from elsewhere.slack.com, but config.yaml is for example.slack.com.\n",
            id="a link of another workspace",
        ),
        pytest.param(
            f"https://example.slack.com/archives/{ASKS.channel}/p1700",
            2,
            f'"https://example.slack.com/archives/{ASKS.channel}/p1700" is no whole link to a post:'
            ' that ends in p and 16 digits. Please copy it in Slack once more ("Copy link").\n',
            id="a link that was cut off",
        ),
        pytest.param(
            "yesterday",
            2,
            '"yesterday" does not say which post. Copy its link in Slack, or write it like'
            " C0123ABCD:1700000000.000100.\n",
            id="wrong address",
        ),
    ],
)
def test_a_post_that_cannot_be_told_of_is_one_sentence(post: str, code: int, sentence: str, explain: Explain):
    done = explain(post, "--lang", "en")

    assert (done.exit_code, done.stdout, done.stderr) == (code, "", sentence)


def test_a_story_from_a_half_imported_past_says_so(explain: Explain, database: Path, tmp_path: Path):
    half = tmp_path / "half.db"
    shutil.copy(database, half)
    store = open_store(file_address(half), SAMPLE_TEAM)
    with store.begin() as work:
        work.imports.save(ImportProgress(source="half", facts_done=3))
    store.close()

    done = explain(address(ASKS), "--database", half, "--lang", "en")

    assert (done.exit_code, done.stdout) == (0, explain(address(ASKS), "--lang", "en").stdout)
    assert done.stderr == (
        "Note: an import into this database is not finished, so the story may lack its end."
        " The same import command goes on with it.\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="no such file"),
        pytest.param(b"not a database, but long enough to look like one" * 40, id="another file"),
        pytest.param(b"", id="an empty file"),
    ],
)
def test_a_database_that_cannot_be_read_is_one_sentence_and_stays_as_it_is(
    content: bytes | None, tmp_path: Path
):
    path = tmp_path / "other.db"
    if content is not None:
        path.write_bytes(content)

    done = CliRunner().invoke(app, ["explain", "--post", address(ASKS), "--database", str(path)])

    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert (path.read_bytes() if path.exists() else None) == content


def test_explaining_changes_nothing_in_the_database(explain: Explain, database: Path, tmp_path: Path):
    before = database.read_bytes()
    explain(address(ASKS))

    assert database.read_bytes() == before


def test_the_database_of_the_config_is_read_unless_another_is_named(database: Path, tmp_path: Path):
    shutil.copy(database, tmp_path / "ambassador.db")
    command = [sys.executable, "-m", "scheduler", "explain", "--post", address(ASKS), "--lang", "ja"]
    environ = {**os.environ, "PYTHONPATH": str(REPO)}
    done = subprocess.run(
        [*command, "--config", str(SHIPPED)], cwd=tmp_path, env=environ, capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert "北川 結衣さんの投稿" in done.stdout


def test_a_url_names_the_same_database_as_its_file(explain: Explain, database: Path):
    story = address(ASKS)
    by_url = explain(story, "--database", f"sqlite:///{database}")

    assert by_url.stdout == explain(story).stdout


def test_a_record_of_other_settings_says_so_in_one_line(explain: Explain, tmp_path: Path):
    config = tmp_path / "config.yaml"
    text = SHIPPED.read_text(encoding="utf-8")
    config.write_text(text.replace("weekly_budget: 5 ", "weekly_budget: 4 "), encoding="utf-8")
    shutil.copytree(REPO / "messages", tmp_path / "messages")
    sentence = "The config has changed since this was decided."

    assert sentence in explain(address(ASKS), "--lang", "en", "--config", config).stdout
    assert sentence not in explain(address(ASKS), "--lang", "en").stdout


def test_json_is_documented_and_the_same_in_every_language(explain: Explain):
    told = [explain(address(ASKS), "--json", "--lang", language).stdout for language in LANGUAGES]

    assert told[0] == told[1]
    assert (json.loads(told[0])["schema"], json.loads(told[0])["ending"]["outcome"]) == (
        "ambassador.explain/1",
        "answered",
    )


@pytest.mark.parametrize("page", ["explain-json.md", "explain-json.ja.md"])
@pytest.mark.parametrize("key", ["answered-after-hours", "plain-chat"])
def test_every_name_in_the_json_stands_on_its_page(page: str, key: str, explain: Explain):
    document = json.loads(explain(address(STORIES[key]), "--json").stdout)
    text = (REPO / "docs" / "reference" / page).read_text(encoding="utf-8")

    assert [name for name in names_in(document) if f"`{name}`" not in text] == []


def names_in(record: dict[str, object], prefix: str = "") -> Iterator[str]:
    for name, value in record.items():
        yield f"{prefix}{name}"
        inside, path = (
            (value[:1], f"{prefix}{name}[].") if isinstance(value, list) else ([value], f"{prefix}{name}.")
        )
        for each in inside:
            if isinstance(each, dict):
                yield from names_in(each, path)


@pytest.mark.parametrize(("page", "language"), [("explain.md", "en"), ("explain.ja.md", "ja")])
def test_what_the_page_shows_is_what_is_printed(page: str, language: str, explain: Explain):
    text = (REPO / "docs" / "howto" / page).read_text(encoding="utf-8")
    told = explain(address(ASKS), "--lang", language).stdout
    quotes = [block for block in text.split("```")[1::2] if "ambassador " not in block]

    assert quotes
    assert [quote for quote in quotes if quote.strip("\n") not in told] == []
