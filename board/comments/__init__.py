"""Comments: writing, editing and withdrawing them, and judging them on arrival."""
