"""The pages about messages agree with the contract and with the messages."""

import re
from pathlib import Path

import pytest
import yaml

from scheduler import catalogue, templates
from scheduler.catalogue import LANGUAGES
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.strictyaml import describe
from scheduler.templates import samples
from scheduler.templates.reference import PAGES, with_current_tables

DOCS = Path(__file__).parents[3] / "docs"
HOWTO = {"ja": "change-a-message.ja.md", "en": "change-a-message.md"}


def names_in(language: str, area: str) -> set[str]:
    path = Path(catalogue.__file__).parent / language / f"{area}.yaml"
    return set(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_of_placeholders_are_current(language: str):
    page = (DOCS / "reference" / PAGES[language]).read_text(encoding="utf-8")
    assert page == with_current_tables(page, language)
    assert "| `{{ author_name }}` |" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_described_and_nothing_else(language: str):
    wanted = {
        f"{kind.value}_{placeholder.name}" for kind in PLACEHOLDERS for placeholder in PLACEHOLDERS[kind]
    }
    assert names_in(language, "placeholders") == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sample_person_has_a_label(language: str):
    assert names_in(language, "samples") == {sample.id for sample in samples()}
    assert all(sample.label(language) for sample in samples())


@pytest.mark.parametrize("area", ["words", "reference"])
def test_both_languages_have_the_same_words(area: str):
    assert names_in("ja", area) == names_in("en", area)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_admins_lists_every_message(language: str):
    page = (DOCS / "howto" / HOWTO[language]).read_text(encoding="utf-8")
    shipped = {path.name for path in (templates.shipped() / language).glob("*.yaml")}
    assert set(re.findall(r"^\| `(\w+\.yaml)`", page, re.MULTILINE)) == shipped


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_of_the_page_for_admins_works_and_its_mistake_is_told_like_that(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = (DOCS / "howto" / HOWTO[language]).read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    told = re.search(r"```\n(messages/.*?)\n```", page, re.DOTALL)
    assert told is not None
    monkeypatch.chdir(tmp_path)
    path = Path("messages") / language / "welcome.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(example, encoding="utf-8")
    assert templates.read(Path("messages"))[1] == ()
    path.write_text(example.replace("{{ member }}", "{{ membr }}"), encoding="utf-8")
    _, (problem,) = templates.read(Path("messages"))
    assert told.group(1) == describe(problem, language)
