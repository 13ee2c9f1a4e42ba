from pathlib import Path

import pytest

from scheduler.app.tokens import Tokens, read_tokens
from scheduler.catalogue import LANGUAGES, say
from scheduler.errors import EnvironmentRefused
from scheduler.settings import Receive

BOT, APP = "xoxb-1111-2222-AbCd", "xapp-1-A111-2222-ef01"


def refusals(environ: dict[str, str]) -> list[str]:
    with pytest.raises(EnvironmentRefused) as refused:
        read_tokens(environ, Receive.SOCKET)
    return [told.code.removeprefix("tokens.") for told in refused.value.told]


def written(folder: Path, content: bytes) -> str:
    file = folder / "token"
    file.write_bytes(content)
    return str(file)


def test_tokens_stand_in_the_environment():
    tokens = read_tokens({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}, Receive.SOCKET)

    assert (tokens.bot, tokens.app) == (BOT, APP)


def test_a_line_break_that_was_copied_along_is_no_part_of_a_token():
    tokens = read_tokens({"SLACK_BOT_TOKEN": f" {BOT}\n", "SLACK_APP_TOKEN": f"{APP}\r\n"}, Receive.SOCKET)

    assert tokens == Tokens(bot=BOT, app=APP)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(BOT.encode(), id="the token alone"),
        pytest.param(f"{BOT}\n".encode(), id="a line"),
        pytest.param(b"\xef\xbb\xbf" + f"{BOT}\r\n".encode(), id="as a Windows editor writes it"),
    ],
)
def test_tokens_stand_in_a_file_that_the_environment_names(tmp_path: Path, content: bytes):
    environ = {"SLACK_BOT_TOKEN_FILE": written(tmp_path, content), "SLACK_APP_TOKEN": APP}

    assert read_tokens(environ, Receive.SOCKET).bot == BOT


@pytest.mark.parametrize(
    ("bot", "app", "codes"),
    [
        pytest.param(None, None, ["missing_bot", "missing_app"], id="both are told at once"),
        pytest.param(BOT, None, ["missing_app"], id="no app-level token"),
        pytest.param("", APP, ["empty_bot"], id="empty"),
        pytest.param(" \n", APP, ["empty_bot"], id="only space"),
        pytest.param(APP, BOT, ["swapped"], id="swapped"),
        pytest.param(APP, APP, ["of_the_other"], id="the app-level token twice"),
        pytest.param(BOT, BOT, ["of_the_other"], id="the bot token twice"),
        pytest.param("xoxp-1111-user", APP, ["wrong_bot"], id="a user's token"),
        pytest.param(BOT, "1-A111-2222", ["wrong_app"], id="the beginning is lost"),
        pytest.param(f'"{BOT}"', APP, ["wrong_bot"], id="quotation marks copied along"),
        pytest.param(f"{BOT} {APP}", APP, ["wrong_bot"], id="two in one"),
        pytest.param("xoxb-", "xapp-", ["wrong_bot", "wrong_app"], id="only the beginnings"),
        pytest.param("xoxb-１１", APP, ["wrong_bot"], id="full-width digits"),
    ],
)
def test_what_is_no_token_is_refused(bot: str | None, app: str | None, codes: list[str]):
    given = {"SLACK_BOT_TOKEN": bot, "SLACK_APP_TOKEN": app}

    assert refusals({name: value for name, value in given.items() if value is not None}) == codes


def test_a_token_and_a_file_together_are_refused(tmp_path: Path):
    environ = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}

    assert refusals({**environ, "SLACK_BOT_TOKEN_FILE": written(tmp_path, BOT.encode())}) == ["both"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"\xff\xfe\x00x", "wrong_bot"),
        (b"x" * 9999, "wrong_bot"),
    ],
)
def test_a_file_without_a_token_is_refused(tmp_path: Path, content: bytes, code: str):
    assert refusals({"SLACK_BOT_TOKEN_FILE": written(tmp_path, content), "SLACK_APP_TOKEN": APP}) == [code]


