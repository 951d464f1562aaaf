"""
What is remembered: the store, the clock, and what code that acts for an account can see of them.
"""
