"""help TOPIC: the pages of docs/ in the terminal."""

from __future__ import annotations

import pytest

from clientimport.cli.help_topics import TOPICS
from command_line import clientimport


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_shows_its_page(topic: str) -> None:
    answer = clientimport("help", topic)
    assert answer.exit_code == 0
    assert len(answer.out) > 200
    assert "](" not in answer.out  # no link that only a browser can follow
    assert clientimport("help", topic, "--json", "--show-personal-data").json["text"] == TOPICS[topic].markdown()


def test_help_alone_lists_the_topics() -> None:
    answer = clientimport("help")
    assert all(topic in answer.out for topic in TOPICS)
    assert [row["topic"] for row in clientimport("help", "--json").json["topics"]] == list(TOPICS)


def test_a_topic_that_does_not_exist_is_met_with_the_nearest() -> None:
    answer = clientimport("help", "exit-cods")
    assert answer.exit_code == 2
    assert "exit-codes" in answer.err.split(":")[1]


@pytest.mark.parametrize("words", [("validate",), ("runs", "show")])
def test_the_name_of_a_command_shows_its_help(words: tuple[str, ...]) -> None:
    answer = clientimport("help", *words)
    assert answer.exit_code == 0
    assert f"Usage: clientimport {' '.join(words)}" in answer.out
    assert "Usage:" in clientimport("help", *words, "--json").json["text"]
