"""Posts, their prompts as stored, and the threads that discuss them."""
