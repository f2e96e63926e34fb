"""Mail that comes in: what came back, complaints, and answers to comments."""
