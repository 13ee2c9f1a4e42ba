import pytest

from scheduler.strictyaml import compose, find_token, redact

TOKENS = ["xoxb-1-secret", "xoxp-1-secret", "xapp-1-A-secret", "xoxe.xoxp-1-secret", "xoxc-secret-secret"]


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_found_and_cut(token: str):
    assert find_token(f"a: {token}") == 3
    assert "secret" not in redact(f"a: {token} b")


@pytest.mark.parametrize("text", ["xoxb-", "xoxb-...", "xoxb-…", "boxx-1234", "https://example.com/a:b"])
def test_what_only_speaks_of_tokens_is_none(text: str):
    assert find_token(text) is None
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("db: postgresql://me:secret@host/x", "db: postgresql://me:…@host/x"),
        ("db: postgresql://me:se/cr@et:1@host/x", "db: postgresql://me:…@host/x"),
        ("db: postgresql://host/x?user=me&password=secret", "db: postgresql://host/x?user=me&password=…"),
        (
            "db: postgresql://host/x?sslpassword=secret&user=me",
            "db: postgresql://host/x?sslpassword=…&user=me",
        ),
    ],
)
def test_passwords_in_addresses_are_cut(text: str, cut: str):
    assert redact(text) == cut


@pytest.mark.parametrize("token", TOKENS)
def test_no_problem_repeats_a_token(token: str):
    _, problems = compose(f"{token}: 1\n{token}: *{token}\n", "f.yaml")

    assert problems
    assert "secret" not in repr(problems)
