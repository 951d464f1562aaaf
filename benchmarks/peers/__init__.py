"""Who is measured: a module each, with a ``Peer`` that does the same as the others; see ``faces.py``."""
