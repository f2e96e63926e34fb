"""Finding the prompts in a post: the questions and invitations it puts to its readers. Pure.

`read_document` turns a page into blocks of text, `detect` finds the prompts among them. Nothing here
knows of a database, a request or a network.
"""

from board.prompts.detection import Detection, Prompt, Sign, detect
from board.prompts.document import Block, Document, Format
from board.prompts.reading import read_document

__all__ = ["Block", "Detection", "Document", "Format", "Prompt", "Sign", "detect", "read_document"]
