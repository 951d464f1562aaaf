"""
What tells others that something happened: webhooks, where they go, and how they are signed.
"""
