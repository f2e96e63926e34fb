"""People: who may do what on which site, and how they are invited."""
