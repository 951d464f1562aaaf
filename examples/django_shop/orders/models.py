"""What the shop remembers."""

from django.db import models


class Order(models.Model):
    """An order; the token of the form that it came with makes the same form, sent twice, the same order."""

    id = models.CharField(primary_key=True, max_length=32)
    item = models.CharField(max_length=32)
    token = models.CharField(max_length=64, unique=True)
    charge = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=16, default="new")


class Parcel(models.Model):
    """What goes out to a payer."""

    order = models.ForeignKey(Order, models.PROTECT)


class Event(models.Model):
    """An event of Omise's that was taken care of."""

    id = models.CharField(primary_key=True, max_length=64)
