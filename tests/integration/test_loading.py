"""Config and messages are loaded together, and every problem of both is told in one run."""

import re
from pathlib import Path

import pytest

from scheduler.app.loading import load, mentions
from scheduler.config import shipped
from scheduler.errors import ProblemsFound
from scheduler.strictyaml import describe, read

SHIPPED = shipped().read_text(encoding="utf-8")


def problems_of(folder: Path, config: str, **messages: str) -> list[str]:
    """What is told in English about a config beside these messages, or beside the shipped ones."""
    file = folder / "config.yaml"
    file.write_text(config, encoding="utf-8")
    for name, text in messages.items():
        (folder / "messages" / "ja").mkdir(parents=True, exist_ok=True)
        (folder / "messages" / "ja" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load(file)
    return [describe(problem, "en").replace(f"{folder}/", "") for problem in found.value.problems]


def line_of(config: str, piece: str) -> int:
    return config[: config.index(piece)].count("\n") + 1


def test_what_is_shipped_loads_without_a_problem():
    loaded = load(shipped())

    document, _ = read(shipped())
    assert document is not None
    mentioned = {name for _, name, _ in mentions(document)}
    ours = {name for name in loaded.messages.names() if name.startswith("notice_")} | {"alert_done"}
    assert mentioned | ours == set(loaded.messages.names())
    assert mentioned & ours == set()
    assert loaded.settings.phrases.known != ()


def test_a_message_that_nobody_wrote_is_named_with_its_place_and_the_near_name(tmp_path: Path):
    config = SHIPPED.replace("message: alert_first_look", "message: alert_first_loook")
    line = line_of(config, "message: alert_first_loook")

    (told,) = problems_of(tmp_path, config)

    assert told.splitlines()[0].startswith(f"config.yaml:{line}:")
    assert 'There is no message "alert_first_loook" in messages/.' in told
    assert "alert_first_look" in told.splitlines()[-1]
    assert "[loading.unknown_message]" in told


def test_a_message_of_another_kind_is_refused(tmp_path: Path):
    config = SHIPPED.replace("message: alert_first_look", "message: welcome")

    (told,) = problems_of(tmp_path, config)

    assert '"welcome" is a message of the kind welcome; one of the kind alert belongs here.' in told


def test_problems_of_config_and_messages_are_told_in_one_run(tmp_path: Path):
    config = SHIPPED.replace("mode: shadow", "mode: shaddow")
    broken = "kind: welcome\ntext: Hello {{ member_nam }}\nplain: Hello\n"

    told = problems_of(tmp_path, config, welcome=broken)

    assert [one.partition(":")[0] for one in told] == ["config.yaml", "messages/ja/welcome.yaml"]


def test_messages_beside_the_config_are_used_instead_of_the_shipped_ones(tmp_path: Path):
    mine = "kind: welcome\nabout: Mine\ntext: ようこそ\nplain: ようこそ\n"

    told = problems_of(tmp_path, SHIPPED, welcome=mine)

    assert len(told) == len(
        {"alert_first_look", "alert_second_pair", "alert_whole_team"} | {"alert_still_open", "thanks"}
    )
    assert all("[loading.unknown_message]" in one for one in told)


def test_a_message_that_nobody_wrote_is_named_beside_other_problems_of_the_config(tmp_path: Path):
    config = SHIPPED.replace("message: welcome", "message: welcom").replace("mode: shadow", "mode: shaddow")

    told = problems_of(tmp_path, config)

    assert [re.findall(r"\[(\w+\.\w+)\]", one)[0] for one in told] == [
        "config.unknown_choice",
        "loading.unknown_message",
    ]


def test_the_phrases_beside_the_config_count_and_are_part_of_its_hash(tmp_path: Path):
    (tmp_path / "config.yaml").write_text(SHIPPED, encoding="utf-8")
    before = load(tmp_path / "config.yaml")
    (tmp_path / "phrases.yaml").write_text("asks:\n  教えてけろ: 3\n", encoding="utf-8")
    after = load(tmp_path / "config.yaml")

    assert (before.phrases_file, after.phrases_file) == (None, tmp_path / "phrases.yaml")
    assert len(after.settings.phrases.known) == len(before.settings.phrases.known) + 1
    assert after.settings.config_hash != before.settings.config_hash


def test_problems_of_phrases_are_told_with_those_of_the_config(tmp_path: Path):
    (tmp_path / "phrases.yaml").write_text("askss:\n  教えてけろ: 3\n", encoding="utf-8")

    told = problems_of(tmp_path, SHIPPED.replace("message: alert_first_look", "message: alert_first_loook"))

    assert [line.splitlines()[0].rpartition("[")[2] for line in told] == [
        "phrases.unknown_section]",
        "loading.unknown_message]",
    ]
