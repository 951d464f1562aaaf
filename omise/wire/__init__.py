"""One request there and back: encoding, sending, repeating where that is safe, and reading the answer."""
