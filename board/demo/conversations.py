"""What the readers of the demo blog say. Written for the demo; the people are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """Somebody says something. `answers`: the name of whom they answer, or empty for the prompt.

    A name that ends in a space is the same person speaking again.
    """

    name: str
    words: str
    answers: str = ""
    approved: bool = True


SILENCE = (
    Voice(
        "Marit",
        "In our Monday meeting I once counted to ten before answering. At seven, the quietest person at the table "
        "said what the rest of us had been *walking around* for a month.\n\nI have been counting ever since.",
    ),
    Voice("Jonas Webb", "What did the others do with it?", answers="Marit"),
    Voice(
        "Marit ",
        "Nothing, at first. Then somebody closed their laptop. I think that was the real beginning.",
        answers="Jonas Webb",
    ),
    Voice(
        "Esi",
        "I grew up in a house where silence meant trouble, so I fill it. Reading this I wonder how many things "
        "I have talked over.\n\n> the pause is where the other person catches up with themselves\n\nThis I will take along.",
    ),
    Voice(
        "Tomas H.",
        "A small disagreement: on a bad line, silence is only a bad line. Half of my team cannot be seen. "
        "We type a dot when we are thinking. It helps more than it should.",
    ),
    Voice("Esi ", "A dot! I am stealing this.", answers="Tomas H."),
    Voice(
        "Wen",
        "Is there a way to keep a silence *as the youngest* in the room, without seeming to have nothing to say?",
        approved=False,
    ),
)

REPAIR = (
    Voice(
        "Ruth",
        "My grandmother's kettle. Three handles, two lids, one bottom. I no longer know which part of it she bought, "
        "and it makes no difference at all.",
    ),
    Voice("Amadou", "The ship of Theseus, but with tea. I like it better that way.", answers="Ruth"),
    Voice(
        "Lena",
        "I repair bicycles for a living. What people bring me is seldom the thing that is broken. They say *the brakes*, "
        "and mean that they have become afraid of the hill.",
    ),
    Voice(
        "Priya",
        "I tried to mend a friendship as one mends a chair, with clamps. It took me a year to see that it wanted air.",
        approved=False,
    ),
)

ASKING = (
    Voice(
        "Hanne",
        "The best question I was ever asked was *And what else?* My teacher used it until there was nothing else, "
        "and only then did I hear what I thought.",
    ),
    Voice(
        "Oluwaseun",
        "I keep a list of questions I could not ask at the time. Once a year I read it, and there is always one that "
        "has answered itself.",
    ),
    Voice("Hanne ", "Would you tell us one that did?", answers="Oluwaseun", approved=False),
)

CONVERSATIONS: dict[str, tuple[Voice, ...]] = {
    "silence": SILENCE,
    "repair": REPAIR,
    "ask": ASKING,
}


def voices_for(post_name: str) -> tuple[Voice, ...]:
    """Who talks below the post whose file has that name; nobody, if we know no such post."""
    return next((voices for topic, voices in CONVERSATIONS.items() if topic in post_name), ())
