"""References of posts are written once, and read back by kind and case."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.posts import PostKind, PostReference

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)

WRITTEN = (
    (PostReference.of_card("ab12"), PostKind.CARD, "case:ab12"),
    (PostReference.of_history("ab12"), PostKind.HISTORY, "history:ab12"),
    (PostReference.of_history("ab12", "17.5"), PostKind.HISTORY, "history:ab12:17.5"),
    (PostReference.of_owner_words("m1"), PostKind.OWNER_WORDS, "said:m1"),
    (PostReference.of_owner_words("m1", 2), PostKind.OWNER_WORDS, "said:m1:2"),
    (PostReference.of_form_copy("submit:V1"), PostKind.FORM_COPY, "sent:submit:V1"),
    (PostReference.of_staff_reply("C1", "17.5"), PostKind.STAFF_REPLY, "reply:C1:17.5"),
    (PostReference.of_lost_card("ab12", "17.5"), PostKind.LOST_CARD, "gone:ab12:17.5"),
    (PostReference.of_panel("U1"), PostKind.PANEL, "panel:U1"),
    (PostReference.of_summary("U1", NOW), PostKind.SUMMARY, f"summary:{NOW.isoformat()}:U1"),
    (PostReference.of_question_list("U1"), PostKind.QUESTION_LIST, "unanswered:U1"),
    (PostReference.of_announcement("9f"), PostKind.ANNOUNCEMENT, "amended:9f"),
    (PostReference.of_copy("D1", "1.2"), PostKind.COPY, "copy:D1:1.2"),
)
"""Posts with their kinds and stored references.

Posts made by an older release are found by this text.
"""


@pytest.mark.parametrize(("reference", "kind", "text"), WRITTEN)
def test_post_reference_of_each_kind_reads_as_stored(
    reference: PostReference, kind: PostKind, text: str
) -> None:
    assert reference == text
    assert PostReference(text).kind is kind


def test_post_reference_table_names_every_kind() -> None:
    assert {kind for _, kind, _ in WRITTEN} == set(PostKind)


@given(st.from_regex(r"[0-9a-f]{4,10}", fullmatch=True), st.text())
def test_post_reference_of_a_case_gives_its_id_back(case_id: str, ts: str) -> None:
    for reference in (
        PostReference.of_card(case_id),
        PostReference.of_history(case_id, ts),
        PostReference.of_lost_card(case_id, ts),
    ):
        assert PostReference(str(reference)).case_id == case_id


@given(st.text() | st.sampled_from(["case", "case:", "gone::"]))
def test_post_reference_of_any_text_has_a_case_only_by_its_kind(text: str) -> None:
    reference = PostReference(text)
    about_a_case = {PostKind.CARD, PostKind.HISTORY, PostKind.LOST_CARD}
    assert not reference.case_id or reference.kind in about_a_case


def test_lost_card_reference_without_a_place_begins_those_of_its_case() -> None:
    beginning = PostReference.of_lost_card("ab12", "")
    assert PostReference.of_lost_card("ab12", "17.5").startswith(beginning)
    assert not PostReference.of_lost_card("ab123", "17.5").startswith(beginning)
