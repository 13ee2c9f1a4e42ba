"""A finished text as Block Kit: sections, and a row of buttons that open a page. Old block types only."""

from collections.abc import Iterator, Sequence

from scheduler.model.messages import Rendered
from scheduler.templates.unfit import Unfit

LONGEST_SECTION = 3_000  # Slack's own limits, in characters
LONGEST_BUTTON = 75
LONGEST_ADDRESS = 3_000
MOST_BUTTONS = 5

Block = dict[str, object]


def assemble(text: str, plain: str, buttons: Sequence[tuple[str, str]]) -> Rendered:
    """The payload; block and action ids depend on nothing but their place."""
    blocks = [_section(number, part) for number, part in enumerate(sections(text), start=1)]
    if buttons:
        blocks.append(_actions(buttons))
    return Rendered(text=plain, blocks=tuple(blocks))


def sections(text: str) -> Iterator[str]:
    """The text in parts that Slack takes, split between paragraphs, else between lines."""
    part = ""
    for piece, gap in _pieces(text):
        if len(piece) > LONGEST_SECTION:
            raise Unfit("messages.line_too_long", most=LONGEST_SECTION)
        if part and len(part) + len(gap) + len(piece) > LONGEST_SECTION:
            yield part
            part = piece
        else:
            part = part + gap + piece if part else piece
    yield part


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Paragraphs, or the lines of one too long for a section; each with what parts it from the last."""
    for paragraph in text.split("\n\n"):
        if len(paragraph) <= LONGEST_SECTION:
            yield paragraph, "\n\n"
            continue
        for number, line in enumerate(paragraph.split("\n")):
            yield line, "\n" if number else "\n\n"


def _section(number: int, text: str) -> Block:
    # `verbatim`: Slack must not make links or mentions out of what only looks like one.
    return {
        "type": "section",
        "block_id": f"text-{number}",
        "text": {"type": "mrkdwn", "text": text, "verbatim": True},
    }


def _actions(buttons: Sequence[tuple[str, str]]) -> Block:
    elements = [_button(number, *button) for number, button in enumerate(buttons, start=1)]
    return {"type": "actions", "block_id": "buttons", "elements": elements}


def _button(number: int, text: str, url: str) -> Block:
    return {
        "type": "button",
        "action_id": f"link-{number}",
        "text": {"type": "plain_text", "text": text, "emoji": True},
        "url": url,
    }
