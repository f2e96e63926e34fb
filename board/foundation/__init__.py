"""What every room of the house stands on: errors, tokens, permissions, headers, time."""
