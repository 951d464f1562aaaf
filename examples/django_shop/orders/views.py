"""Checkout, the way back from the bank, and webhooks."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import omise
from orders.models import Event, Order, Parcel

PRICES = {"cup": 590_00, "grinder": 3500_00}
"""In satang. What is to be paid is for the shop to say, never for the browser."""

SECURE_FROM = 2000_00
"""From here on the payer has to confirm the payment at the bank."""

PASSING = (omise.APIConnectionError, omise.errors.TooManyRequestsError)
"""What nothing was changed by."""


def shelf(request: HttpRequest) -> JsonResponse:
    """What there is, and the token that Django wants to see in the form."""
    return JsonResponse({"prices": PRICES, "csrf": get_token(request)})


@require_POST
def checkout(request: HttpRequest) -> HttpResponse:
    """Charge what Omise's script put into the form, a token or a source. The same form twice is the same order."""
    if request.POST["item"] not in PRICES:
        raise Http404
    source = request.POST.get("omiseSource") or None
    order, is_new = Order.objects.get_or_create(
        token=source or request.POST["omiseToken"], defaults={"id": uuid4().hex, "item": request.POST["item"]}
    )
    if not is_new:
        return see(reverse("order", args=[order.id]))
    try:
        charge = charge_for(order, source, request.build_absolute_uri(reverse("complete", args=[order.id])))
    except omise.OutcomeUnknown as lost:  # the payer may have paid: never send it again, ask
        answer = lost.resolve(within=5)
        if isinstance(answer, omise.NotDone):
            return forget(order)
        if not isinstance(answer, omise.Done):
            message = "We will write to you as soon as your payment has reached us."
            return JsonResponse({"order": order.id, "message": message}, status=202)
        charge = answer.record
    except PASSING:
        return forget(order)
    except omise.APIError as refused:
        return JsonResponse({"order": order.id, "message": refused.message}, status=402)
    note(charge)
    if charge.status == "failed":
        return JsonResponse({"order": order.id, "message": charge.failure_message}, status=402)
    at_the_bank = charge.authorize_uri if charge.status == "pending" and not code_of(charge) else None
    return see(str(at_the_bank or reverse("order", args=[order.id])))


def forget(order: Any) -> HttpResponse:
    """Strike an order for which nothing was done, so that the same form can come again."""
    order.delete()
    return JsonResponse({"message": "Payments cannot be taken just now. Please try again in a minute."}, status=503)


def see(address: str) -> HttpResponse:
    """Send the browser there, with a GET."""
    return HttpResponse(status=303, headers={"Location": address})


def charge_for(order: Any, source: str | None, return_uri: str) -> omise.Charge:
    """Charge what *order* comes to, its card or the *source*; the payer comes back to *return_uri*."""
    amount = PRICES[order.item]
    return omise.Charge.create(
        amount=amount,
        currency="thb",
        card=None if source else order.token,
        source=source,
        metadata={"order": order.id},
        authentication="3DS" if amount >= SECURE_FROM else None,
        return_uri=return_uri,
    )


@transaction.atomic
def note(charge: omise.Charge) -> None:
    """Write down what became of an order; the first time that it is known to be paid, a parcel goes out."""
    order = Order.objects.filter(id=charge.metadata.get("order")).exclude(status="successful")
    if order.update(charge=charge.id, status=charge.status) and charge.paid:
        Parcel.objects.create(order_id=charge.metadata["order"])


def order(request: HttpRequest, id: str) -> JsonResponse:
    """How the order stands; with what there is to scan, where a payer has to."""
    found = get_object_or_404(Order, id=id)
    said = {"order": id, "item": found.item, "charge": found.charge or None, "status": found.status}
    scan = code_of(omise.Charge.retrieve(found.charge)) if found.status == "pending" else None
    return JsonResponse({**said, "parcels": found.parcel_set.count(), "scan": scan})


def code_of(charge: omise.Charge) -> str | None:
    """The address of the picture that is scanned to pay with PromptPay."""
    code = charge.source.scannable_code if charge.source else None
    return code.image.download_uri if code else None


def complete(request: HttpRequest, id: str) -> HttpResponse:
    """Take the payer back from the bank. That the browser is here proves nothing: the charge tells."""
    found = get_object_or_404(Order, id=id)
    if found.charge:
        note(omise.Charge.retrieve(found.charge))
    return see(reverse("order", args=[id]))


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take an event once its signature is known to be right. It may come twice, and in any order."""
    try:
        event = omise.Webhook.construct_event(request, secret=settings.OMISE_WEBHOOK_SECRET)
    except omise.SignatureError as forged:
        return HttpResponseBadRequest(str(forged))
    if not Event.objects.filter(id=event.id).exists() and isinstance(event.data, omise.Charge):
        note(event.data.reload())  # what it is now, whatever came first
        Event.objects.get_or_create(id=event.id)  # at the end: what fails before comes again
    return HttpResponse(status=204)
