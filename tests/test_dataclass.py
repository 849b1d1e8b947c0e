"""blogkit's frozen dataclasses behave like those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, InitVar, field
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar, get_type_hints

import pytest

import blogkit
from blogkit.dataclass import dataclass
from tests.cases import for_each

SPECIAL = {"blogkit.__main__"}


@dataclass(frozen=True)
class Place:
    """A place.

    Attributes:
        name: Its name.
    """

    world: ClassVar[str] = "Earth"
    name: str
    tags: list[str] = field(default_factory=list, hash=False)
    size: int = 3
    secret: str = field(default="s", repr=False)
    seen: int = field(default=0, compare=False)

    @cached_property
    def double(self) -> str:
        return self.name * 2


class Named(Place):
    """A class that inherits from one and has an attribute of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.extra = 1


def twin(cls: Any) -> Any:
    """Return the standard library's class with the same fields."""
    return dataclasses.make_dataclass(
        cls.__name__,
        [(one.name, one.type, _field(one)) for one in dataclasses.fields(cls)],
        frozen=True,
        namespace={"__post_init__": cls.__post_init__} if hasattr(cls, "__post_init__") else {},
    )


def _field(one: Any) -> Any:
    return field(
        default=one.default,
        default_factory=one.default_factory,
        repr=one.repr,
        hash=one.hash,
        compare=one.compare,
    )


def frozen_ones() -> Iterator[Any]:
    for module in pkgutil.walk_packages(blogkit.__path__, "blogkit."):
        if module.name not in SPECIAL:
            for value in vars(import_module(module.name)).values():
                if isinstance(value, type) and value.__module__ == module.name:
                    parameters = vars(value).get("__dataclass_params__")
                    if parameters and parameters.frozen and not parameters.order:
                        yield value


def test_every_class_of_blogkit_is_made_like_the_standard_librarys() -> None:
    made = [cls for cls in frozen_ones() if "__init__" in vars(cls)]
    assert len(made) > 250
    assert not [
        cls
        for cls in made
        if all(one.init for one in dataclasses.fields(cls))
        and not any(one.kw_only for one in dataclasses.fields(cls))
        and str(inspect.signature(cls)) != str(inspect.signature(twin(cls)))
    ]
    assert not [
        cls
        for cls in made
        if cls.__match_args__
        != tuple(one.name for one in dataclasses.fields(cls) if one.init and not one.kw_only)
    ]


def test_every_class_of_blogkit_keeps_what_it_is_given() -> None:
    wrong = []
    for cls in frozen_ones():
        if "__init__" in vars(cls) and not hasattr(cls, "__post_init__"):
            given = {one.name: object() for one in dataclasses.fields(cls) if one.init}
            made = cls(**given)
            wrong += [
                (cls, name) for name, value in given.items() if getattr(made, name) is not value
            ]
    assert not wrong


def test_its_objects_are_like_the_standard_librarys() -> None:
    standard = twin(Place)
    for arguments in [("a",), ("a", ["t"]), ("a", [], 4, "x", 7)]:
        mine, other = Place(*arguments), standard(*arguments)
        assert repr(mine) == repr(other)
        assert hash(mine) == hash(other)
        assert dataclasses.asdict(mine) == dataclasses.asdict(other)
    for wrong in [(), ("a", [], 1, "", 0, "too many")]:
        with pytest.raises(TypeError) as ours:
            Place(*wrong)
        with pytest.raises(TypeError) as theirs:
            standard(*wrong)
        assert str(ours.value) == str(theirs.value)
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        Place("a", colour="red")


def test_init_is_compiled_when_the_first_object_is_made() -> None:
    @dataclass(frozen=True)
    class Late:
        name: str

    class Heir(Late):
        def __init__(self, name: str) -> None:
            super().__init__(name * 2)

    assert not inspect.isfunction(vars(Late)["__init__"])
    assert Heir("a").name == "aa"
    assert inspect.isfunction(vars(Late)["__init__"])
    assert Late.__init__.__qualname__.endswith("Late.__init__")
    assert Late("a") == Late(name="a")


def test_equal_objects() -> None:
    assert Place("a") == Place("a", seen=9)
    assert hash(Place("a")) == hash(Place("a", ["other"], seen=9))
    assert Place("a") != Place("b")
    assert Place("a") != ("a", [], 3, "s", 0)
    assert Place("a") != Named("a")
    assert Place("a").tags is not Place("a").tags


def test_nothing_can_be_assigned_or_deleted() -> None:
    place = Place("a")
    for name in ("name", "unknown", "world"):
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(place, name, "b")
        with pytest.raises(FrozenInstanceError, match=f"cannot delete field '{name}'"):
            delattr(place, name)
    assert place.double == "aa"
    named = Named("a")
    assert named.extra == 1
    with pytest.raises(FrozenInstanceError):
        named.name = "b"  # type: ignore[misc]
    del named.extra


