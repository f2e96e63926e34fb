"""Staff: who may sign in, their sessions, and how they are invited."""
