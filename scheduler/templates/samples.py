"""Sample people for `check` and previews: the friendly ones and the ones that break templates."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.catalogue import say
from scheduler.model.messages import MemberRef, MessageKind, PlaceholderValue, Rendered
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.templates.messages import Messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A made-up member. `changed` is what differs from the placeholders' examples, by placeholder."""

    id: str
    member: str
    name: str
    changed: Mapping[str, PlaceholderValue]

    def label(self, language: str) -> str:
        """Who that is, for people."""
        return say(language, f"samples.{self.id}")

    def values(self, kind: MessageKind) -> dict[str, PlaceholderValue]:
        """A value for every placeholder of the kind."""
        own: dict[str, PlaceholderValue] = {
            "member": MemberRef(self.member),
            "member_name": self.name,
            "author_name": self.name,
        }
        told = {placeholder.name: placeholder.example for placeholder in PLACEHOLDERS[kind]}
        return told | {name: value for name, value in (own | dict(self.changed)).items() if name in told}


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedSample:
    """One wording of a message as one sample person meets it. `variant` counts from 1."""

    sample: Sample
    variant: int
    rendered: Rendered


_HOSTILE = "<!channel> *<@U0SAMPLE9>* @here &lt;!everyone&gt; <https://example.com|kihon.lg.jp> \u202e`code`"
_NOTHING: dict[str, PlaceholderValue] = {
    "joined": 0,
    "first_posts": 0,
    "first_posts_touched": 0,
    "answers": 0,
    "helpers": 0,
}


def samples() -> tuple[Sample, ...]:
    """The sample people, in a stable order."""
    return (
        Sample(id="new", member="U0SAMPLE1", name="中村 葵", changed={"ambassador": None, "topic": ""}),
        Sample(
            id="silent",
            member="U0SAMPLE2",
            name="さとう",
            changed={**_NOTHING, "excerpt": "", "asks": False, "ambassador": None},
        ),
        Sample(
            id="one_of_each",
            member="U0SAMPLE3",
            name="山本 陽菜",
            changed={**dict.fromkeys(_NOTHING, 1), "maybe_answered": True, "long_break": True},
        ),
        Sample(
            id="long_name",
            member="U0SAMPLE4",
            name="みどり市役所 総務部 デジタル推進課 情報システム係 主任 " * 9,
            changed={"excerpt": "長い相談です。" * 900, "topic": "標準化と文書管理と窓口" * 20},
        ),
        Sample(
            id="emoji_name", member="U0SAMPLE5", name="🌸🌸", changed={"excerpt": "🙏🙏🙏", "asks": False}
        ),
        Sample(id="empty_name", member="U0SAMPLE6", name="\u3164 ", changed={"first_post": False}),
        Sample(
            id="hostile",
            member="U0SAMPLE7",
            name=_HOSTILE,
            changed={"excerpt": f"{_HOSTILE}\n>>> {_HOSTILE}", "topic": _HOSTILE},
        ),
        Sample(
            id="english",
            member="U0SAMPLE8",
            name="Emma O'Brien",
            changed={"excerpt": "Hi, I'm new here. Where do I find the form for leave?", "topic": "HR"},
        ),
    )


def render_samples(messages: Messages, name: str, language: str) -> tuple[RenderedSample, ...]:
    """Every wording of a message for every sample person; raises RenderFailed."""
    file = messages.file_of(name, language)
    return tuple(
        RenderedSample(
            sample=sample,
            variant=number + 1,
            rendered=messages.render(name, locale=language, rotation=number, values=sample.values(file.kind)),
        )
        for sample in samples()
        for number in range(len(file.variants))
    )
