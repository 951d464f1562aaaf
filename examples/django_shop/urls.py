"""The addresses of the shop."""

from django.urls import path
from orders import views

urlpatterns = [
    path("", views.shelf),
    path("checkout", views.checkout),
    path("orders/<str:id>", views.order, name="order"),
    path("orders/<str:id>/complete", views.complete, name="complete"),
    path("omise/events", views.receive),
]
