"""A small marketplace with FastAPI: people sign in, look at items, put up their own and order those of others.

It keeps everything in SQLite through SQLAlchemy, and counts every request by route and status (`GET /stats`), so that a
load test's numbers can be held against its own.
"""

import hashlib
import os
import secrets
import tempfile
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Annotated, Iterator

from fastapi import Depends, FastAPI, HTTPException, Query, status
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

# ---- the database, fresh at every start ------------------------------------------------------------------------

DATABASE = Path(os.environ.get("MARKET_DATABASE") or Path(tempfile.mkdtemp(prefix="market-")) / "market.db")
for old in (DATABASE, DATABASE.with_name(DATABASE.name + "-wal"), DATABASE.with_name(DATABASE.name + "-shm")):
    old.unlink(missing_ok=True)

engine = create_engine(f"sqlite:///{DATABASE}", pool_size=40, connect_args={"timeout": 20})


@event.listens_for(engine, "connect")
def prepare(connection, _record):
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[bytes]


class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(index=True)
    price: Mapped[float]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    quantity: Mapped[int]
    total: Mapped[float]


def hashed(email: str, password: str) -> bytes:
    """Few rounds, so that 200 people are there at once: a real application uses many more."""
    return hashlib.pbkdf2_hmac("sha256", password.encode(), email.encode(), 1_000)


def fill() -> None:
    """200 people and 240 items to begin with."""
    things = ["Lamp", "Chair", "Teapot", "Bicycle", "Radio", "Globe", "Clock", "Ladder", "Kettle", "Mirror", "Drum", "Tent"]
    colours = ["red", "blue", "green", "old", "small", "tall", "round", "quiet", "bright", "plain"]
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for number in range(1, 201):
            email = f"person{number}@market.test"
            session.add(Person(id=number, email=email, password=hashed(email, f"secret-{number}")))
        for number in range(240):
            name = f"{things[number % 12]}, {colours[number // 12 % 10]}"
            session.add(Item(owner_id=number % 200 + 1, name=name, price=round(5 + number * 1.37 % 90, 2)))
        session.commit()


fill()

# ---- the application --------------------------------------------------------------------------------------------

app = FastAPI(title="Market")
bearer = OAuth2PasswordBearer(tokenUrl="login")
signed_in: dict[str, int] = {}


class ItemIn(BaseModel):
    name: str = Field(min_length=1, max_length=120)
    price: float = Field(gt=0, le=100_000)


class ItemOut(ItemIn):
    model_config = ConfigDict(from_attributes=True)
    id: int
    owner_id: int


class OrderIn(BaseModel):
    item_id: int
    quantity: int = Field(ge=1, le=20, strict=True)


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    item_id: int
    quantity: int
    total: float


def database() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def whoever_asks(token: Annotated[str, Depends(bearer)]) -> int:
    person = signed_in.get(token)
    if person is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "this token is not known")
    return person


Database = Annotated[Session, Depends(database)]
Me = Annotated[int, Depends(whoever_asks)]


@app.post("/login")
def login(form: Annotated[OAuth2PasswordRequestForm, Depends()], db: Database):
    person = db.scalar(select(Person).where(Person.email == form.username))
    if person is None or not secrets.compare_digest(person.password, hashed(form.username, form.password)):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "wrong email or password")
    token = secrets.token_urlsafe(24)
    signed_in[token] = person.id
    return {"access_token": token, "token_type": "bearer"}


@app.get("/items")
def list_items(db: Database, me: Me, page: Annotated[int, Query(ge=1)] = 1):
    items = db.scalars(select(Item).order_by(Item.id).offset((page - 1) * 20).limit(20))
    total = db.scalar(select(func.count()).select_from(Item))
    return {"items": [ItemOut.model_validate(item) for item in items], "total": total}


@app.get("/items/search")
def search_items(db: Database, me: Me, q: Annotated[str, Query(min_length=2, max_length=60)]):
    items = db.scalars(select(Item).where(Item.name.icontains(q, autoescape=True)).order_by(Item.id).limit(20))
    return {"items": [ItemOut.model_validate(item) for item in items]}


@app.get("/items/{item_id}")
def read_item(item_id: int, db: Database, me: Me) -> ItemOut:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "there is no such item")
    counts.item_read(item_id)
    return ItemOut.model_validate(item)


@app.post("/items", status_code=status.HTTP_201_CREATED)
def create_item(new: ItemIn, db: Database, me: Me) -> ItemOut:
    item = Item(owner_id=me, name=new.name, price=new.price)
    db.add(item)
    db.commit()
    counts.item_created(item.id)
    return ItemOut.model_validate(item)


@app.put("/items/{item_id}")
def update_item(item_id: int, new: ItemIn, db: Database, me: Me) -> ItemOut:
    item = db.get(Item, item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "there is no such item")
    if item.owner_id != me:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "this is somebody else's item")
    item.name, item.price = new.name, new.price
    db.commit()
    return ItemOut.model_validate(item)


@app.post("/orders", status_code=status.HTTP_201_CREATED)
def create_order(new: OrderIn, db: Database, me: Me) -> OrderOut:
    item = db.get(Item, new.item_id)
    if item is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "there is no such item")
    order = Order(buyer_id=me, item_id=item.id, quantity=new.quantity, total=round(item.price * new.quantity, 2))
    db.add(order)
    db.commit()
    return OrderOut.model_validate(order)


@app.get("/orders/{order_id}")
def read_order(order_id: int, db: Database, me: Me) -> OrderOut:
    order = db.get(Order, order_id)
    if order is None or order.buyer_id != me:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "there is no such order of yours")
    return OrderOut.model_validate(order)


@app.get("/stats")
def stats():
    return counts.shown()


# ---- what the server counts itself --------------------------------------------------------------------------------


class Counts:
    """Every answered request by route and status, and which of the created items were looked at."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.routes: dict[str, Counter[int]] = {}
        self.created: set[int] = set()
        self.created_and_read: set[int] = set()

    def answered(self, route: str, code: int) -> None:
        with self.lock:
            self.routes.setdefault(route, Counter())[code] += 1

    def item_created(self, item_id: int) -> None:
        with self.lock:
            self.created.add(item_id)

    def item_read(self, item_id: int) -> None:
        with self.lock:
            if item_id in self.created:
                self.created_and_read.add(item_id)

    def shown(self) -> dict:
        with self.lock:
            return {
                "routes": {route: dict(codes) for route, codes in sorted(self.routes.items())},
                "items_created": len(self.created),
                "created_items_read": len(self.created_and_read),
            }


class Counting:
    """Wraps the application at its outermost: plain ASGI, which costs far less than a FastAPI middleware."""

    def __init__(self, inner) -> None:
        self.inner = inner

    async def __call__(self, scope, receive, send) -> None:
        code = 500

        async def note(message) -> None:
            nonlocal code
            if message["type"] == "http.response.start":
                code = message["status"]
            await send(message)

        try:
            await self.inner(scope, receive, note)
        finally:
            if scope["type"] == "http" and scope["path"] != "/stats":
                route = getattr(scope.get("route"), "path", scope["path"])
                counts.answered(f"{scope['method']} {route}", code)


counts = Counts()
app.add_middleware(Counting)
