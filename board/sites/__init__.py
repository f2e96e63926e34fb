"""Sites: the blogs that use this board, and the origins that may embed it."""
