"""
The types of the parameters of each resource's verbs, and of the words that its fields have; a file for each resource.

Each is reached from its resource (``omise.resources.charge.ChargeCreate``), and made when somebody asks for it.
"""
