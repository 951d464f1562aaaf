"""
How money, cards and payment methods behave: rules and tables of facts.
"""
