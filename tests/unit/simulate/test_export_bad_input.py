"""Bad input is counted and named, and the rest goes on."""

import json
import os
import struct
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import NotAnExport
from scheduler.model.facts import MessagePosted
from scheduler.simulate.export import Example, Finding, Findings, open_export
from scheduler.simulate.export.files import MOST_OF_A_DAY
from tests.exports import Json, message, ts_of, user, write_export, zip_export

NINE = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
GOOD = message("U1", NINE, "good")
DAY = "a/2026-01-06.json"
SECRET_AMONG_THE_CHANNELS = b"""[
    {"id": "C1", "name": "a"},
    {"id": "C2", "name": "secret", "is_private": true}
]"""


def read(path: Path) -> tuple[list[MessagePosted], Findings]:
    with open_export(path) as export:
        posts = [fact for fact in export.facts() if isinstance(fact, MessagePosted)]
        return posts, export.problems


def shown(findings: Findings) -> dict[Finding, tuple[int, tuple[tuple[str, str], ...]]]:
    return {
        found.finding: (found.count, tuple((example.file, example.what) for example in found.examples))
        for found in findings.found()
    }


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        pytest.param(DAY, b'[{"ts": ', {Finding.BROKEN_FILE: (1, ((DAY, "1:9"),))}, id="broken"),
        pytest.param(DAY, b"", {Finding.BROKEN_FILE: (1, ((DAY, "1:1"),))}, id="empty"),
        pytest.param(DAY, b"[" * 100_000, {Finding.BROKEN_FILE: (1, ((DAY, ""),))}, id="too-deep"),
        pytest.param(
            DAY, b"[" + b"9" * 5000 + b"]", {Finding.BROKEN_FILE: (1, ((DAY, ""),))}, id="too-long-a-number"
        ),
        pytest.param(DAY, b'{"messages": []}', {Finding.NO_LIST: (1, ((DAY, ""),))}, id="no-list"),
        pytest.param(
            DAY, '["おはよう"]'.encode("cp932"), {Finding.NOT_UTF8: (1, ((DAY, ""),))}, id="shift-jis"
        ),
        pytest.param(DAY, "[]".encode("utf-16"), {Finding.NOT_UTF8: (1, ((DAY, ""),))}, id="utf-16"),
        pytest.param(DAY, b"\xef\xbb\xbf[]", {}, id="byte-order-mark-is-fine"),
        pytest.param(
            DAY,
            b'[null, "a", 3]',
            {Finding.NO_MESSAGE: (3, ((DAY, "NoneType"), (DAY, "str"), (DAY, "int")))},
            id="no-messages",
        ),
        pytest.param(
            "a/2026-02-30.json",
            b"[]",
            {Finding.NO_SUCH_DAY: (1, (("a/2026-02-30.json", ""),))},
            id="no-such-day",
        ),
        pytest.param("a/notes.json", b"nothing of ours", {}, id="another-file"),
        pytest.param(
            "users.json",
            b"[",
            {
                Finding.BROKEN_FILE: (1, (("users.json", "1:2"),)),
                Finding.NO_USERS: (1, (("users.json", ""),)),
            },
            id="broken-users",
        ),
        pytest.param(
            "channels.json",
            b"{}",
            {
                Finding.NO_LIST: (1, (("channels.json", ""),)),
                Finding.NO_CHANNELS: (1, (("channels.json", ""),)),
            },
            id="channels-are-no-list",
        ),
        pytest.param(
            "b/2026-01-06.json",
            b"[]",
            {Finding.UNLISTED_CHANNEL: (1, (("b", "b"),))},
            id="folder-that-no-list-knows",
        ),
    ],
)
def test_a_bad_file_is_named_and_the_rest_read(
    tmp_path: Path, name: str, data: bytes, expected: Mapping[Finding, object]
) -> None:
    write_export(tmp_path, users=["U1"], channels={"a": [GOOD]}, files={name: data})
    posts, findings = read(tmp_path)
    assert [post.text for post in posts] == ["good"]
    assert shown(findings) == expected


def without(key: str) -> Json:
    return {name: value for name, value in message("U1", NINE, "odd").items() if name != key}


