"""What a template cannot do. None of these is ever compiled or run, so that each is refused at once."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

from scheduler import templates
from scheduler.model.messages import MessageKind
from scheduler.model.placeholders import PLACEHOLDERS
from scheduler.strictyaml import Document, compose
from scheduler.templates.environment import ENVIRONMENT
from scheduler.templates.forms import read_form
from scheduler.templates.grammar import LONGEST_TEMPLATE, parse
from scheduler.templates.place import Source
from scheduler.templates.trials import try_out

KNOWN = {placeholder.name: placeholder for placeholder in PLACEHOLDERS[MessageKind.THANKS]}


def source(text: str) -> Source:
    document = Document(
        file="thanks.yaml", data={"text": text}, lines=(f"text: {text}",), values={("text",): (1, 7)}, keys={}
    )
    return Source(value=text, document=document, path=("text",))


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ joined.bit_length() }}",
        "{{ self }}",
        "{{ self.__init__ }}",
        "{{ loop }}",
        "{{ range(99999999) }}",
        "{{ cycler }}",
        "{{ lipsum(9) }}",
        "{{ namespace() }}",
        "{{ channel() }}",
        "{{ channel(1) }}",
        "{{ channel('  ') }}",
        "{{ channel('a', 'b') }}",
        "{{ channel(name='a') }}",
        "{{ channel(*joined) }}",
        "{{ channel }}",
        "{{ 'a' * 200000000 }}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ '%1000000000d' % joined }}",
        "{{ joined / 0 }}",
        "{{ joined // 0 }}",
        "{{ -joined }}",
        "{{ 1.5 }}",
        "{{ [joined] }}",
        "{{ (joined, joined) }}",
        "{{ {'a': joined} }}",
        "{{ joined is defined }}",
        "{{ joined | attr('real') }}",
        "{{ joined | map('upper') }}",
        "{{ joined | quote(1) }}",
        "{% for i in range(99999999) %}a{% endfor %}",
        "{% for i in joined recursive %}{{ loop(i) }}{% endfor %}",
        "{% set a = 'a' %}",
        "{% set a %}a{% endset %}",
        "{% macro m() %}a{% endmacro %}",
        "{% call joined() %}a{% endcall %}",
        "{% filter upper %}a{% endfilter %}",
        "{% with a = 1 %}{% endwith %}",
        "{% block a %}{% endblock %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% from 'os' import path %}",
        "{% extends 'a' %}",
        "{% autoescape false %}{% endautoescape %}",
        "{% raw %}{% endraw %}",
        "{%- raw -%}{% endraw %}",
        "{% do joined %}",
        "{{ " + "(" * 1_500 + "joined" + ")" * 1_500 + " }}",
        "{{ " + "not " * 900 + "joined }}",
        "{% if joined %}" * 100 + "{% endif %}" * 100,
        "{{ " + "1 + " * 900 + "1 }}",
        "a" * (LONGEST_TEMPLATE + 1),
        "{{",
        "{%",
        "{{ }}",
        "{% if %}{% endif %}",
        "{{ joined",
        "{{ 'joined }}",
        "{{ joined }} {{ \ufdd0 }}",
        "{{\r0",
    ],
)
def test_is_refused_with_a_problem(text: str):
    parsed, problems = parse(source(text), KNOWN)
    assert parsed is None
    assert {problem.code.partition(".")[0] for problem in problems} == {"messages"}


PIECES = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    " if ",
    " endif ",
    " joined ",
    "'",
    '"',
    "\n",
    "(",
    "-",
    "| quote",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join))
def test_no_text_makes_reading_fail_without_a_problem(text: str):
    parsed, problems = parse(source(text), KNOWN)
    assert (parsed is None) == bool(problems)


def test_what_a_template_may_use_is_this_and_no_more():
    assert sorted(ENVIRONMENT.filters) == ["quote"]
    assert (ENVIRONMENT.tests, ENVIRONMENT.globals) == ({}, {})
    assert not ENVIRONMENT.is_safe_callable(print)
    assert not ENVIRONMENT.is_safe_attribute("", "upper", str.upper)


def test_whatever_jinja_adds_to_its_language_is_refused_until_it_is_allowed():
    parsed, _ = parse(source("{% if joined + 1 > 2 and not answers %}{{ joined }}{% endif %}"), KNOWN)
    assert parsed is not None
    assert {type(node) for node in parsed.tree.find_all(nodes.Node)} == {
        nodes.If, nodes.And, nodes.Not, nodes.Compare, nodes.Operand, nodes.Add,
        nodes.Const, nodes.Name, nodes.Output,
    }  # fmt: skip


def test_the_sandbox_is_the_only_jinja_environment_of_the_messages():
    folder = Path(templates.__file__).parent
    users = [p.name for p in sorted(folder.glob("*.py")) if "SandboxedEnvironment" in p.read_text("utf-8")]
    assert users == ["environment.py"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join))
def test_no_file_makes_reading_and_trying_out_fail_without_a_problem(text: str):
    document, problems = compose(f"kind: thanks\nplain: a\ntext: {json.dumps('a' + text)}\n", "thanks.yaml")
    if document is not None:
        message, problems = read_form(document, name="thanks", language="ja")
        assert (message is None) == bool(problems)
        assert message is None or isinstance(try_out(message), tuple)
