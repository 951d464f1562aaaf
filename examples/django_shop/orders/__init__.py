"""Orders, and what became of their payments."""