@pytest.mark.parametrize(
    ("entry", "finding", "what"),
    [
        pytest.param({**GOOD, "ts": "yesterday"}, Finding.BAD_TS, "yesterday", id="ts-is-a-word"),
        pytest.param(
            {**GOOD, "ts": "１７６７６０３６００.000100"},
            Finding.BAD_TS,
            "１７６７６０３６００.000100",
            id="full-width-ts",
        ),
        pytest.param({**GOOD, "ts": None}, Finding.BAD_TS, "", id="ts-is-null"),
        pytest.param({**GOOD, "ts": True}, Finding.BAD_TS, "bool", id="ts-is-true"),
        pytest.param({**GOOD, "ts": float("nan")}, Finding.BAD_TS, "nan", id="ts-is-nan"),
        pytest.param({**GOOD, "ts": ["1"]}, Finding.BAD_TS, "list", id="ts-is-a-list"),
        pytest.param(
            {**GOOD, "ts": "0000000000.000000"}, Finding.BAD_TS, "0000000000.000000", id="ts-is-zero"
        ),
        pytest.param(
            {**GOOD, "ts": "1767603600000"}, Finding.BAD_TS, "1767603600000", id="ts-in-milliseconds"
        ),
        pytest.param(without("ts"), Finding.BAD_TS, "", id="no-ts"),
        pytest.param(
            {**GOOD, "subtype": "teleport"}, Finding.UNKNOWN_SUBTYPE, "teleport", id="unknown-subtype"
        ),
        pytest.param({**GOOD, "subtype": ["x"]}, Finding.UNKNOWN_SUBTYPE, "list", id="subtype-is-a-list"),
        pytest.param({**GOOD, "subtype": []}, Finding.UNKNOWN_SUBTYPE, "list", id="subtype-is-an-empty-list"),
        pytest.param(
            {**GOOD, "subtype": "channel_topic"},
            Finding.IGNORED_SUBTYPE,
            "channel_topic",
            id="known-and-no-post",
        ),
    ],
)
def test_an_entry_that_is_no_message_is_named_and_left_out(
    tmp_path: Path, entry: Json, finding: Finding, what: str
) -> None:
    good = message("U1", NINE + timedelta(hours=1), "good")
    files = {DAY: json.dumps([entry, good]).encode()}
    write_export(tmp_path, users=["U1"], channels={"a": []}, files=files)
    posts, findings = read(tmp_path)
    assert [post.text for post in posts] == ["good"]
    assert shown(findings) == {finding: (1, ((DAY, what),))}


@pytest.mark.parametrize(
    "author",
    [
        pytest.param({"user": None}, id="null"),
        pytest.param({"user": 17}, id="number"),
        pytest.param({"user": ""}, id="empty"),
        pytest.param({"user": "<@U1> *"}, id="no-id"),
    ],
)
def test_a_message_without_an_author_is_given_and_named(tmp_path: Path, author: Json) -> None:
    write_export(tmp_path, users=["U1"], channels={"a": [{**GOOD, **author}]})
    posts, findings = read(tmp_path)
    assert [(post.author, post.is_bot) for post in posts] == [(None, False)]
    assert shown(findings) == {Finding.NO_AUTHOR: (1, (("a/2026-01-05.json", ts_of(NINE)),))}


@pytest.mark.parametrize(
    ("more", "finding", "count"),
    [
        pytest.param({"edited": {"user": "U1", "ts": ts_of(NINE)}}, Finding.EDITED, 1, id="edited"),
        pytest.param({"text": "half \ud83d"}, Finding.BROKEN_CHARACTER, 1, id="half-a-character"),
        pytest.param({"user": "U9"}, Finding.UNLISTED_MEMBER, 1, id="unlisted-member"),
        pytest.param(
            {"reactions": [{"name": "tada", "users": ["U1"], "count": 1}]},
            Finding.UNDATED_STAMP,
            1,
            id="undated-stamp",
        ),
        pytest.param(
            {"reactions": [{"name": "tada", "users": [], "count": 3}]},
            Finding.NAMELESS_STAMP,
            3,
            id="nameless-stamps",
        ),
        pytest.param({"text": None}, None, 0, id="no-text"),
        pytest.param({"reactions": "many"}, None, 0, id="stamps-are-no-list"),
        pytest.param({"reactions": [7, {"name": 8, "users": ["U1"]}]}, None, 0, id="stamps-are-no-stamps"),
    ],
)
def test_an_oddity_of_a_message_is_counted_and_the_message_given(
    tmp_path: Path, more: Json, finding: Finding | None, count: int
) -> None:
    files = {DAY: json.dumps([{**GOOD, **more}]).encode()}
    write_export(tmp_path, users=["U1"], channels={"a": []}, files=files)
    posts, findings = read(tmp_path)
    assert len(posts) == 1
    assert findings.counts() == ({finding: count} if finding else {})


