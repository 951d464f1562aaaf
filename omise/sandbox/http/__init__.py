"""
From a request to its answer: parameters, keys, routes, versions, pages.
"""
