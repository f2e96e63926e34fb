"""Finding the prompts in a post: the questions and invitations it puts to its readers. Pure.

`examine` is the whole of it: `read_document` turns a post into blocks of text, `detect` finds the prompts
among them. Nothing here knows of a database, a request or a network.
"""

from board.prompts.detection import Detection, Kind, Prompt, Sign, detect
from board.prompts.document import Block, Document, Format
from board.prompts.examining import Examined, examine, source_hash
from board.prompts.reading import read_document

__all__ = [
    "Block",
    "Detection",
    "Document",
    "Examined",
    "Format",
    "Kind",
    "Prompt",
    "Sign",
    "detect",
    "examine",
    "read_document",
    "source_hash",
]
