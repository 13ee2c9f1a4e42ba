import pytest
from slack_sdk.models.blocks import Block

from scheduler.templates.blocks import assemble, sections
from scheduler.templates.unfit import Unfit


def test_a_message_is_sections_and_a_row_of_buttons():
    rendered = assemble("こんにちは", "plain", [("開く", "https://www.example.jp/a")])
    assert rendered.text == "plain"
    assert rendered.blocks == (
        {
            "type": "section",
            "block_id": "text-1",
            "text": {"type": "mrkdwn", "text": "こんにちは", "verbatim": True},
        },
        {
            "type": "actions",
            "block_id": "buttons",
            "elements": [
                {
                    "type": "button",
                    "action_id": "link-1",
                    "text": {"type": "plain_text", "text": "開く", "emoji": True},
                    "url": "https://www.example.jp/a",
                }
            ],
        },
    )


def test_a_message_without_buttons_has_no_row_for_them():
    assert [block["type"] for block in assemble("a", "a", []).blocks] == ["section"]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        pytest.param("あ" * 3_000, [3_000], id="fits"),
        pytest.param("あ" * 1_499 + "\n\n" + "い" * 1_499, [3_000], id="two-paragraphs-fit"),
        pytest.param("あ" * 1_500 + "\n\n" + "い" * 1_499, [1_500, 1_499], id="between-paragraphs"),
        pytest.param("\n".join(["あ" * 999] * 4), [2_999, 999], id="between-lines-of-a-long-paragraph"),
        pytest.param("\n\n".join(["あ" * 1_000] * 4), [2_002, 2_002], id="as-few-as-possible"),
    ],
)
def test_a_long_text_is_split_between_paragraphs_else_lines(text: str, lengths: list[int]):
    assert [len(part) for part in sections(text)] == lengths


def test_a_line_that_no_section_takes_is_refused():
    with pytest.raises(Unfit):
        list(sections("あ" * 3_001))


def test_slacks_own_models_accept_what_we_build():
    rendered = assemble("\n\n".join(["あ" * 1_000] * 4), "plain", [("開" * 75, "https://a.example")] * 5)
    parsed = Block.parse_all([dict(block) for block in rendered.blocks])
    for block in parsed:
        block.validate_json()

    assert [block.type for block in parsed] == [block["type"] for block in rendered.blocks]
