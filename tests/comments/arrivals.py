"""Whatever can arrive, for tests that say something about all of it."""

from __future__ import annotations

from hypothesis import strategies as st

from board.comments.admission import Arrival, Hit
from board.comments.models import BlockKind, BlockVerdict
from board.sites.models import Policy
from board.text import MAX_SOURCE_CHARS

HITS = st.lists(
    st.builds(Hit, st.sampled_from(BlockKind), st.text(max_size=9), st.sampled_from(BlockVerdict))
)
ARRIVALS = st.builds(
    Arrival,
    policy=st.sampled_from(Policy),
    approvals_needed=st.integers(1, 10),
    accepts_comments=st.booleans(),
    by_staff=st.booleans(),
    char_count=st.integers(0, 2 * MAX_SOURCE_CHARS),
    link_count=st.integers(0, 50),
    letters_beside_links=st.integers(0, 100),
    blocks=HITS.map(tuple),
    honeypot_filled=st.booleans(),
    seconds_open=st.none() | st.floats(0, 1e6),
    times_sent=st.integers(0, 10),
    imitates=st.text(max_size=5),
    approved=st.integers(0, 10),
    trusted=st.booleans(),
    address_unproven=st.booleans(),
    was_published=st.booleans(),
    was_admitted=st.booleans(),
    asks_akismet=st.booleans(),
)
