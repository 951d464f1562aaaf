"""What a schedule can repeat: charges and transfers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from ..records.access import merge_attributes
from ..records.associations import BelongsTo
from ..records.casting import class_named
from ..records.operations import list_at
from ..records.resource import Resource
from ..records.verbs import Verb, class_verb
from .scheduler import Scheduler

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ..records.listing import List
    from ..records.parameters import ListParameters
    from .schedule import Schedule

B = TypeVar("B", bound=Callable[..., Scheduler], covariant=True)


class ScheduleOrBuilder(BelongsTo[Any], Generic[B]):
    """Of a record the schedule that it came from, of the class a builder of schedules: two things of one name."""

    if TYPE_CHECKING:

        @overload  # type: ignore[override]  # a class gives a builder
        def __get__(self, record: None, owner: type[Resource]) -> B: ...
        @overload
        def __get__(self, record: Resource, owner: type[Resource]) -> Schedule | None: ...
        def __get__(  # pyright: ignore[reportIncompatibleMethodOverride]
            self, record: Resource | None, owner: type[Resource]
        ) -> Any: ...

    else:

        def __get__(self, record: Resource | None, owner: type[Resource]) -> Any:
            if record is not None:
                return super().__get__(record, owner)

            def schedule(attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Scheduler:
                """Return a builder of a schedule that repeats what `create` would make of *params*. Nothing is sent."""
                return Scheduler(str(owner.object_name), merge_attributes(attributes, params), client=owner._client)

            return Verb(schedule, owner)


class Schedulable(Resource):
    """``schedule`` and ``list_schedules`` on the class, and ``schedule`` on a record."""

    schedule: ScheduleOrBuilder[Callable[..., Scheduler]] = ScheduleOrBuilder("Schedule", None)
    """
    ``omise.Charge.schedule(customer=…, amount=…)`` is a `Scheduler`; ``charge.schedule`` a `Schedule`, or None.
    """

    @class_verb
    def list_schedules(
        cls, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[ListParameters]
    ) -> List[Schedule]:
        """Fetch a page of the schedules that repeat such records, as `Listable.list`.  GET <path>/schedules"""
        fields = merge_attributes(attributes, params)
        return list_at(cls, f"{cls.path}/schedules", fields, class_named("Schedule"))
