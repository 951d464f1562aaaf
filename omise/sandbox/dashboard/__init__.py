"""
The sandbox in a browser: what is there, what happened, and buttons for what can happen next.
"""
