"""Every resource of the API, a file each."""

from .card import Card, CardList
from .customer import Customer
from .token import Token

__all__ = ["Card", "CardList", "Customer", "Token"]