def test_half_a_character_is_replaced_and_a_pair_is_joined(tmp_path: Path) -> None:
    data = b'[{"user": "U1", "ts": "1767690000.000100", "text": "\\ud83d\\ude00 \\ud83d!"}]'
    write_export(tmp_path, users=["U1"], channels={"a": []}, files={DAY: data})
    posts, _ = read(tmp_path)
    assert [post.text for post in posts] == ["😀 \N{REPLACEMENT CHARACTER}!"]


def test_a_missing_users_json_leaves_names_unknown(tmp_path: Path) -> None:
    write_export(tmp_path, channels={"a": [GOOD]})
    (tmp_path / "users.json").unlink()
    posts, findings = read(tmp_path)
    assert (len(posts), findings.counts()) == (1, {Finding.NO_USERS: 1})


def test_without_channels_json_folders_name_the_channels(tmp_path: Path) -> None:
    write_export(tmp_path, users=["U1"], channels={"a": [GOOD]})
    (tmp_path / "channels.json").unlink()
    posts, findings = read(tmp_path)
    assert [post.channel for post in posts] == ["a"]
    assert findings.counts() == {Finding.NO_CHANNELS: 1}


def with_secret(tmp_path: Path, folder: str, files: Mapping[str, bytes]) -> Path:
    secret = {f"{folder}/2026-01-05.json": b"[{"}
    return write_export(tmp_path, users=["U1"], channels={"a": [GOOD]}, files={**files, **secret})


@pytest.mark.parametrize(
    ("folder", "files"),
    [
        pytest.param("secret", {"groups.json": b'[{"id": "G1", "name": "secret"}]'}, id="private-channel"),
        pytest.param("D0123456789", {"dms.json": b'[{"id": "D0123456789"}]'}, id="dm"),
        pytest.param("D0123456789", {}, id="dm-that-no-list-knows"),
        pytest.param("mpdm-a--b-1", {"mpims.json": b'[{"id": "G2", "name": "mpdm-a--b-1"}]'}, id="group-dm"),
        pytest.param(
            "secret",
            {"channels.json": SECRET_AMONG_THE_CHANNELS},
            id="private-among-the-channels",
        ),
    ],
)
def test_what_is_private_is_never_read(tmp_path: Path, folder: str, files: Mapping[str, bytes]) -> None:
    posts, findings = read(with_secret(tmp_path, folder, files))
    assert [post.text for post in posts] == ["good"]
    assert shown(findings) == {Finding.PRIVATE_FOLDER: (1, (("", ""),))}


@pytest.mark.parametrize("folder", ["secret", "D0123456789", "mpdm-a--b-1"])
def test_what_is_private_is_never_read_even_without_channels_json(tmp_path: Path, folder: str) -> None:
    with_secret(tmp_path, folder, {"groups.json": b'[{"id": "G1", "name": "secret"}]'})
    (tmp_path / "channels.json").unlink()
    posts, findings = read(tmp_path)
    assert [post.text for post in posts] == ["good"]
    assert findings.counts() == {Finding.NO_CHANNELS: 1, Finding.PRIVATE_FOLDER: 1}


def test_who_is_deactivated_today_is_counted(tmp_path: Path) -> None:
    users = [user("U1", deleted=True), user("U2", deleted=True), user("U3")]
    write_export(tmp_path, users=users, channels={"a": [GOOD]})
    _, findings = read(tmp_path)
    assert findings.counts() == {Finding.DEACTIVATED_TODAY: 2}


def test_a_message_in_two_files_is_given_once(tmp_path: Path) -> None:
    days = {f"a/2026-01-{day:02}.json": json.dumps([GOOD]).encode() for day in (4, 5, 6)}
    write_export(tmp_path, users=["U1"], channels={"a": []}, files=days)
    posts, findings = read(tmp_path)
    assert len(posts) == 1
    assert findings.counts() == {Finding.DUPLICATE: 2}


