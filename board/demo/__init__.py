"""A small blog to look at: three posts, their prompts found by the board itself, readers who talk."""