def test_objects_travel() -> None:
    place = Place("a", ["t"], 4)
    for one in (pickle.loads(pickle.dumps(place)), copy.copy(place), copy.deepcopy(place)):
        assert one == place
    assert dataclasses.replace(place, name="b") == Place("b", ["t"], 4)
    match place:
        case Place(name, tags, size=4):
            assert (name, tags) == ("a", ["t"])
        case _:
            pytest.fail("no match")


def test_a_field_may_have_any_name() -> None:
    @dataclass(frozen=True)
    class Odd:
        """Its fields are named like what the decorator itself needs."""

        values: int
        self: int = 2
        _FACTORY: int = 3
        made: list[int] = field(default_factory=lambda: [4])
        _made: int = 5

    assert repr(Odd(1)).endswith("Odd(values=1, self=2, _FACTORY=3, made=[4], _made=5)")
    assert Odd(1, self=7, made=[8]) == Odd(1, 7, 3, [8], 5)


def test_its_initializer_belongs_to_its_module() -> None:
    assert Place.__init__.__module__ == __name__
    hints = get_type_hints(Place.__init__)
    assert hints["tags"] == list[str]
    assert hints["return"] is type(None)


def test_own_methods_stay() -> None:
    @dataclass(frozen=True)
    class Own:
        """It has methods of its own."""

        name: str

        def __post_init__(self) -> None:
            object.__setattr__(self, "name", self.name.upper())

        def __eq__(self, other: object) -> bool:
            return True

        def __repr__(self) -> str:
            return self.name

    @dataclass(frozen=True)
    class Hashed:
        """It has a digest of its own."""

        name: dict[str, str]

        def __hash__(self) -> int:
            return 7

    assert repr(Own("a")) == "A"
    assert Own("a") == 3
    assert hash(Own("a")) == hash(("A",)) or hash(Own("a")) == hash("A")
    assert hash(Hashed({})) == 7


def _sub() -> Any:
    @dataclass(frozen=True)
    class Sub(Place):
        """It inherits from another."""

        more: int = 1

    return Sub("a", more=2)


def _ordered() -> Any:
    @dataclass(frozen=True, order=True)
    class Ordered:
        """It has an order."""

        more: int

    assert Ordered(1) < Ordered(2)
    return Ordered(2)


def _special() -> Any:
    @dataclass(frozen=True)
    class Special:
        """It has fields that `__init__` treats in its own way."""

        more: int = field(default=1, init=False)
        given: InitVar[int] = 1

        def __post_init__(self, given: int) -> None:
            object.__setattr__(self, "more", given + 1)

    return Special(1)


def _keywords() -> Any:
    @dataclass(frozen=True)
    class Keywords:
        """It takes a field by its name only."""

        more: int = field(kw_only=True)

    return Keywords(more=2)


def _plain() -> Any:
    @dataclass
    class Plain:
        """It can be changed."""

        more: int = 1

    plain = Plain()
    plain.more = 2
    return plain


def _slots() -> Any:
    @dataclass(frozen=True)
    class Slots:
        """It has no dictionary."""

        __slots__ = ("more",)
        more: int

    return Slots(2)


@for_each("make", [_sub, _ordered, _special, _keywords, _plain, _slots])
def test_all_others_are_the_standard_librarys(make: Any) -> None:
    one = make()
    assert one.more == 2
    assert repr(one).endswith("more=2)")


def test_a_field_without_a_default_after_one_with() -> None:
    with pytest.raises((TypeError, SyntaxError), match="default argument"):

        @dataclass(frozen=True)
        class Wrong:
            """It cannot be made."""

            name: str = ""
            size: int


def test_a_command_compiles_no_method_of_ours() -> None:
    """What the module is for: as few calls of `exec` as classes of which there are objects."""
    program = (
        "import sys\n"
        "counts = {'exec': 0}\n"
        "def hook(event, arguments):\n"
        "    if event == 'exec' and arguments[0].co_filename == '<string>': counts['exec'] += 1\n"
        "sys.addaudithook(hook)\n"
        "from dataclasses import dataclass as standard\n"
        "before = counts['exec']\n"
        "from blogkit.dataclass import dataclass\n"
        "class A:\n    a: int\n    b: int = 1\n"
        "class B:\n    a: int\n    b: int = 1\n"
        "start = counts['exec']; dataclass(frozen=True)(A); none = counts['exec'] - start\n"
        "A(1); A(2); ours = counts['exec'] - start\n"
        "start = counts['exec']; standard(frozen=True)(B); theirs = counts['exec'] - start\n"
        "print(none, ours, theirs)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    none, ours, theirs = map(int, answer.stdout.split())
    assert (none, ours) == (0, 1)
    assert theirs > ours or sys.version_info >= (3, 13)
