"""Frozen dataclasses that load in a quarter of the time.

The standard library's decorator writes and compiles six functions for each frozen class, which was
a sixth of the time of a short command: it loads two hundred such classes. Here, the standard
library reads the fields, `__init__` is compiled when the first object is made, which most commands
never do of half of the classes, and the other methods need no compiler.
`fields`, `replace`, `asdict`, `match` and pickle take these classes as all others.
"""

from __future__ import annotations

import sys
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # type checkers know what this decorator makes
    from dataclasses import dataclass as dataclass
else:
    from dataclasses import dataclass as _standard

    def dataclass(cls=None, /, **options):
        """Make a dataclass, as the standard library's decorator of the same name does.

        Args:
            cls: The class.
            options: Those of the standard library.

        Returns:
            The class, with methods of its own if it is frozen and has neither other options nor
            another dataclass as a base nor slots nor fields that `__init__` treats in a special
            way (`InitVar` and `KW_ONLY` are known by these names).
        """
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        return _frozen(cls) if _is_usual(cls, options) else _standard(cls, **options)

    def _frozen(cls):
        own = set(vars(cls))
        if vars(cls).get("__hash__", MISSING) is None:  # Python's, because it has an `__eq__`
            own.remove("__hash__")
        _standard(init=False, repr=False, eq=False)(cls)
        cls.__dataclass_params__.frozen = cls.__dataclass_params__.eq = True
        if "__init__" not in own:
            _check_order(cls)
            cls.__init__ = _Init(cls)
        for name, method in _methods(cls).items():
            if name not in own:
                method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
                setattr(cls, name, method)
        return cls


class _Factory:
    """Shows in a signature that a field's value is made for each object."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


def _is_usual(cls: type, options: dict[str, Any]) -> bool:
    own = vars(cls)
    return (
        options == {"frozen": True}
        and not hasattr(cls, "__dataclass_fields__")
        and "__slots__" not in own
        and not any(
            isinstance(value, Field) and not (value.init and value.kw_only is MISSING)
            for value in own.values()
        )
        and not any(
            "InitVar" in str(kind) or "KW_ONLY" in str(kind)
            for kind in own.get("__annotations__", {}).values()
        )
    )


def _check_order(cls: Any) -> None:
    """Refuse at once what `_init` cannot compile later."""
    last = ""
    for field in fields(cls):
        if field.default is not MISSING or field.default_factory is not MISSING:
            last = field.name
        elif last:
            raise TypeError(
                f"non-default argument {field.name!r} follows default argument {last!r}"
            )


class _Init:
    """Puts the compiled `__init__` into its place when a class is first called or asked for it.

    Args:
        cls: The class.
    """

    def __init__(self, cls: Any) -> None:
        self._cls = cls

    def __get__(self, instance: object, owner: Any = None) -> Any:
        """Return the method, bound to the object if there is one."""
        self._cls.__init__ = init = _init(self._cls)
        return init.__get__(instance, owner)


def _init(cls: Any) -> Any:
    # No field can have the function's own names: in a class, Python renames what begins with __.
    every = fields(cls)
    names: dict[str, Any] = {"__FACTORY": _FACTORY}
    first = (
        "__self" if any(field.name == "self" for field in every) else "self"
    )  # signatures show it
    arguments, lines = [first], [f"__values = {first}.__dict__"]
    for field in every:
        name, value = field.name, field.name
        if field.default is not MISSING:
            names[f"__default_{name}"] = field.default
            arguments.append(f"{name}=__default_{name}")
        elif field.default_factory is not MISSING:
            names[f"__default_{name}"] = field.default_factory
            arguments.append(f"{name}=__FACTORY")
            value = f"__default_{name}() if {name} is __FACTORY else {name}"
        else:
            arguments.append(name)
        # Past `__setattr__`, which refuses. It is also faster than `object.__setattr__`.
        lines.append(f"__values[{name!r}] = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(f"{first}.__post_init__()")
    made: dict[str, Any] = {}
    head = f"def make({', '.join(names)}):\n def __init__({', '.join(arguments)}):\n  "
    source = head + "\n  ".join(lines) + "\n return __init__"
    # In the class's own module, where the names of its annotations mean something.
    module = vars(sys.modules[cls.__module__])
    exec(source, module, made)  # noqa: S102 (the names of fields, which Python has read)
    init = made["make"](**names)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {field.name: field.type for field in every} | {"return": None}
    return init


def _methods(cls: Any) -> dict[str, Any]:
    every, names = fields(cls), frozenset(cls.__dataclass_fields__)
    compared = _values([one.name for one in every if one.compare])
    hashed = _values([one.name for one in every if (one.compare if one.hash is None else one.hash)])
    shown = [one.name for one in every if one.repr]

    def equal(self: Any, other: object) -> Any:
        is_alike = other.__class__ is self.__class__
        return compared(self) == compared(other) if is_alike else NotImplemented

    def digest(self: Any) -> int:
        return hash(hashed(self))

    def text(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({values})"

    def assign(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def delete(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return {
        "__eq__": equal,
        "__hash__": digest,
        "__repr__": text,
        "__setattr__": assign,
        "__delattr__": delete,
    }


def _values(names: list[str]) -> Any:
    """Return what takes these attributes of an object."""
    return attrgetter(*names) if names else lambda _: ()
