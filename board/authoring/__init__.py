"""The author's desk: which prompts open, in which words, where posts stand, and how a site is set up."""