def test_one_ts_in_two_channels_is_two_messages(tmp_path: Path) -> None:
    write_export(tmp_path, users=["U1"], channels={"a": [GOOD], "b": [GOOD]})
    posts, findings = read(tmp_path)
    assert (len(posts), findings.counts()) == (2, {})


def test_a_message_far_before_its_files_date_comes_as_early_as_is_still_possible(tmp_path: Path) -> None:
    early = json.dumps([message("U1", NINE - timedelta(days=90), "early")]).encode()
    later = message("U1", NINE + timedelta(days=7), "later")
    write_export(
        tmp_path,
        users=["U1"],
        channels={"a": [GOOD, later]},
        files={"b/2026-01-08.json": early, "channels.json": b"[]"},
    )
    (tmp_path / "channels.json").unlink()
    posts, findings = read(tmp_path)
    assert [post.text for post in posts] == ["good", "early", "later"]
    assert findings[Finding.OUT_OF_PLACE] == 1


def make_zip(path: Path, entries: Mapping[str, bytes]) -> Path:
    listed = {"users.json": b'[{"id": "U1"}]', "channels.json": b'[{"id": "C1", "name": "a"}]'}
    good = {"a/2026-01-05.json": json.dumps([GOOD]).encode()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in {**listed, **good, **entries}.items():
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../a/2026-01-06.json",
        "a/../../2026-01-06.json",
        "/a/2026-01-06.json",
        "C:/a/2026-01-06.json",
        "..\\a\\2026-01-06.json",
        "\\a\\2026-01-06.json",
    ],
)
def test_a_zip_entry_that_leaves_the_zip_is_named_and_not_read(tmp_path: Path, name: str) -> None:
    posts, findings = read(make_zip(tmp_path / "export.zip", {name: b"[{"}))
    assert [post.text for post in posts] == ["good"]
    assert shown(findings) == {Finding.UNSAFE_PATH: (1, ((name, ""),))}


def test_an_oversized_file_is_not_unpacked(tmp_path: Path) -> None:
    posts, findings = read(make_zip(tmp_path / "export.zip", {DAY: b" " * (MOST_OF_A_DAY + 1)}))
    assert [post.text for post in posts] == ["good"]
    assert shown(findings) == {Finding.OVERSIZED_FILE: (1, ((DAY, ""),))}


def spoil(data: bytes, name: str, change: Callable[[bytearray, int], None]) -> bytes:
    """Change the entry of that name in the central directory, whose header is 46 bytes before the name."""
    spoilt = bytearray(data)
    change(spoilt, data.rindex(name.encode()) - 46)
    return bytes(spoilt)


def encrypt(data: bytearray, header: int) -> None:
    data[header + 8] |= 1


def lie_about_the_size(data: bytearray, header: int) -> None:
    struct.pack_into("<L", data, header + 24, 3)


def say_that_the_name_is_utf8(data: bytearray, header: int) -> None:
    data[header + 9] |= 8
    data[data.index(DAY.encode())] = 0xFF


def start_elsewhere(data: bytearray, header: int) -> None:
    struct.pack_into("<L", data, header + 42, 0xFFFF_FFF0)


def lie_about_the_checksum(data: bytearray, header: int) -> None:
    struct.pack_into("<L", data, header + 16, 17)


def pack_oddly(data: bytearray, header: int) -> None:
    struct.pack_into("<H", data, header + 10, 97)


@pytest.mark.parametrize(
    "change",
    [
        encrypt,
        lie_about_the_size,
        lie_about_the_checksum,
        pack_oddly,
        say_that_the_name_is_utf8,
        start_elsewhere,
    ],
)
def test_a_damaged_zip_entry_is_named(tmp_path: Path, change: Callable[[bytearray, int], None]) -> None:
    path = make_zip(tmp_path / "export.zip", {DAY: b'[{"ts": "1767690000.000100", "text": "lost"}]'})
    path.write_bytes(spoil(path.read_bytes(), DAY, change))
    posts, findings = read(path)
    assert [post.text for post in posts] == ["good"]
    assert findings.counts() == {Finding.UNREADABLE_FILE: 1}


