import pytest

from scheduler.catalogue import LANGUAGES, choose_language, say


@pytest.mark.parametrize(
    ("flag", "environ", "language"),
    [
        pytest.param(None, {"LANG": "ja_JP.UTF-8"}, "ja", id="LANG, with country and encoding"),
        pytest.param(None, {"LANG": "ja"}, "ja", id="LANG, the language alone"),
        pytest.param(None, {"LANG": "en_US.UTF-8"}, "en", id="an English LANG"),
        pytest.param(None, {"LANG": "C"}, "en", id="LANG=C"),
        pytest.param(None, {"LANG": "C.UTF-8"}, "en", id="LANG=C.UTF-8"),
        pytest.param(None, {"LANG": "de_DE.UTF-8"}, "en", id="a language that we do not speak"),
        pytest.param(None, {}, "en", id="nothing is set"),
        pytest.param(None, {"LANG": ""}, "en", id="LANG is empty"),
        pytest.param("ja", {"LANG": "en_US.UTF-8"}, "ja", id="--lang wins over LANG"),
        pytest.param("en", {"LC_ALL": "ja_JP.UTF-8"}, "en", id="--lang wins over LC_ALL"),
        pytest.param("JA", {}, "ja", id="--lang in capitals"),
        pytest.param(
            None, {"LC_ALL": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}, "ja", id="LC_ALL wins over LANG"
        ),
        pytest.param(None, {"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en", id="LC_ALL=C wins too"),
        pytest.param(None, {"LC_ALL": "", "LANG": "ja_JP.UTF-8"}, "ja", id="an empty LC_ALL does not"),
        pytest.param(
            None, {"LC_MESSAGES": "ja_JP.UTF-8", "LANG": "C"}, "ja", id="LC_MESSAGES wins over LANG"
        ),
        pytest.param(
            None, {"LC_ALL": "en_US", "LC_MESSAGES": "ja_JP"}, "en", id="LC_ALL wins over LC_MESSAGES"
        ),
    ],
)
def test_the_language_of_our_sentences(flag: str | None, environ: dict[str, str], language: str):
    assert choose_language(flag, environ) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_filled_with_its_values(language: str):
    assert "/no/such/place" in say(language, "export.missing_path", path="/no/such/place")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_is_no_format_of_ours(language: str):
    assert "{0} {path}" in say(language, "export.missing_path", path="{0} {path}")


def test_a_code_that_does_not_exist_is_our_mistake():
    with pytest.raises(KeyError):
        say("ja", "export.no_such_sentence")