@pytest.mark.parametrize("file", ["nowhere", ".", "", "with\0nothing"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, file: str):
    environ = {"SLACK_BOT_TOKEN_FILE": str(tmp_path / file), "SLACK_APP_TOKEN": APP}

    assert refusals(environ) == ["unreadable_file"]


def test_a_token_where_a_file_is_meant_is_refused_as_that():
    assert refusals({"SLACK_BOT_TOKEN_FILE": BOT, "SLACK_APP_TOKEN": APP}) == ["token_as_file"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "environ",
    [
        {"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT},
        {"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": APP},
        {"SLACK_BOT_TOKEN": f"{BOT} ", "SLACK_APP_TOKEN": f"<{APP}>"},
        {"SLACK_BOT_TOKEN_FILE": BOT, "SLACK_APP_TOKEN_FILE": f" {APP}"},
    ],
)
def test_no_refusal_repeats_a_token(environ: dict[str, str], language: str):
    with pytest.raises(EnvironmentRefused) as refused:
        read_tokens(environ, Receive.SOCKET)

    told = "".join(say(language, each.code, **each.values) for each in refused.value.told)
    assert "1111-2222" not in told + repr(refused.value) + str(refused.value)
    assert "A111" not in told + repr(refused.value) + str(refused.value)


def test_no_token_is_shown_by_accident():
    assert repr(Tokens(bot=BOT, app=APP)) == "Tokens()"


SECRET = "8f742231b10e8888abcd99ffeee85a51"


@pytest.mark.parametrize(
    ("receive", "environ", "tokens"),
    [
        pytest.param(
            Receive.HTTP, {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": f"{SECRET}\n"},
            Tokens(bot=BOT, signing_secret=SECRET), id="Slack's requests are signed",
        ),
        pytest.param(
            Receive.HTTP, {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET, "SLACK_APP_TOKEN": "odd"},
            Tokens(bot=BOT, signing_secret=SECRET), id="nobody asks for the app-level token then",
        ),
        pytest.param(
            Receive.SOCKET, {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": "odd"},
            Tokens(bot=BOT, app=APP), id="nor for the secret where we connect ourselves",
        ),
    ],
)  # fmt: skip
def test_each_way_of_receiving_needs_its_own(receive: Receive, environ: dict[str, str], tokens: Tokens):
    assert read_tokens(environ, receive) == tokens


@pytest.mark.parametrize(
    ("environ", "codes"),
    [
        pytest.param({}, ["missing_bot", "missing_secret"], id="both are told at once"),
        pytest.param({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": " "}, ["empty_secret"], id="empty"),
        pytest.param({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": BOT}, ["wrong_secret"], id="a token"),
        pytest.param({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": APP}, ["wrong_secret"], id="another"),
        pytest.param({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": "8f74"}, ["wrong_secret"], id="short"),
        pytest.param(
            {"SLACK_BOT_TOKEN": SECRET, "SLACK_SIGNING_SECRET": BOT}, ["of_the_other", "wrong_secret"],
            id="swapped",
        ),
        pytest.param(
            {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET_FILE": SECRET}, ["token_as_file"],
            id="the secret itself where a file is meant",
        ),
        pytest.param(
            {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET, "SLACK_SIGNING_SECRET_FILE": "x"},
            ["both"], id="both",
        ),
    ],
)  # fmt: skip
def test_what_is_no_signing_secret_is_refused_and_not_repeated(environ: dict[str, str], codes: list[str]):
    with pytest.raises(EnvironmentRefused) as refused:
        read_tokens(environ, Receive.HTTP)

    told = [say("en", each.code, **each.values) for each in refused.value.told]
    assert [each.code.removeprefix("tokens.") for each in refused.value.told] == codes
    assert not any(secret in sentence for sentence in told for secret in (SECRET, BOT, APP))


def test_a_signing_secret_stands_in_a_file(tmp_path: Path):
    environ = {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET_FILE": written(tmp_path, SECRET.encode())}

    assert read_tokens(environ, Receive.HTTP).signing_secret == SECRET