def test_an_entry_that_lies_about_its_size_takes_no_more_memory(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "export.zip", {DAY: b" " * (MOST_OF_A_DAY + 1)})
    path.write_bytes(spoil(path.read_bytes(), DAY, lie_about_the_size))
    tracemalloc.start()
    _, findings = read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
    assert findings.counts() == {Finding.UNREADABLE_FILE: 1}


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_japanese_folder_names_survive_zips_that_do_not_say_their_encoding(
    tmp_path: Path, encoding: str
) -> None:
    folder = write_export(tmp_path / "export", users=["U1"], channels={"雑談": [GOOD]})
    path = zip_export(folder, tmp_path / "export.zip")
    placeholder, name = "PLACEHOLD"[: len("雑談".encode(encoding))], "雑談".encode(encoding)
    (folder / "雑談").rename(folder / placeholder)
    zip_export(folder, path)
    path.write_bytes(path.read_bytes().replace(placeholder.encode(), name))
    posts, findings = read(path)
    assert ([post.text for post in posts], findings.counts()) == (["good"], {})


def nothing(path: Path) -> None:
    del path


def a_text(path: Path) -> None:
    path.write_text("not a zip", encoding="utf-8")


def an_empty_folder(path: Path) -> None:
    path.mkdir()


def lists_alone(path: Path) -> None:
    write_export(path, users=["U1"], channels={})


def an_empty_zip(path: Path) -> None:
    ZipFile(path, "w").close()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(a_pipe, "export.no_zip", id="pipe"),
        pytest.param(nothing, "export.missing_path", id="nothing-there"),
        pytest.param(a_text, "export.no_zip", id="no-zip"),
        pytest.param(an_empty_folder, "export.no_folders", id="empty-folder"),
        pytest.param(lists_alone, "export.no_folders", id="no-channel-folders"),
        pytest.param(an_empty_zip, "export.no_folders", id="empty-zip"),
    ],
)
def test_a_path_that_is_no_export_is_told_in_one_sentence(
    tmp_path: Path, make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "export"
    make(path)
    with pytest.raises(NotAnExport) as caught:
        open_export(path)
    assert (caught.value.code, caught.value.path) == (code, str(path))
    assert all(str(path) in say(language, code, path=caught.value.path) for language in LANGUAGES)


def test_a_path_beyond_the_file_system_cannot_be_opened() -> None:
    with pytest.raises(NotAnExport) as caught:
        open_export(Path("x" * 5000))
    assert caught.value.code == "export.no_access"


def test_examples_stop_while_counting_goes_on() -> None:
    findings = Findings()
    for number in range(1000):
        findings.count(Finding.BROKEN_FILE, f"{number}.json")
    [found] = findings.found()
    assert (found.count, len(found.examples)) == (1000, 5)


def test_subtypes_are_counted_by_name() -> None:
    findings = Findings()
    for subtype in ("a", "b", "a"):
        findings.count(Finding.UNKNOWN_SUBTYPE, f"{subtype}.json", subtype)
    assert [found.examples for found in findings.found()] == [
        (Example(file="a.json", what="a", count=2), Example(file="b.json", what="b", count=1))
    ]


def test_names_from_the_archive_cannot_steer_a_terminal() -> None:
    findings = Findings()
    findings.count(Finding.UNSAFE_PATH, "../\x1b[2J\udcff.json")
    [found] = findings.found()
    assert found.examples[0].file == "../\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}.json"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_has_a_sentence(language: str, finding: Finding) -> None:
    findings = Findings()
    findings.count(finding, "a/2026-01-05.json", "x", times=1234)
    [sentence] = findings.sentences(language)
    assert "{" not in sentence
    assert ("1,234" in sentence) == (
        finding not in {Finding.NO_USERS, Finding.NO_CHANNELS}
    ) or "x" in sentence


def test_a_sentence_ends_with_where_to_look() -> None:
    findings = Findings()
    findings.count(Finding.BROKEN_FILE, "a/2026-01-05.json", "3:7")
    findings.count(Finding.UNKNOWN_SUBTYPE, "a/2026-01-05.json", "teleport", times=2)
    assert findings.sentences("ja") == (
        "JSON として読めないファイルを1件とばしました。（例: a/2026-01-05.json [3:7]）",
        "知らない種類（subtype）のメッセージを2件とばしました。（内訳: teleport ×2）",
    )
